"""Outcomes: what each is supposed to do, and by or on which day."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from briefing.words import assumptions
from model.assumptions import OutcomeAssumption
from model.scenario import Outcome
from pages.ui.frame import typed_day
from pages.ui.memory import own

AS_FORECAST = "As forecast"
CHOICES = {AS_FORECAST: None} | {label: way for way, label in assumptions.SUPPOSED.items()}


def edit(outcomes: Sequence[Outcome], as_of: date, deadline: date, last: date) -> None:
    """A row of controls per outcome; one supposed twice is changed in its first line.

    last: the horizon's end, the last day to choose.
    """
    st.caption(
        "**Learn it**: worlds that contradict it are dropped, so causes and effects both move. "
        "**Bring it about, prevent it**: only what follows from it moves."
    )
    for outcome in outcomes:
        with st.container(border=True):
            _row(outcome, _middle(as_of, deadline), (as_of + timedelta(days=1), last))


def _supposed(id: str) -> OutcomeAssumption | None:
    return next((outcome for outcome in own.current().outcomes if outcome.id == id), None)


def _row(outcome: Outcome, middle: date, days: tuple[date, date]) -> None:
    supposed = _supposed(outcome.id)
    label = assumptions.SUPPOSED[assumptions.supposed(supposed)] if supposed else AS_FORECAST
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        st.selectbox(
            outcome.title,
            list(CHOICES),
            index=list(CHOICES).index(label),
            key=own.key_showing(label, outcome.id, "supposed"),
            help=outcome.question,
            on_change=_suppose,
            args=(outcome.id, middle),
        )
    if supposed:
        with right:
            _day(outcome, supposed.day, days)


def _day(outcome: Outcome, day: date, days: tuple[date, date]) -> None:
    """The day supposed; empty where the set's is none that can be chosen."""
    shown = day if days[0] <= day <= days[1] else None
    key = own.key_showing(shown, outcome.id, "day")
    st.session_state.setdefault(key, shown)
    typed_day.field(
        f"Day for {outcome.title}",
        key,
        days,
        lambda: _date(outcome.id),
        may_be_empty=shown is None,
        label_visibility="collapsed",
    )


def _suppose(id: str, middle: date) -> None:
    way, supposed = CHOICES[st.session_state[own.key(id, "supposed")]], _supposed(id)
    _keep(id, way and _assumption(id, way, supposed.day if supposed else middle))


def _date(id: str) -> None:
    day, supposed = st.session_state[own.key(id, "day")], _supposed(id)
    if day and supposed:
        _keep(id, _assumption(id, assumptions.supposed(supposed), day))


def _assumption(id: str, way: tuple[str, str, bool], day: date) -> OutcomeAssumption:
    verb, by_or_on, happens = way
    return OutcomeAssumption(id=id, **{by_or_on: day}, happens=happens, verb=verb)


def _keep(id: str, changed: OutcomeAssumption | None) -> None:
    """Hold what is now supposed of an outcome, in the place that it had in the set."""
    current, before = own.current(), _supposed(id)
    # By identity: an outcome supposed twice has two entries, and only the first is changed.
    after = [changed if outcome is before else outcome for outcome in current.outcomes]
    after += [] if before else [changed]
    outcomes = tuple(outcome for outcome in after if outcome)
    own.keep(current.model_copy(update={"outcomes": outcomes}))


def _middle(as_of: date, deadline: date) -> date:
    """Half way to the deadline: late enough to happen, early enough to have consequences."""
    return as_of + (deadline - as_of) / 2
