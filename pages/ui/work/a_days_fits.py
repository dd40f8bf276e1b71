"""How many fits all visitors together start within a day: each leaves a run of some 4 MB."""

import time
from collections import deque

import streamlit as st

MOST = 100
DAY = 24 * 3600.0


def refusal() -> str:
    """Why no further fit is started now, a sentence; "" where one may be."""
    day = _started()
    while day and time.monotonic() - day[0] > DAY:
        day.popleft()
    if len(day) < MOST:
        return ""
    return f"{MOST} fits were started here within a day. Try again later, or in a shell."


def count() -> None:
    """One was started."""
    _started().append(time.monotonic())


@st.cache_resource(show_spinner=False)
def _started() -> deque[float]:
    return deque()
