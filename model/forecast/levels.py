"""Levels of the drivers in each step: on their own paths, where they are set, and after that.

A setting that ends leaves the driver at the level that it was set to. From there the driver goes on
as the model expects: with the same new events as on its own path, while the gap between the two
fades with the driver's half-life. That is so whether it was made or assumed.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from model.assumptions import NOTHING, Assumptions, DriverAssumption
from model.fit.drivers import saturate, unsaturate
from model.runs import Run
from model.runs.remembered import per_run
from model.scenario.months import month_starts, months_of


def driver_levels(
    run: Run, assumptions: Assumptions, days: list[int], raw: np.ndarray | None = None
) -> np.ndarray:
    """(draws, steps, drivers): levels in -2..+2 that hold during each step.

    days: (steps + 1,) step edges in days after the as-of date. raw: (draws, months, drivers), the
    raw paths to start from; the run's own by default. A path's level holds for a month.
    """
    raw = run.paths["raw_path"] if raw is None else raw
    steps = saturate(raw.astype(float))[:, _months(run, days)]
    for assumed in assumptions.drivers:
        d = run.scenario.driver_ids.index(assumed.id)
        value = _set_level(run, assumed, days, raw[:, :, d])
        steps[:, :, d] = np.where(np.isnan(value), steps[:, :, d], value)
    return steps


@per_run(size=8)
def fitted_levels(run: Run) -> Mapping[str, float]:
    """Each driver's level on the as-of day, -2..2, by its id: the mean over draws."""
    # the step of the first day: a level of the as-of day, before any path has moved
    mean = driver_levels(run, NOTHING, [0, 1])[:, 0].mean(axis=0)
    return MappingProxyType(dict(zip(run.scenario.driver_ids, mean.tolist(), strict=True)))


def made_pull(run: Run, assumptions: Assumptions, days: list[int]) -> np.ndarray | float:
    """(draws, steps, outcomes), or 0: what drivers that were set add; the others stay as fitted."""
    added: float | np.ndarray = 0.0
    for assumed in assumptions.drivers:
        d = run.scenario.driver_ids.index(assumed.id)
        path = run.paths["raw_path"][:, :, d]
        level = _set_level(run, assumed, days, path)
        own = saturate(path[:, _months(run, days)].astype(float))
        moved = np.where(np.isnan(level), 0.0, level - own)
        added = added + moved[:, :, None] * run.draws["pull"][:, None, d]
    return added


def _months(run: Run, days: list[int]) -> np.ndarray:
    """(steps,): the month of the drivers' paths that each step begins in."""
    return months_of(days[:-1], run.scenario.horizon_months)


def _set_level(run: Run, assumed: DriverAssumption, days: list[int], raw: np.ndarray) -> np.ndarray:
    """(steps,) or (draws, steps): the level of a driver that is set, NaN before its first day.

    raw: (draws, months), the driver's own raw path, which a setting that has ended fades to.
    """
    starts = np.array(days[:-1])
    level = np.full(len(starts), np.nan)
    for day, value in assumed.levels(run.as_of):
        level[starts >= (day - run.as_of).days] = value
    if assumed.until is None:
        return level
    end = (assumed.until - run.as_of).days
    return np.where(starts >= end, saturate(_after(run, assumed, end, days, raw)), level)


def _after(
    run: Run, assumed: DriverAssumption, end: int, days: list[int], raw: np.ndarray
) -> np.ndarray:
    """(draws, steps): the raw level once the setting has ended; of steps before that no matter.

    end: its day, counted from the as-of day.
    """
    horizon, months = run.scenario.horizon_months, _months(run, days)
    gap = unsaturate(assumed.last_level) - raw[:, months_of([end], horizon)]
    # a month's level is that of its first day, so within the month of the end nothing has faded
    age = np.maximum(month_starts(horizon)[months] - end, 0)
    return raw[:, months] + gap * 0.5 ** (age / run.scenario.driver(assumed.id).half_life_days)
