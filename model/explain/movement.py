"""What moved since an earlier as-of date: time passing, and news."""

from datetime import date

import numpy as np
import pandas as pd

from model.assumptions import NOTHING, Assumptions, OutcomeAssumption
from model.forecast import answered
from model.forecast.solve import settled
from model.runs import Run

COLUMNS = "outcome title before waited now time_passing news change_mcse news_mcse".split()


def movement(previous: Run, now: Run, deadline: date) -> pd.DataFrame:
    """One row per outcome that was open on `previous`'s as-of date.

    before: the previous run's chance (0..1) by `deadline`; waited: the same once it is told that no
    outcome has come about up to `now`'s as-of date; now: the chance as published now (1 if it has
    come about). time_passing = waited - before; news = now - waited: new evidence, and what the fit
    makes of it. change_mcse, news_mcse: Monte Carlo standard errors of now - before and of news.

    Raises ValueError, one plain line, where the days are not in order or the deadline is out of the
    previous run's horizon; `model.forecast.Refused` where waiting leaves too few draws.
    """
    if not previous.as_of < now.as_of:
        raise ValueError(f"{previous.as_of} is not before {now.as_of}; choose an earlier day")
    was_open = [
        outcome
        for k, outcome in enumerate(previous.scenario.outcomes)
        if not settled(previous) >> k & 1
    ]
    quiet = _none_by(now.as_of, was_open)
    before, waited, after = (
        answered(run, assumptions, deadline)
        for run, assumptions in ((previous, NOTHING), (previous, quiet), (now, NOTHING))
    )
    rows = [
        _row(outcome, *(answer.row(outcome.id) for answer in (before, waited, after)))
        for outcome in was_open
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _none_by(day: date, outcomes: list) -> Assumptions:
    """The set that is told that none of the outcomes has come about by the day."""
    quiet = (OutcomeAssumption(id=outcome.id, by=day, happens=False) for outcome in outcomes)
    return Assumptions(outcomes=tuple(quiet))


def _row(outcome, before: pd.Series, waited: pd.Series, after: pd.Series) -> tuple:
    chances = [float(row["probability"]) for row in (before, waited, after)]
    # the error of an outcome that has come about is no number, and what is certain has none
    errors = [np.nan_to_num(float(row["mcse"])) for row in (before, waited, after)]
    return (
        outcome.id,
        outcome.title,
        *chances,
        chances[1] - chances[0],
        chances[2] - chances[1],
        float(np.hypot(errors[0], errors[2])),
        float(np.hypot(errors[1], errors[2])),
    )


def month_before(day: date) -> date:
    """The same day of the month before, or that month's last day."""
    # pandas knows that the month before 31 March ends on the 28th or 29th
    return (pd.Timestamp(day) - pd.DateOffset(months=1)).date()
