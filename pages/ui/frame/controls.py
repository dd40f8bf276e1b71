"""Controls bound to the URL: a control's key is its name there."""

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from briefing.words import numbers
from briefing.words.yardsticks import BANDS
from model.evidence.collected import LATEST, as_of_problem, gap
from model.scenario import HIGHEST, LOWEST, default_deadline, last_day
from pages.ui.frame import days, pinned
from pages.ui.memory import forecasts

AS_OF = "The model uses only what was known by this day."
DEADLINE = "Chances are those of having happened by this day."
YEAR_END = "Year end"


def as_of() -> date:
    """The as-of date, in the sidebar: the newest fitted day unless chosen.

    Stops the page with a message when the URL's is no use.
    """
    first, last = forecasts.as_of_range()
    default = default_day()
    _take_the_latest(last)
    _stop_at_bad_date("as_of", "as-of date", first, last, default)
    pinned.follow("as_of")
    # Kept once it is shown: a fit that ends meanwhile must not move the visitor to its day.
    day = pinned.pin("as_of").chosen = pinned.pin("as_of").chosen or default
    shown = pinned.day_input("as_of", "As of", day, first, last, AS_OF)
    days.shortcuts(shown, last)
    return shown


def _take_the_latest(last: date) -> None:
    """A link to a day that the evidence does not reach, or to `latest`, opens the last it does."""
    text = pinned.news("as_of")
    asked = LATEST if text == "latest" else _day(text)
    if asked is None or asked <= last or as_of_problem(asked):
        return
    pinned.choose("as_of", last)
    pinned.pin("as_of").text = text
    if said := gap(asked, last):
        st.info(said, icon=":material/event_busy:")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def default_day() -> date:
    """The newest fitted day; the scenario's own where none is fitted."""
    fitted = forecasts.fitted_days()
    return fitted[-1] if fitted else forecasts.scenario().default_as_of


def deadline(as_of: date) -> date:
    """The common deadline, in the sidebar: year end unless chosen, at most the horizon away.

    Stops the page with a message when the URL's is no use.
    """
    low, high = as_of + timedelta(days=1), horizon_end(as_of)
    default = min(default_deadline(as_of), high)
    _stop_at_bad_date("deadline", "deadline", low, high, default)
    pinned.follow("deadline")
    pin = pinned.pin("deadline")
    if pin.chosen is not None and (pin.chosen == default or not low <= pin.chosen <= high):
        pin.chosen = None  # so that it follows the next as-of date
    shown = pinned.day_input("deadline", "Deadline", pin.chosen or default, low, high, DEADLINE)
    days.deadlines(as_of, shown, {YEAR_END: default})
    return shown


def yardstick() -> str:
    """Whose likelihood words are used, a key of `BANDS`, in the sidebar."""
    return st.sidebar.selectbox(
        "Likelihood words",
        list(BANDS),
        key="words",
        bind="query-params",
        help="The ranges differ: the US intelligence standard, or the UK's yardstick.",
    )


def some_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Those `rows`, one per outcome, that the reader wants drawn; all where none is chosen."""
    titles = list(rows["title"])
    chosen = st.pills(
        "Outcomes drawn",
        titles,
        selection_mode="multi",
        default=titles,
        key="show",
        bind="query-params",
        label_visibility="collapsed",
    )
    return rows[rows["title"].isin(chosen)] if chosen else rows


def one_of(rows: pd.DataFrame, label: str, key: str) -> tuple[str, str]:
    """The id and title of that one of `rows`, one or more outcomes, which the reader picks.

    The first unless chosen; `label` is heard, not shown.
    """
    titles = dict(zip(rows["outcome"], rows["title"], strict=True))
    chosen = st.segmented_control(
        label,
        titles,
        default=next(iter(titles)),
        required=True,
        format_func=titles.get,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
    )
    return chosen, titles[chosen]


def zoom() -> bool:
    """Whether probability axes end just above the numbers and not at 100 %; draws the switch."""
    return st.toggle("Zoom in", key="zoom", bind="query-params", help="Ends the axis below 100%.")


def is_zoomed() -> bool:
    """Whether the switch of `zoom` is on, for a piece of the page that is drawn without it."""
    return bool(st.session_state.get("zoom"))


def to_a_tenth(levels: Mapping[str, float]) -> dict[str, float]:
    """Fitted levels by driver, -2..2, to one decimal as the sliders show them."""
    # Adding 0.0 turns -0.0 into 0.0, which a slider would show with its minus.
    return {id: min(HIGHEST, max(LOWEST, round(level, 1) + 0.0)) for id, level in levels.items()}


def horizon_end(as_of: date) -> date:
    """The last day that a forecast made on this day reaches."""
    return last_day(forecasts.scenario(), as_of)


def _stop_at_bad_date(key: str, name: str, low: date, high: date, default: date) -> None:
    problem = _date_problem(pinned.news(key), low, high)
    if problem is None:
        return
    reason = numbers.as_typed(problem)
    st.error(f"The {name} in this link, {reason}. Choose a day from {low} to {high}.")
    st.page_link(
        "pages/forecast.py",
        label=f"Open the forecast with {name} {numbers.long_date(default)}",
        icon=":material/arrow_back:",
        query_params={**st.query_params.to_dict(), key: default.isoformat()},
    )
    st.stop()


def _date_problem(text: str | None, low: date, high: date) -> str | None:
    """What is wrong with a date from the URL; None when nothing is."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return f"{text[:40]!r}, is not a date such as 2023-09-21"
    if day < low:
        return f"{day}, is too early"
    return f"{day}, is too late" if day > high else None
