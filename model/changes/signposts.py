"""Signposts: what to watch for within 30, 60 and 90 days, by how far it should move a headline."""

from datetime import date, timedelta

import pandas as pd

from model.explain.indicators import indicators
from model.forecast.solve import settled
from model.runs import Run
from model.scenario import default_deadline

WITHIN = (30, 60, 90)  # days
COLUMNS = "outcome within day kind id title expected at_low at_high mcse".split()


def signposts(
    run: Run, deadline: date | None = None, most: int = 3, outcomes: list[str] | None = None
) -> pd.DataFrame:
    """The largest indicators of each open headline on each of the days, `most` of each.

    deadline: default: year end. outcomes: ids, default: those that lead. expected, at_low, at_high,
    mcse: chances 0..1, see `model.explain.indicators`; what moves no further than its own noise is
    left out. Days from the deadline on are left out. Raises what `forecast` raises of the deadline.
    """
    deadline = deadline or default_deadline(run.as_of)
    days = {within: run.as_of + timedelta(days=within) for within in WITHIN}
    tables = [
        _largest(indicators(run, outcome, deadline, day), most).assign(
            outcome=outcome, within=within
        )
        for outcome in outcomes or open_leads(run)
        for within, day in days.items()
        if day < deadline
    ]
    return (
        pd.concat(tables, ignore_index=True)[COLUMNS] if tables else pd.DataFrame(columns=COLUMNS)
    )


def open_leads(run: Run) -> list[str]:
    """The ids of the outcomes that lead and have not come about."""
    return [
        outcome.id
        for place, outcome in enumerate(run.scenario.outcomes)
        if outcome.lead and not settled(run) >> place & 1
    ]


def _largest(table: pd.DataFrame, most: int) -> pd.DataFrame:
    return table[table["expected"] > table["mcse"]].head(most)
