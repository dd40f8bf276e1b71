"""Days and the run, which the page's address always says: a link means the same at any time.

Streamlit's own binding leaves a control's default out of the address, and ours change: the default
day is the newest that is fitted, the default deadline that day's year end.
"""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from briefing.words import numbers
from pages.ui.frame import typed_day


@dataclass
class Pin:
    """A day that the visitor, or a link, has chosen (None: the default), and what the address said.

    text: as last read from the address or written to it.
    """

    chosen: date | None = None
    text: str | None = None


def pin(key: str) -> Pin:
    """This visit's pin of this name, made on the first call."""
    return st.session_state.setdefault(f"{key}: pinned", Pin())


def news(key: str) -> str | None:
    """What the address says of this name, if that is not what it was last seen or made to say."""
    text = st.query_params.get(key)
    return None if text == pin(key).text else text


def follow(key: str) -> None:
    """Choose what the address says, which has to be a day, where that is news."""
    text = news(key)
    if text is not None:
        pin(key).chosen, pin(key).text = date.fromisoformat(text), text


def choose(key: str, day: date) -> None:
    """Choose a day: for the callback of a control other than the day's own."""
    pin(key).chosen = day


def day_input(key: str, label: str, day: date, low: date, high: date, about: str) -> date:
    """The control of a day in the sidebar, which shows `day`; what it says."""
    st.session_state[key] = day
    about = f"{about} Any day from {numbers.short_date(low)} to {numbers.short_date(high)}."
    with st.sidebar:
        shown = typed_day.field(
            label, key, (low, high), lambda: choose(key, st.session_state[key]), help=about
        )
    return shown or day


def write(**texts: str) -> None:
    """Let the address say these, in one step for the browser's history."""
    new = {key: text for key, text in texts.items() if st.query_params.get(key) != text}
    for key, text in texts.items():
        pin(key).text = text
    if new:
        st.query_params.update(new)
