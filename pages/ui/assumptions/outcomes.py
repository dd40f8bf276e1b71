"""Outcomes: what each is supposed to do, and by or on which day."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from briefing.words import assumptions
from model.assumptions import OutcomeAssumption
from model.scenario import Outcome
from pages.ui.memory import own

AS_FORECAST = "As forecast"
CHOICES = {AS_FORECAST: None} | {said: key for key, said in assumptions.SUPPOSED.items()}


def edit(outcomes: Sequence[Outcome], as_of: date, deadline: date, last: date) -> None:
    """A row of controls per outcome; one supposed twice is changed in its first line."""
    st.caption(
        "**Learn**: worlds that contradict it are dropped, so causes and effects both move. "
        "**Bring about, prevent**: only what follows from it moves."
    )
    for outcome in outcomes:
        with st.container(border=True):
            _row(outcome, _middle(as_of, deadline), (as_of + timedelta(days=1), last))


def _held(id: str) -> OutcomeAssumption | None:
    return next((part for part in own.held().outcomes if part.id == id), None)


def _row(outcome: Outcome, middle: date, days: tuple[date, date]) -> None:
    part = _held(outcome.id)
    said = assumptions.SUPPOSED[assumptions.supposed(part)] if part else AS_FORECAST
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        st.selectbox(
            outcome.title,
            list(CHOICES),
            index=list(CHOICES).index(said),
            key=own.key_showing(said, outcome.id, "supposed"),
            help=outcome.question,
            on_change=_suppose,
            args=(outcome.id, middle),
        )
    if part:
        with right:
            _day(outcome, part.day, days)


def _day(outcome: Outcome, day: date, days: tuple[date, date]) -> None:
    """The day supposed; empty where the set's is none that can be chosen."""
    shown = day if days[0] <= day <= days[1] else None
    st.date_input(
        f"Day for {outcome.title}",
        value=shown,
        min_value=days[0],
        max_value=days[1],
        format="YYYY-MM-DD",
        key=own.key_showing(shown, outcome.id, "day"),
        label_visibility="collapsed",
        on_change=_date,
        args=(outcome.id,),
    )


def _suppose(id: str, middle: date) -> None:
    choice, part = CHOICES[st.session_state[own.key(id, "supposed")]], _held(id)
    _keep(id, choice and _said(id, choice, part.day if part else middle))


def _date(id: str) -> None:
    day, part = st.session_state[own.key(id, "day")], _held(id)
    if day and part:
        _keep(id, _said(id, assumptions.supposed(part), day))


def _said(id: str, choice: tuple[str, str, bool], day: date) -> OutcomeAssumption:
    verb, counted, happens = choice
    return OutcomeAssumption(id=id, **{counted: day}, happens=happens, verb=verb)


def _keep(id: str, part: OutcomeAssumption | None) -> None:
    """Hold what is now supposed of an outcome, in the place that it had in the set."""
    held, before = own.held(), _held(id)
    now = [part if one is before else one for one in held.outcomes]
    now += [] if before else [part]
    own.keep(held.model_copy(update={"outcomes": tuple(one for one in now if one)}))


def _middle(as_of: date, deadline: date) -> date:
    """Half way to the deadline: late enough to happen, early enough to have consequences."""
    return as_of + (deadline - as_of) / 2
