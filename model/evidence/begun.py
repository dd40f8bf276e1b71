"""Outcomes that the evidence reports as begun, which the model does not count as such."""

from typing import NamedTuple

import pandas as pd

BEGUN = "_begun"  # after an outcome's id: the kind of an event that says so


class Begun(NamedTuple):
    """The first report that an outcome, by its id, had begun: the day of the event, what it was."""

    outcome: str
    date: pd.Timestamp
    what_happened: str


def begun(events: pd.DataFrame) -> dict[str, Begun]:
    """By outcome: what was first known of its being under way; rows of `Evidence.events`."""
    told = events[events["kind"].str.endswith(BEGUN)].sort_values("known_on", kind="stable")
    firsts = (
        Begun(row.kind.removesuffix(BEGUN), row.date, row.what_happened)
        for row in told.drop_duplicates("kind").itertuples()
    )
    return {first.outcome: first for first in firsts}
