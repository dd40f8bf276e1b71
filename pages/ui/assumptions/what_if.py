"""A what-if event: one that is not in the tables, and what it would do."""

from datetime import date

import streamlit as st

from briefing.words import evidence
from model.assumptions import AddedEvent
from model.assumptions.assumptions import FIRST_DAY
from model.scenario import Scenario
from pages.ui.frame import typed_day
from pages.ui.memory import own

SIZES = {1: "a statement or small step", 2: "an act of substance", 3: "a turning point"}
STRENGTHS = [half / 2 for half in range(6, -7, -1)]


def asked(scenario: Scenario, as_of: date) -> tuple[AddedEvent, ...]:
    """The event that the controls describe, one entry per driver that it speaks to.

    Empty while it has no name or no driver, or how strongly it moves one is not said.
    """
    what, day = _what_and_when(as_of)
    titles = {driver.id: driver.title for driver in scenario.drivers}
    ids = st.multiselect(
        "Drivers that it is evidence about",
        list(titles),
        format_func=titles.get,
        key=own.key("what if drivers"),
        placeholder="Choose one or more",
        select_all=False,  # an event speaks of one driver, or of a few
    )
    strengths = {id: _strength(id, titles[id]) for id in ids}
    missing = [f"how strongly it moves {titles[id]}" for id in ids if strengths[id] is None]
    missing += [] if what.strip() else ["what happened"]
    if not ids or missing:
        if ids:
            st.caption(f"Still to say: {'; '.join(missing)}.")
        return ()
    return tuple(
        AddedEvent(what=what.strip(), date=day, driver=id, strength=strength)
        for id, strength in strengths.items()
    )


def _what_and_when(as_of: date) -> tuple[str, date]:
    # Keys of `own` change once the event is added, so the fields are empty for the next one.
    what = st.text_input(
        "What happened",
        key=own.key("what if"),
        max_chars=200,
        placeholder="For example: Russia closes its base at Gyumri",
    )
    key, days = own.key("what if day"), (FIRST_DAY, as_of)
    typed_day.keep(key, as_of, days)
    with st.container(width=240):
        day = typed_day.field(
            "Known on",
            key,
            days,
            lambda: None,  # the step itself draws the page anew
            help="Up to the as-of date. Of what is still to come, set the driver or the outcome.",
        )
    return what, day or as_of


def _strength(id: str, title: str) -> float | None:
    """How strongly it moves a driver; None until it is chosen, as no side is likelier unasked."""
    return st.selectbox(
        f"{title}: how strongly",
        STRENGTHS,
        index=None,
        format_func=_in_words,
        key=own.key("what if", id),
        placeholder="Raises or lowers it: choose",
    )


def _in_words(strength: float) -> str:
    if not strength:
        return "0: moves nothing"
    size = SIZES.get(int(abs(strength)), "") if strength == int(strength) else ""
    way = "raises it" if strength > 0 else "lowers it"
    return ", ".join(part for part in (f"{evidence.strength(strength)}: {way}", size) if part)
