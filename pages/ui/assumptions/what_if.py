"""A what-if event: one that is not in the tables, and what it would do."""

from datetime import date

import streamlit as st

from briefing.words import evidence
from model.assumptions import AddedEvent
from model.assumptions.assumptions import FIRST_DAY
from model.scenario import Scenario
from pages.ui.memory import own

SCALE = "1 a statement or small step, 2 an act of substance, 3 a turning point; plus moves the "
SCALE += "driver up, minus down."


def asked(scenario: Scenario, as_of: date) -> tuple[AddedEvent, ...]:
    """The event that the controls describe, one entry per driver that it speaks to.

    Empty while it has no name or no driver.
    """
    what, day = _what_and_when(as_of)
    titles = {driver.id: driver.title for driver in scenario.drivers}
    ids = st.multiselect(
        "Drivers that it is evidence about",
        list(titles),
        format_func=titles.get,
        key=own.key("what if drivers"),
        placeholder="Choose one or more",
    )
    strengths = {id: _strength(id, titles[id]) for id in ids}
    if not what.strip():
        return ()
    return tuple(
        AddedEvent(what=what.strip(), date=day, driver=id, strength=strength)
        for id, strength in strengths.items()
    )


def _what_and_when(as_of: date) -> tuple[str, date]:
    # Keys of `own` change once the event is added, so the fields are empty for the next one.
    # Not columns: in half a page a quarter of it would cut the day. Nor stretched: on a phone the
    # text would keep what the day leaves, and not the line of its own that a width makes it take.
    with st.container(horizontal=True):
        what = st.text_input(
            "What happened",
            key=own.key("what if"),
            max_chars=200,
            placeholder="For example: Russia closes its base at Gyumri",
            width=320,
        )
        day = st.date_input(
            "Known on",
            value=as_of,
            min_value=FIRST_DAY,
            max_value=as_of,
            key=own.key("what if day"),
            format="YYYY-MM-DD",
            help="Up to the as-of date. Of what is still to come, set the driver or the outcome.",
            width=160,
        )
    return what, day


def _strength(id: str, title: str) -> float:
    return st.select_slider(
        f"{title}: how strongly",
        [half / 2 for half in range(-6, 7)],
        value=1.0,
        format_func=evidence.strength,
        key=own.key("what if", id),
        help=SCALE,
    )
