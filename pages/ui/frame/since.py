"""The earlier day that changes are told from, in the sidebar: which it is, and why that one."""

from datetime import date, timedelta

import streamlit as st

from briefing.words import numbers
from model.explain.movement import month_before
from pages.ui.frame import pinned, typed_day
from pages.ui.memory import forecasts

NEAR = timedelta(days=92)  # three months: what moved over years says nothing of the news
ABOUT = "Cards say how the chances moved since this day: time passing, and news."


def control(as_of: date) -> date | None:
    """The earlier as-of date that changes are told from; None on the first day of all.

    Unless chosen, the fitted day nearest to a month before, of the three months before; where none
    of these is fitted, the day a month before, which the Forecast page then offers to fit.
    """
    low, high = forecasts.as_of_range()[0], as_of - timedelta(days=1)
    if high < low:
        return None
    month = max(low, month_before(as_of))
    default, pin = nearest(as_of, month), pinned.pin("since")
    _follow_link(low, high)
    if pin.chosen is not None and (pin.chosen == default or not low <= pin.chosen <= high):
        pin.chosen = None  # so that it follows the next as-of date
    shown = pinned.day_input("since", "Changes since", pin.chosen or default, low, high, ABOUT)
    pinned.write(since=shown.isoformat())
    if why := _why(shown, month, forecasts.run(shown) is not None):
        st.sidebar.caption(why)
    return shown


def nearest(as_of: date, month: date) -> date:
    """The fitted day nearest to `month` of the three months before; `month` itself for none."""
    near = [day for day in forecasts.fitted_days() if as_of - NEAR <= day < as_of]
    return min(near, key=lambda day: abs(day - month), default=month)


def _why(day: date, month: date, is_fitted: bool) -> str:
    """Why changes are told from this day, or that they are not; "" where a visitor chose it."""
    if not is_fitted:
        return "This day is not fitted, so nothing is compared. The Forecast page can fit it."
    if day == month:
        return "A month before."
    if pinned.pin("since").chosen:
        return ""
    return f"The fitted day nearest to a month before, {numbers.long_date(month)}."


def _follow_link(low: date, high: date) -> None:
    """Choose the day that a link says; one that cannot be is told of, and left out."""
    text = pinned.news("since")
    if text is None:
        return
    pin, day = pinned.pin("since"), typed_day.read(text)
    pin.text = text
    if day is not None and low <= day <= high:
        pin.chosen = day
        return
    st.warning(
        f"The link asks for changes since {numbers.as_typed(text[:40])}, which is no day from "
        f"{numbers.long_date(low)} to {numbers.long_date(high)}; another is shown."
    )
