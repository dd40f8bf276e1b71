"""A day to type or to pick: Enter takes a typed one, and what cannot be taken is said in words.

Streamlit's own field for days takes a typed one only by Esc or a click elsewhere, so it stands
behind a button, as a calendar.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import streamlit as st

from briefing.words import numbers

FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y")
LETTERS = 40  # of a typed day that a message repeats


def field(
    label: str, key: str, days: tuple[date, date], changed: Callable[[], Any], **drawn: Any
) -> date | None:
    """Draw the two controls; gives the day, which `st.session_state[key]` has to hold before.

    days: the first and the last that can be chosen. changed: called once the state of `key` holds
    another. drawn: may_be_empty, whether there may be none; help and label_visibility, as Streamlit
    has them.
    """
    may_be_empty = drawn.pop("may_be_empty", False)
    with st.container(horizontal=True, wrap=False, vertical_alignment="bottom", gap="xsmall"):
        problem = _text(label, key, days, changed, may_be_empty, drawn)
        with st.popover(
            ":material/calendar_month:",
            key=f"{key}: calendar",
            help=f"{label}: choose in a calendar",
        ):
            day = st.date_input(
                label,
                **({"value": None} if may_be_empty else {}),
                min_value=days[0],
                max_value=days[1],
                format="YYYY-MM-DD",
                key=key,
                on_change=changed,
            )
    if problem:
        st.error(problem)
    return day


def _text(
    label: str,
    key: str,
    days: tuple[date, date],
    changed: Callable,
    may_be_empty: bool,
    drawn: dict,
) -> str:
    """Draw the field for typing; why what was typed last was not taken, "" where it was."""
    typed, refused = f"{key}: typed", f"{key}: not taken"
    shown = st.session_state[key]
    text, problem, before = st.session_state.get(refused, ("", "", None))
    if not problem or before != shown:  # another day was chosen since
        text, problem = shown.isoformat() if shown else "", ""
        st.session_state.pop(refused, None)
    st.session_state[typed] = text

    def take() -> None:
        said = st.session_state[typed].strip()
        day = read(said)
        st.session_state.pop(refused, None)
        why = "" if not said and may_be_empty else _problem(said, day, days)
        if why:
            st.session_state[refused] = said, why, shown
        elif day != shown:
            st.session_state[key] = day
            changed()

    st.text_input(label, key=typed, on_change=take, placeholder="2026-05-10", **drawn)
    return problem


def keep(key: str, default: date, days: tuple[date, date]) -> None:
    """Let the state of `key` hold a day of `days`: the one that it holds, else the nearest.

    default: where it holds none. For a field whose days depend on another control.
    """
    held = st.session_state.get(key) or default
    st.session_state[key] = min(max(held, days[0]), days[1])


def read(text: str) -> date | None:
    """The day that a text says, as 2026-05-10, 10.5.2026 or 10 May 2026; None where it is none."""
    for form in FORMS:
        with suppress(ValueError):
            return datetime.strptime(text, form).replace(tzinfo=UTC).date()
    return None


def _problem(text: str, day: date | None, days: tuple[date, date]) -> str:
    if day is not None and days[0] <= day <= days[1]:
        return ""
    first, last = (numbers.long_date(end) for end in days)
    if day is None:
        said = f"“{numbers.as_typed(text[:LETTERS])}” is no day; write one as 2026-05-10,"
    else:
        side = f"before {first}" if day < days[0] else f"after {last}"
        said = f"{numbers.long_date(day)} is {side}; choose a day"
    return f"{said} from {first} to {last}."
