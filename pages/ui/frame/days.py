"""Shortcuts to days, in the sidebar: the article's week, the latest, fitted days, deadlines."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st

from briefing.words import numbers
from model.scenario import last_day
from pages.ui.frame import pinned
from pages.ui.memory import forecasts

ARTICLE, LATEST = "Article's week", "Latest day"
MONTHS = (3, 6, 12, 24, 36)


def shortcuts(as_of: date, last: date) -> None:
    """One press to the article's week, to the latest day and to each fitted day; a badge if past.

    as_of: the day that is shown. last: the latest that can be.
    """
    named = {ARTICLE: forecasts.scenario().default_as_of, LATEST: last}
    _pills(st.sidebar, "as_of", "Go to", named, as_of)
    fitted = {numbers.short_date(day): day for day in reversed(forecasts.fitted_days())}
    if len(fitted) > 1:
        with st.sidebar.popover("Fitted days", icon=":material/calendar_month:"):
            _pills(st, "as_of", "Fitted days, the newest first", fitted, as_of)
    if as_of < last:
        st.sidebar.badge("A past day", icon=":material/history:", color="orange")


def nearest_other(as_of: date) -> date | None:
    """The fitted day nearest to a day that shows nothing; None where no other is fitted."""
    # a damaged run counts as fitted until it is read, and must not lead to itself
    others = [day for day in forecasts.fitted_days() if day != as_of]
    return min(others, key=lambda day: abs(day - as_of), default=None)


def deadlines(as_of: date, deadline: date, named: Mapping[str, date]) -> None:
    """One press to deadlines so many months away, and to those that are `named`."""
    horizon = forecasts.scenario().horizon_months
    away = {f"{months} months": _later(as_of, months) for months in MONTHS if months <= horizon}
    _pills(st.sidebar, "deadline", "Deadline in", named | away, deadline)


def _later(as_of: date, months: int) -> date:
    # A calendar month may reach past the horizon, which counts twelfths of a year.
    last = last_day(forecasts.scenario(), as_of)
    return min((pd.Timestamp(as_of) + pd.DateOffset(months=months)).date(), last)


def _pills(place, key: str, label: str, days: Mapping[str, date], shown: date) -> None:
    """Days by name, drawn in `place`; the one shown is marked, a pressed one is chosen."""
    name = f"{key}: {label}"
    st.session_state[name] = next((text for text, day in days.items() if day == shown), None)

    def go() -> None:
        if st.session_state[name] is not None:
            pinned.choose(key, days[st.session_state[name]])

    place.pills(label, list(days), key=name, on_change=go, label_visibility="collapsed")
