"""The article's week and the latest evidence side by side: what was said then, what is said now."""

from datetime import date

import pandas as pd
import streamlit as st

from briefing.words import coverage, numbers
from model.forecast import Forecast
from model.runs import Run
from model.scenario import default_deadline
from pages.ui.frame import panels
from pages.ui.memory import forecasts

TITLE = "The article's week and the latest day, side by side"


def section(run: Run) -> None:
    """A folded table: chances by year end as of the article's week, and by two as of the latest."""
    days = run.scenario.default_as_of, forecasts.as_of_range()[1]
    folded = panels.table(TITLE, lambda: _table(run, days), key="both_days")
    if folded.open:
        latest = forecasts.run(days[1])
        with folded:
            if latest is None:
                st.caption(
                    "A day without a run has no chances here: open it once, and it is fitted."
                )
            elif said := coverage.unknown_since(latest.evidence):
                st.caption(said)


def _table(run: Run, days: tuple[date, date]) -> pd.DataFrame:
    columns: dict[str, list[str]] = {"Outcome": [o.title for o in run.scenario.outcomes]}
    for day in days:
        fitted = forecasts.run(day)
        for deadline in _deadlines(day, days[-1]):
            head = f"By {numbers.short_date(deadline)}, as of {numbers.short_date(day)}"
            columns[head] = _chances(run, fitted, deadline)
    return pd.DataFrame(columns)


def _deadlines(day: date, latest: date) -> list[date]:
    """The year's end; of the latest day the next year's too."""
    first = default_deadline(day)
    return [first, first.replace(year=first.year + 1)] if day == latest else [first]


def _chances(run: Run, fitted: Run | None, deadline: date) -> list[str]:
    if fitted is None:
        return ["not fitted yet"] * len(run.scenario.outcomes)
    answer = forecasts.published(fitted, deadline)
    return [_chance(answer, outcome.id) for outcome in run.scenario.outcomes]


def _chance(answer: Forecast, outcome: str) -> str:
    row = answer.row(outcome)
    if numbers.is_settled(row.to_dict()):
        return "happened"
    return numbers.percent(row["probability"], row["mcse"])
