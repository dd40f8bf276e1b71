"""What sets of assumptions move: each outcome's chance under a set, 3, 12 and 24 months on."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

from model.assumptions import NOTHING, Assumptions
from model.forecast import Refused, answered
from model.runs import Run
from model.scenario import last_day
from model.scenario.months import month_starts

MONTHS = (3, 12, 24)
LEAST = 0.001  # in probability: what is less than a tenth of a point moves nothing
COLUMNS = "set outcome title months date published probability change refused".split()


def moved_by_sets(
    run: Run, sets: Mapping[str, Assumptions], months: Sequence[int] = MONTHS
) -> pd.DataFrame:
    """One row per set, by name, outcome still open and months from the as-of day on.

    published, probability: of having happened by `date`, 0..1, without and with the set; change:
    what the set adds. Where a set has no answer these are NaN, and `refused` says why in one line.
    Months beyond the scenario's horizon are left out; if all are, its end stands for them.
    """
    horizon = run.scenario.horizon_months
    months = [ahead for ahead in months if ahead <= horizon] or [horizon]
    without = _by_day(run, NOTHING, months)
    rows = [
        row for name, assumed in sets.items() for row in _rows(run, name, assumed, without, months)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def moves(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `moved_by_sets` whose probability moves by 0.001 (`LEAST`) or more."""
    return table[table["change"].abs() >= LEAST]


def _rows(run: Run, name: str, assumed: Assumptions, without: pd.DataFrame, months: Sequence[int]):
    try:
        under, why = _by_day(run, assumed, months), ""
    except Refused as refusal:
        under, why = without * float("nan"), refusal.few
    except ValueError as problem:
        under, why = without * float("nan"), "; ".join(str(problem).splitlines())
    titles = {outcome.id: outcome.title for outcome in run.scenario.outcomes}
    for id in without.columns:
        for ahead, day in zip(months, without.index, strict=True):
            before, after = without.loc[day, id], under.loc[day, id]
            yield name, id, titles[id], ahead, day, before, after, after - before, why


def _by_day(run: Run, assumed: Assumptions, months: Sequence[int]) -> pd.DataFrame:
    """Probabilities (0..1), a row per day and a column per outcome that was open on the as-of day.

    Of one answer up to the horizon's end: its curves have every month.
    """
    answer = answered(run, assumed, last_day(run.scenario, run.as_of))
    curves = answer.curves.pivot(index="date", columns="outcome", values="probability")
    return curves.loc[_days(run, months), list(answer.open["outcome"])]


def _days(run: Run, months: Sequence[int]) -> list[date]:
    starts = month_starts(run.scenario.horizon_months + 1)
    return [run.as_of + timedelta(days=int(starts[ahead])) for ahead in months]
