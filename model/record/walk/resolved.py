"""What became of each forecast: it happened, it did not, it is open, or nothing was asked."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from model.record.walk.forecasters import MODEL

HAPPENED, NOT, OPEN, VOID = "happened", "not", "open", "void"
RESOLUTIONS = (HAPPENED, NOT, OPEN, VOID)

Came = Mapping[str, Sequence[date]]  # outcome -> the days on which it happened, ascending
Until = Mapping[str, date]  # outcome -> up to when it is known whether it happened


def resolved(table: pd.DataFrame, came: Came, until: Until) -> pd.DataFrame:
    """The forecasts with `resolution` and `resolved_on`.

    table: outcome, as_of, deadline and the model's probability. void: it had happened for good
    before, so nothing was asked. open: the deadline lies beyond what is known, and it has not come
    yet. resolved_on: the day it happened, NaT elsewhere.
    """
    days = [_day(row.outcome, row.as_of, row.deadline, came) for row in table.itertuples()]
    happened = np.array([day is not None for day in days])
    void = table[MODEL].isna().to_numpy()
    over = (table["deadline"] <= table["outcome"].map(until)).to_numpy()
    resolution = np.select([void, happened, over], [VOID, HAPPENED, NOT], OPEN)
    on = [day if word == HAPPENED else None for day, word in zip(days, resolution, strict=True)]
    return table.assign(
        resolution=resolution, resolved_on=pd.to_datetime(pd.Series(on, dtype=object)).to_numpy()
    )


def _day(outcome: str, as_of: date, deadline: date, came: Came) -> date | None:
    return next((day for day in came[outcome] if as_of < day <= deadline), None)


def decided(table: pd.DataFrame, until: Until) -> pd.DataFrame:
    """The rows of `resolved` that can be scored, with `happened` (bool): their deadline has passed.

    until: outcome -> the last day known. One that happened before a deadline still ahead is left
    out: of its like only those that come would count, and every forecaster would look too low.
    """
    over = table["deadline"] <= table["outcome"].map(until)
    rows = table[over & (table["resolution"] != VOID)].reset_index(drop=True)
    return rows.assign(happened=rows["resolution"] == HAPPENED)


def counts(table: pd.DataFrame) -> pd.Series:
    """How many forecasts happened, did not, are open, are void, by the words of `RESOLUTIONS`."""
    return table["resolution"].value_counts().reindex(RESOLUTIONS, fill_value=0)
