"""The line about the run that a link names, where another one answers its day now."""

from datetime import date

import streamlit as st

from briefing.words import numbers
from model.runs import Run
from pages.ui.frame import pinned
from pages.ui.memory import forecasts, linked_run
from pages.ui.memory.linked_run import LinkedRun


def follow(as_of: date) -> None:
    """Note the run that the address names, where a visit opens with it."""
    before = pinned.news("run")
    if before is not None and pinned.pin("run").text is None:
        linked_run.remember(before, as_of)


def notice(as_of: date, run: Run | None) -> None:
    """Which run is shown and which the link names, where these differ; a press leads to the other.

    run: the one that is shown, None where the day has none.
    """
    linked = linked_run.of_day(as_of)
    if linked is None:
        return
    if linked.opened and run is not None and run.id == linked.id:
        _line(
            f"Shown is run {run.id}, which the link names, and not the newest of its day.",
            ("Go to the newest", ":material/update:", False),
        )
    elif run is None or run.id != linked.id:
        _another_answers(linked, run)


def _another_answers(linked: LinkedRun, run: Run | None) -> None:
    named = numbers.as_typed(linked.id[:12])
    why_not = linked_run.hindrance(linked, forecasts.scenario().id)
    now = "the day has no newer run" if run is None else f"run {run.id} answers the day now"
    if why_not:
        _line(f"This link names run {named}, which {why_not}; {now}. Numbers may differ.")
        return
    _line(
        f"This link names run {named}; {now}, since the evidence or the program has changed. "
        "Numbers may differ.",
        (f"Open run {named}", ":material/history:", True),
    )


def _line(said: str, press: tuple[str, str, bool] | None = None) -> None:
    """A sentence and, beside it, a button; press: its label, its icon, and what it shows."""
    with st.container(horizontal=True, vertical_alignment="center", key="linked_run"):
        st.warning(said, icon=":material/link:", width="stretch")
        if press:
            label, icon, opened = press
            st.button(label, icon=icon, on_click=linked_run.show, args=(opened,), key="open_linked")
