"""How a page opens: the shared controls, then the run for the day or the wait for it."""

from datetime import date

import streamlit as st

from model.assumptions import Assumptions
from model.runs import Run
from pages.ui.frame import controls
from pages.ui.frame.menu import menu, open_next
from pages.ui.memory import forecasts, own
from pages.ui.work import fitting


def opened() -> tuple[Run, date]:
    """The run for the day in the URL, and the deadline. Stops the page while there is no run."""
    # Before any control is drawn: what the address says is what they are to show.
    own.follow_link(menu().url_path)
    st.sidebar.markdown(f"**Araxes**  \nForecasts for the {forecasts.scenario().title}")
    as_of = controls.as_of()
    own.follow_day(as_of, forecasts.built_in_sets)
    deadline = controls.deadline(as_of)
    run = forecasts.run(as_of)
    if run is None:
        fitting.wait_for_run(as_of)
        st.stop()
    return run, deadline


def open_assumptions(assumptions: Assumptions) -> None:
    """Hold a set and open it on the Assumptions page: for the callback of another page's button."""
    own.adopt(assumptions)
    open_next("pages/assumptions.py")
