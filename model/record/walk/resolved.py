"""What became of each forecast of a walk: it happened, it did not, it is open, or it was void."""

import pandas as pd

from model.record.resolution import HAPPENED, NOT, OPEN, VOID, Known, resolution

RESOLUTIONS = (HAPPENED, NOT, OPEN, VOID)


def resolved(table: pd.DataFrame, known: Known) -> pd.DataFrame:
    """The forecasts with `resolution` and `resolved_on`, the day it happened, NaT elsewhere.

    table: outcome, as_of, deadline.
    """
    rows = [
        resolution(row.outcome, row.as_of, row.deadline, known)
        for row in table[["outcome", "as_of", "deadline"]].itertuples(index=False)
    ]
    days = pd.Series([row.day for row in rows], dtype=object)
    return table.assign(
        resolution=[row.word for row in rows], resolved_on=pd.to_datetime(days).to_numpy()
    )


def decided(table: pd.DataFrame, known: Known) -> pd.DataFrame:
    """The rows of `resolved` that can be scored, known to their deadline, with `happened`, bool."""
    over = table["deadline"] <= table["outcome"].map(known.until)
    rows = table[over & (table["resolution"] != VOID)].reset_index(drop=True)
    return rows.assign(happened=rows["resolution"] == HAPPENED)


def counts(table: pd.DataFrame) -> pd.Series:
    """How many forecasts happened, did not, are open, are void, by the words of `RESOLUTIONS`."""
    return table["resolution"].value_counts().reindex(RESOLUTIONS, fill_value=0)
