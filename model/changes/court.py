"""Whether a run may go out: how far its headlines moved from the one published before."""

from datetime import date

import numpy as np
import pandas as pd

from model.assumptions import NOTHING
from model.forecast import answered
from model.forecast.solve import settled
from model.runs import Run
from model.scenario import deadline_problem, default_deadline

HOLD_AT = 10.0  # percentage points
COLUMNS = "outcome title deadline before now moved mcse".split()


def moves(before: Run, now: Run, deadline: date | None = None) -> pd.DataFrame:
    """One row per outcome that was open in `before`: its chance in both runs by one deadline.

    deadline: default: `now`'s own. before, now: chances, 0..1 (1 if it has come about); moved =
    now - before; mcse: its Monte Carlo standard error, the runs' draws being independent.

    Raises ValueError, one plain line, for a deadline that one of the runs does not reach.
    """
    deadline = deadline or default_deadline(now.as_of)
    for run in (before, now):
        if problem := deadline_problem(run.scenario, run.as_of, deadline):
            raise ValueError(f"run {run.id}: {problem}")
    answers = [answered(run, NOTHING, deadline) for run in (before, now)]
    known = set(now.scenario.outcome_ids)
    rows = [
        _row(outcome, deadline, [answer.row(outcome.id) for answer in answers])
        for place, outcome in enumerate(before.scenario.outcomes)
        if not settled(before) >> place & 1 and outcome.id in known
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(outcome, deadline: date, rows: list[pd.Series]) -> tuple:
    before, now = (float(row["probability"]) for row in rows)
    # of what has come about the error is no number, and what is certain has none
    mcse = float(np.hypot(*(np.nan_to_num(float(row["mcse"])) for row in rows)))
    return outcome.id, outcome.title, deadline, before, now, now - before, mcse


def too_far(table: pd.DataFrame, points: float = HOLD_AT) -> pd.DataFrame:
    """The rows of `moves` that moved by more than so many percentage points, the furthest first."""
    far = table[table["moved"].abs() > points / 100]
    return far.sort_values("moved", key=abs, ascending=False, ignore_index=True)
