"""If A, then B: each outcome's chance once another one is learned of, or brought about."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pandas as pd

from model.assumptions import Assumptions, OutcomeAssumption
from model.explain.crossed import Crossed, Supposed
from model.forecast import Refused, forecast
from model.forecast.nearest import DRAWS_FLOOR
from model.runs import Run
from model.scenario import default_deadline

COLUMNS = (
    "given outcome day deadline published assumed made assumed_not published_after made_after "
    "chance one_in "
    "mcse_published mcse_assumed mcse_made effective_draws refused"
).split()
HALF_A_YEAR = 183  # days
SHORTEST_ROUNDED = 90  # days to the deadline; from there on the first of a month lies well inside


def conditional_table(
    run: Run, deadline: date | None = None, day: date | None = None
) -> pd.DataFrame:
    """One row per ordered pair of different open outcomes: `given` A, then `outcome` B.

    published: P(B by `deadline`); assumed: P(B | we learn that A has happened by `day`); made:
    P(B | A is brought about on `day`, unless it has happened); assumed_not: P(B | we learn that A
    has not happened by `day`); published_after, made_after: the same as published and made for a B
    that has not happened by `day`, so that A can matter to it; chance: P(A by `day`), and one_in
    its inverse. All are in 0..1 but one_in. mcse_published, mcse_assumed, mcse_made: Monte Carlo
    standard errors; effective_draws: those behind `assumed`. B may come before A. Where under 100
    effective draws are left the number is NaN, and `refused` says why ("" elsewhere). Default
    deadline: year end; default day: see `default_day`.

    Raises ValueError, one plain line, for a deadline outside the run's horizon or a day that is
    not after the as-of date and up to the deadline.
    """
    deadline = deadline or default_deadline(run.as_of)
    published = forecast(run, deadline=deadline)
    day = day or default_day(run.as_of, deadline)
    if not run.as_of < day <= deadline:
        raise ValueError(
            f"day {day} is not between the as-of date and the deadline; choose a day after "
            f"{run.as_of} and not after {deadline}"
        )
    crossed, still_open = Crossed(run, day, deadline), published.open.set_index("outcome")
    rows = [row for id in still_open.index for row in _rows(crossed, id, still_open)]
    return pd.DataFrame(rows, columns=COLUMNS)


def default_day(as_of: date, deadline: date) -> date:
    """When A happens: a third of the way to the deadline, or half a year before it if later.

    So A has time to happen and B has time to follow. With 90 days or more to the deadline it is
    the nearest first of a month: 1 November 2023 from 21 September to the end of 2023, 1 July 2024
    to the end of 2024.
    """
    span = (deadline - as_of).days
    day = as_of + timedelta(days=max(span // 3, span - HALF_A_YEAR, 1))
    # closer to the deadline the first of a month could lie on it, or on the as-of day
    return _nearest_first(day) if span >= SHORTEST_ROUNDED else day


def _nearest_first(day: date) -> date:
    this = day.replace(day=1)
    following = (this + timedelta(days=31)).replace(day=1)  # no month is longer than 31 days
    return min(this, following, key=lambda first: abs(first - day))


def _rows(crossed: Crossed, given: str, published: pd.DataFrame) -> Iterator[dict]:
    """The rows of one A, a dict of COLUMNS per B; `published` holds the open outcomes by id."""
    ids = crossed.run.scenario.outcome_ids
    a = ids.index(given)
    happened, made, not_happened = crossed.happened(a), crossed.made(a), crossed.not_happened(a)
    why = _refusal(crossed, given, True, happened)
    why_not = _refusal(crossed, given, False, not_happened)
    of_given = {
        "given": given,
        "day": crossed.day,
        "deadline": crossed.deadline,
        "chance": happened.chance,
        "one_in": 1.0 / max(happened.chance, 1e-12),  # no draw may say that it can happen at all
        "effective_draws": np.nan if why else happened.effective_draws,
        "refused": why or why_not,
    }
    for outcome in published.index.drop(given):
        b = ids.index(outcome)
        chances = {
            "published": published.at[outcome, "probability"],
            "assumed": np.nan if why else happened.probability[b],
            "made": made.probability[b],
            "assumed_not": np.nan if why_not else not_happened.probability[b],
            "mcse_published": published.at[outcome, "mcse"],
            "mcse_assumed": np.nan if why else happened.mcse[b],
            "mcse_made": made.mcse[b],
        }
        after = {
            f"{verb}_after": _after(chances[verb], crossed.by_day[b])
            for verb in ("published", "made")
        }
        yield of_given | {"outcome": outcome} | chances | after


def _after(by_deadline: float, before: float) -> float:
    """P(B by the deadline | not by the day), given P(B by the deadline) and P(B by the day).

    What is brought about on a day changes nothing before it, so both share `before`.
    """
    return (by_deadline - before) / (1.0 - before)


def _refusal(crossed: Crossed, given: str, happens: bool, answer: Supposed) -> str:
    """Why too few draws stand behind an answer, as its own forecast says it; "" where enough do."""
    if answer.effective_draws >= DRAWS_FLOOR:
        return ""
    supposed = OutcomeAssumption(id=given, by=crossed.day, happens=happens)
    try:
        forecast(crossed.run, Assumptions(outcomes=(supposed,)), crossed.deadline)
    except Refused as refusal:
        return str(refusal)
    return ""
