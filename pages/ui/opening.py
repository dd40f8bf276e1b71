"""How every page opens: the shared controls, then the run for the day or the wait for it."""

from datetime import date

import streamlit as st

from pages.ui import cached, controls, fitting, own
from pages.ui.menu import menu


def opened() -> tuple[object, date]:
    """The run for the day in the URL, and the deadline. Stops the page while there is no run."""
    own.follow_link(menu().url_path)
    st.sidebar.markdown(f"**Araxes**  \nForecasts for the {cached.scenario().title}")
    as_of = controls.as_of()
    deadline = controls.deadline(as_of)
    run = cached.run(as_of)
    if run is None:
        fitting.wait_for_run(as_of)
        st.stop()
    return run, deadline
