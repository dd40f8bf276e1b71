"""When an outcome comes about, in words: equally likely dates."""

from datetime import date

import pandas as pd

from briefing.words import numbers


def when_in_words(table: pd.DataFrame, title: str, deadline: date) -> str:
    """How many of the dots fall by the deadline, and by the last date at hand, as a sentence.

    table: that of `model.explain.quantile_dates`; a date later than the horizon is NaT.
    """
    by_then = int((table["date"] <= pd.Timestamp(deadline)).sum())
    later = int(table["date"].isna().sum())
    dots = len(table)
    return (
        f"{title}: {by_then} of {dots} equally likely dates fall by {numbers.long_date(deadline)}, "
        f"{dots - by_then - later} after it, {later} beyond the horizon or never."
    )


def dates_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Share (percent of the chance), By: one row per dot."""
    # Only NaT is unequal to itself.
    dates = ["later or never" if day != day else numbers.short_date(day) for day in table["date"]]
    return pd.DataFrame({"Share": [f"{100 * s:.0f}%" for s in table["share"]], "By": dates})


def one_in_fifty(row, horizon: date) -> str:
    """What a dot of `charts.dates.placed` says, as text.

    horizon: the last day that a date can have.
    """
    when = (
        f"after {numbers.short_date(horizon)} or never"
        if row.later
        else numbers.short_date(row.date)
    )
    return f"One chance in fifty: {when}"
