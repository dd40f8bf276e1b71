"""Up to which day each table tells: what may lie later is unknown, and not quiet."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd

FIRST_AS_OF = date(2021, 1, 1)
LATEST = date.max  # as an as-of date: the last that the evidence reaches
# What has a row in collected.csv: the tables of the region's own record, and two of scenario.toml.
TOLD = ("events", "battle_deaths", "border_clashes", "resolutions", "clocks", "switches")


def cut_collected(collected: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Rows of `collected` as of `day`: nothing is told beyond it."""
    return collected.assign(collected_to=collected["collected_to"].clip(upper=day))


def collected_to(collected: pd.DataFrame, what: str, otherwise: date) -> date:
    """The last day that a table tells of; `otherwise` where no row says so.

    what: one of `TOLD`.
    """
    days = collected.loc[collected["what"] == what, "collected_to"]
    return days.iloc[0].date() if len(days) else otherwise


def last_as_of(collected: pd.DataFrame, events: pd.DataFrame) -> date:
    """The last as-of date of uncut tables: the day to which events are collected.

    Of tables that do not say it, the day on which the latest event became known.
    """
    return collected_to(collected, "events", events["known_on"].max().date())


def as_of_problem(as_of: date, today: date | None = None) -> str | None:
    """Why no forecast can be made as of this day, in one line; None where one can.

    today: the day up to which one can ask, by the clock unless given.
    """
    today = today or datetime.now(UTC).date()
    # a day for time zones
    if as_of == LATEST or FIRST_AS_OF <= as_of <= today + timedelta(days=1):
        return None
    why = "before the first as-of date" if as_of < FIRST_AS_OF else "in the future"
    return f"{as_of} is {why}; choose a day from {FIRST_AS_OF} to {today}, or latest"


def gap(as_of: date, last: date) -> str:
    """What is said where a day is asked that the evidence does not reach; "" where it does.

    last: of `last_as_of`. The answer is that of `last`: what came after it is unknown.
    """
    if as_of <= last or as_of == LATEST:
        return ""
    return (
        f"Evidence is collected to {last}: {as_of} is answered as of that day, "
        f"and the {(as_of - last).days} days since are unknown, not quiet."
    )
