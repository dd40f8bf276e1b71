"""Indicators: what, once it is known, is expected to move an outcome's chance the most."""

from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from model.assumptions import NOTHING, Assumptions, OutcomeAssumption
from model.explain.conditional import default_day
from model.forecast import Forecast, Refused, answered, monte_carlo
from model.forecast.levels import driver_levels
from model.forecast.solve import headline_draws, settled
from model.runs import Run

BANDS = 5
COLUMNS = "kind id title day expected at_low at_high mcse".split()


def indicators(run: Run, outcome: str, deadline: date, day: date | None = None) -> pd.DataFrame:
    """One row per driver and per other outcome, by how far learning of it should move `outcome`.

    expected: E|P(outcome by `deadline` | what is learned) - P(outcome)|, in probability; what is
    learned is in which fifth of its draws a driver stands on `day` (default: `default_day`), or
    whether the other outcome has happened by then. at_low, at_high: the chance in the lowest and
    the highest fifth; without and with the other outcome. mcse: the Monte Carlo standard error of a
    fifth's mean (of the chance, for outcomes), in whose size `expected` is noise. Nothing is
    assumed. An outcome that too few draws stand behind is left out.

    Raises what `forecast` raises of the deadline.
    """
    day = day or default_day(run.as_of, deadline)
    rows = [*_drivers(run, outcome, deadline, day), *_outcomes(run, outcome, deadline, day)]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values("expected", ascending=False, kind="stable", ignore_index=True)


def _drivers(run: Run, outcome: str, deadline: date, day: date) -> list[tuple]:
    by_draw = headline_draws(run, deadline)[:, run.scenario.outcome_ids.index(outcome)]
    days = (day - run.as_of).days
    levels = driver_levels(run, NOTHING, [days, days + 1])[:, 0]
    row = partial(_driver, by_draw, day, run.manifest["settings"]["chains"])
    return [row(driver, levels[:, d]) for d, driver in enumerate(run.scenario.drivers)]


def _driver(by_draw: np.ndarray, day: date, chains: int, driver, level: np.ndarray) -> tuple:
    # by rank and not by value: each fifth holds as many draws, however the levels are spread
    fifths = np.array_split(np.argsort(level, kind="stable"), BANDS)
    means = np.array([by_draw[fifth].mean() for fifth in fifths])
    expected = float(np.abs(means - by_draw.mean()).mean())
    # a fifth of the draws has an error sqrt(5) times that of all of them
    noise = float(monte_carlo.monte_carlo_error(by_draw[:, None], chains)[0]) * np.sqrt(BANDS)
    return "driver", driver.id, driver.title, day, expected, means[0], means[-1], noise


def _outcomes(run: Run, outcome: str, deadline: date, day: date) -> list[tuple]:
    now = answered(run, NOTHING, deadline).row(outcome)
    by_day = answered(run, NOTHING, day)
    others = [
        other
        for k, other in enumerate(run.scenario.outcomes)
        if other.id != outcome and not settled(run) >> k & 1
    ]
    rows = [_outcome(run, now, other, by_day, deadline) for other in others]
    return [row for row in rows if row is not None]


def _outcome(run: Run, now: pd.Series, other, by_day: Forecast, deadline: date) -> tuple | None:
    """P(outcome) = c P(outcome | other) + (1 - c) P(outcome | not other), c being P(other).

    now: the outcome's row by the deadline. by_day: what gives the other one's chance c by the day.
    """
    day, chance = by_day.deadline, float(by_day.row(other.id)["probability"])
    overall = float(now["probability"])
    learned = Assumptions(outcomes=(OutcomeAssumption(id=other.id, by=day, verb="assume"),))
    try:
        answer = answered(run, learned, deadline)
    except Refused:
        return None
    with_it = float(answer.row(now["outcome"])["probability"])
    without = (overall - chance * with_it) / (1 - chance)
    expected = chance * abs(with_it - overall) + (1 - chance) * abs(without - overall)
    return "outcome", other.id, other.title, day, expected, without, with_it, float(now["mcse"])
