"""Outcomes: what each is supposed to do, and by or on which day."""

from datetime import date, timedelta

import streamlit as st

from briefing import assumption_words
from model.assumptions import Assumptions, OutcomeAssumption
from model.scenario import Outcome
from pages.ui import own

AS_FORECAST = "As forecast"
CHOICES = {AS_FORECAST: None} | {said: key for key, said in assumption_words.SUPPOSED.items()}


def edit(held: Assumptions, outcomes, as_of: date, deadline: date, last: date) -> Assumptions:
    """The set with its outcomes as the controls say; one supposed twice keeps its second line."""
    st.caption(
        "**Learn**: worlds that contradict it are dropped, so causes and effects both move. "
        "**Bring about, prevent**: only what follows from it moves."
    )
    now = list(held.outcomes)
    for outcome in outcomes:
        place = next((i for i, part in enumerate(now) if part.id == outcome.id), None)
        part = None if place is None else now[place]
        chosen = _row(outcome, part, as_of, deadline, last)
        if place is None:
            now += [chosen] if chosen else []
        else:
            now[place : place + 1] = [chosen] if chosen else []
    return held.model_copy(update={"outcomes": tuple(now)})


def _row(outcome: Outcome, part: OutcomeAssumption | None, as_of: date, deadline: date, last: date):
    with st.container(border=True):
        left, right = st.columns([2, 1], vertical_alignment="bottom")
        with left:
            choice = _choice(outcome, part)
        if choice is None:
            return None
        with right:
            day = _day(outcome, part.day if part else _middle(as_of, deadline), as_of, last)
    if part and choice == assumption_words.supposed(part) and day == part.day:
        return part  # written as it was
    verb, counted, happens = choice
    return OutcomeAssumption(id=outcome.id, **{counted: day}, happens=happens, verb=verb)


def _choice(outcome: Outcome, part: OutcomeAssumption | None):
    said = assumption_words.SUPPOSED[assumption_words.supposed(part)] if part else AS_FORECAST
    chosen = st.selectbox(
        outcome.title,
        list(CHOICES),
        index=list(CHOICES).index(said),
        key=own.key(outcome.id, "supposed"),
        help=outcome.question,
    )
    return CHOICES[chosen]


def _day(outcome: Outcome, day: date, as_of: date, last: date) -> date:
    first = as_of + timedelta(days=1)
    return st.date_input(
        f"Day for {outcome.title}",
        value=min(max(day, first), last),
        min_value=first,
        max_value=last,
        format="YYYY-MM-DD",
        key=own.key(outcome.id, "day"),
        label_visibility="collapsed",
    )


def _middle(as_of: date, deadline: date) -> date:
    """Half way to the deadline: late enough to happen, early enough to have consequences."""
    return as_of + (deadline - as_of) / 2
