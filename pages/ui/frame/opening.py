"""How a page opens: the shared controls, then the run for the day or the wait for it."""

from datetime import date
from functools import partial

import streamlit as st

from briefing.words import numbers
from model.assumptions import Assumptions
from model.runs import Run
from pages.ui.frame import controls, days, held, linked, pinned
from pages.ui.frame.menu import menu, open_next
from pages.ui.login import gate
from pages.ui.memory import forecasts, own, workspace
from pages.ui.work import fitting

MOST_NAMED = 5  # claims of a link that are none here


def opened() -> tuple[Run, date]:
    """The run for the day in the URL, and the deadline. Stops the page while there is no run."""
    # Before any control is drawn: what the address says is what they are to show.
    own.follow_link(menu().url_path)
    workspace.follow_link()
    st.sidebar.markdown(f"**Araxes**  \nForecasts for the {forecasts.scenario().title}")
    gate.line()
    as_of = controls.as_of()
    deadline = controls.deadline(as_of)
    _another_scenario(forecasts.scenario().id)
    _unknown_claims()
    address = {"scenario": forecasts.scenario().id, "as_of": as_of.isoformat()}
    linked.follow(as_of)
    run = forecasts.run(as_of)
    linked.notice(as_of, run)
    if run is None:
        pinned.write(**address, deadline=deadline.isoformat())
        if not held.notice(as_of):
            fitting.run_wanted(as_of, days.nearest_other(as_of), partial(pinned.choose, "as_of"))
        st.stop()
    # not before there is a run: where its drivers stand is part of a built-in set
    own.follow_day(as_of, forecasts.built_in_sets)
    pinned.write(**address, deadline=deadline.isoformat(), run=run.id)
    return run, deadline


def _another_scenario(id: str) -> None:
    """Where a link was made for another scenario than the one served here: say so."""
    before = pinned.news("scenario")
    if before not in (None, id) and pinned.pin("scenario").text is None:
        st.warning(
            f"This link was made for the scenario {numbers.as_typed(before[:40])}; this dashboard "
            f"forecasts the {numbers.as_typed(forecasts.scenario().title)}."
        )


def _unknown_claims() -> None:
    """Where a set of the address speaks to claims that nobody makes here: name them."""
    sets = (own.current(), *own.state().saved.values())
    unknown = dict.fromkeys(
        claim for each in sets for claim in each.claims if claim not in forecasts.claims()
    )
    if unknown:
        named = numbers.as_typed(", ".join([*unknown][:MOST_NAMED]))
        more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
        st.warning(
            "The assumptions of this address name claims that are not among the "
            f"{len(forecasts.claims())} here, and that are left out: {named}{more}."
        )


def open_assumptions(assumptions: Assumptions) -> None:
    """Hold a set and open it on the Assumptions page: for the callback of another page's button."""
    own.adopt(assumptions)
    open_next("pages/assumptions.py")
