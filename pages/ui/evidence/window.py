"""The window of time that a timeline shows."""

from datetime import date

import pandas as pd
import streamlit as st


def months_shown(first: date, as_of: date) -> tuple[date, date]:
    """First and last day of the months chosen, by a slider with two handles, in the address.

    first, as_of: the days between which months are offered; the last one ends on `as_of`.
    """
    months = pd.period_range(first, as_of, freq="M")
    names = [f"{month:%b %Y}" for month in months]
    whole = names[0], names[-1]
    _follow("months", names, whole)
    start, end = st.select_slider(
        "Months shown",
        names,
        whole,
        key="months",
        bind="query-params",
        help="Drag a handle, or move it with the arrow keys.",
    )
    # The last month is cut at the as-of day, after which nothing is known.
    begins, ends = (months[names.index(name)] for name in (start, end))
    return begins.start_time.date(), min(ends.end_time.date(), as_of)


def _follow(key: str, names: list[str], whole: tuple[str, str]) -> None:
    """A window left whole stays whole on another as-of day; one that no longer fits is opened."""
    before, chosen = f"{key}: whole", st.session_state.get(key)
    if chosen and (tuple(chosen) == st.session_state.get(before) or not set(chosen) <= set(names)):
        st.session_state[key] = whole
    st.session_state[before] = whole
