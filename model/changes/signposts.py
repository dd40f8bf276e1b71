"""Signposts: what to watch for within 30, 60 and 90 days, by how far it should move a headline."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from model.assumptions import NOTHING
from model.explain.indicators import indicators
from model.forecast.levels import driver_levels
from model.forecast.solve import settled
from model.runs import Run
from model.scenario import Driver, default_deadline

WITHIN = (30, 60, 90)  # days
FIFTHS = (0.2, 0.8)
COLUMNS = (
    "outcome within day kind id title expected at_low at_high mcse low_level high_level"
).split()


def signposts(
    run: Run, deadline: date | None = None, most: int = 3, outcomes: list[str] | None = None
) -> pd.DataFrame:
    """The largest indicators of each open headline on each of the days, `most` of each.

    deadline: default: year end. outcomes: ids, default: those that lead. expected, at_low, at_high,
    mcse: chances 0..1, see `model.explain.indicators`; what moves no further than its own noise is
    left out. low_level, high_level: of a driver, where its lowest fifth ends and its highest begins
    on the day, -2..2; NaN of an outcome. Days from the deadline on are left out. Raises what
    `forecast` raises of the deadline.
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
    if not any(len(table) for table in tables):
        return pd.DataFrame(columns=COLUMNS)
    return _with_levels(pd.concat(tables, ignore_index=True), run)[COLUMNS]


def _with_levels(table: pd.DataFrame, run: Run) -> pd.DataFrame:
    ends = {}
    for day in table["day"].unique():
        days = (day - run.as_of).days
        levels = driver_levels(run, NOTHING, [days, days + 1])[:, 0]
        fifths = np.quantile(levels, FIFTHS, axis=0).T
        ends |= {(day, id): pair for id, pair in zip(run.scenario.driver_ids, fifths, strict=True)}
    nothing = (np.nan, np.nan)
    pairs = [ends.get((row.day, row.id), nothing) for row in table.itertuples()]
    low, high = np.array(pairs).T
    return table.assign(low_level=low, high_level=high)


def open_leads(run: Run) -> list[str]:
    """The ids of the outcomes that lead and have not come about."""
    return [
        outcome.id
        for place, outcome in enumerate(run.scenario.outcomes)
        if outcome.lead and not settled(run) >> place & 1
    ]


def _largest(table: pd.DataFrame, most: int) -> pd.DataFrame:
    return table[table["expected"] > table["mcse"]].head(most)


def step_of(driver: Driver, level: float) -> str:
    """What the scenario says of the whole level nearest to one of -2..2."""
    return driver.levels[round(level) + 2]
