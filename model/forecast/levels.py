"""Levels of the drivers in each step: on their own paths, where they are set, and after that.

Influences carry a set level on. In each month a driver that is set stands at another raw level than
its own path; the difference adds to what the drivers after it gain, and what these gain to those
after them, each fading with its own half-life. Nothing upstream moves.

A setting that ends leaves the driver at the level that it was set to. From there the driver goes on
as the model expects: with the same new events as on its own path, while the gap between the two
fades with the driver's half-life. That is so whether it was made or assumed.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from model.assumptions import NOTHING, Assumptions, DriverAssumption
from model.engine.following import Moved, Steps, add_pull, follow
from model.engine.kernels import POOL
from model.engine.rows import in_rows
from model.fit.drivers import saturate, unsaturate
from model.fit.futures import step_of
from model.fit.step import Step
from model.runs import Run
from model.runs.remembered import per_run
from model.scenario.influence_order import in_order
from model.scenario.months import month_starts, months_of

OWN_PATH = (0.0, 1.0, 0.0)  # of a driver that is not set; see `_while_set`


def driver_levels(
    run: Run, assumptions: Assumptions, days: list[int], raw: np.ndarray | None = None
) -> np.ndarray:
    """(draws, steps, drivers): levels in -2..+2 that hold during each step.

    days: (steps + 1,) step edges in days after the as-of date. raw: (draws, months, drivers), the
    raw paths to start from; the run's own by default. A path's level holds for a month.
    """
    raw, months = run.paths["raw_path"] if raw is None else raw, _months(run, days)
    # no further than the steps: a moved slider waits for it
    raw = followed(run, assumptions.drivers, raw[:, : months_needed(run, days)])
    steps = saturate(raw[:, months].astype(float))
    for assumed in assumptions.drivers:
        d = run.scenario.driver_ids.index(assumed.id)
        value = _set_level(run, assumed, days, raw[:, :, d].T).T
        steps[:, :, d] = np.where(np.isnan(value), steps[:, :, d], value)
    return steps


@per_run(size=8)
def fitted_levels(run: Run) -> Mapping[str, float]:
    """Each driver's level on the as-of day, -2..2, by its id: the mean over draws."""
    # the step of the first day: a level of the as-of day, before any path has moved
    mean = driver_levels(run, NOTHING, [0, 1])[:, 0].mean(axis=0)
    return MappingProxyType(dict(zip(run.scenario.driver_ids, mean.tolist(), strict=True)))


def made_pull(
    run: Run, assumptions: Assumptions, days: list[int], log_hazard: np.ndarray
) -> np.ndarray:
    """(draws, steps, outcomes): `log_hazard` with what set drivers and what follows from them add.

    log_hazard: (draws, steps, outcomes), with every driver on its own path.
    """
    drivers = assumptions.drivers
    if not drivers:
        return log_hazard
    moved = _moved(run, drivers, len(log_hazard), months_needed(run, days))
    held, left = np.full((2, len(run.scenario.drivers), len(days) - 1), np.nan)
    last = np.zeros(len(held))
    for assumed in drivers:
        d = run.scenario.driver_ids.index(assumed.id)
        left[d] = _left_of_gap(run, assumed, days)
        held[d] = np.where(np.isnan(left[d]), _held_level(run, assumed, days), np.nan)
        last[d] = unsaturate(assumed.last_level)
    steps = Steps(_months(run, days), held, np.nan_to_num(left), last)
    log_hazard = log_hazard.copy()
    with POOL:
        add_pull(_raw_rows(run), moved, steps, _pull_rows(run), log_hazard)
    return log_hazard


@per_run(size=2)
def _raw_rows(run: Run) -> np.ndarray:
    """(rows of draws, drivers * months, LANES): raw paths, of 4,000 draws 12 MB."""
    return _rows_of_paths(run.paths["raw_path"])


def _rows_of_paths(raw: np.ndarray) -> np.ndarray:
    return in_rows(raw.swapaxes(1, 2).astype(float))


@per_run(size=2)
def _pull_rows(run: Run) -> np.ndarray:
    """(rows of draws, drivers * outcomes, LANES): log hazard ratios per unit of a driver."""
    return in_rows(run.draws["pull"])


def followed(run: Run, drivers: Sequence[DriverAssumption], raw: np.ndarray) -> np.ndarray:
    """(draws, months, drivers): the raw paths with what follows from the drivers that are set.

    raw: the paths without it, returned as they are where nothing follows. A set driver's own path
    is not what it is set to: it is where the driver would be if only the others were set.
    """
    moved = _moved(run, drivers, *raw.shape[:2])
    if not np.isin(moved.start, moved.order).any():
        return raw
    paths = raw.astype(float)
    with POOL:
        follow(_rows_of_paths(raw), moved, paths)
    return paths


def _moved(run: Run, drivers: Sequence[DriverAssumption], draws: int, months: int) -> Moved:
    """What is set in these months of a path, and what follows from it."""
    ids, step = run.scenario.driver_ids, step_of(run)
    standing = np.tile(OWN_PATH, (len(ids), months, 1))
    ended = np.zeros(len(ids), dtype=int)
    for assumed in drivers:
        d = ids.index(assumed.id)
        standing[d] = _while_set(run, assumed, months)
        ended[d] = _month_of_end(run, assumed, months)
    order = _moving(run, step, [ids.index(assumed.id) for assumed in drivers])
    adds = np.broadcast_to(step.adds, (draws, len(step.start)))
    return Moved(order, step.start, step.end, in_rows(adds), step.decay, standing, ended)


def _moving(run: Run, step: Step, set_: Sequence[int]) -> np.ndarray:
    """Places of the drivers that are set and of all that follow from them, causes first."""
    ids, moving = run.scenario.driver_ids, [*set_]
    arrows = [(ids[start], ids[end]) for start, end, _ in step.influences]
    order = [ids.index(id) for id in in_order(arrows, ids)]
    for d in order:
        if any(end == d and start in moving for start, end, _ in step.influences):
            moving.append(d)
    return np.array([d for d in order if d in moving], dtype=int)


def free_shares(run: Run, drivers: Sequence[DriverAssumption], months: int) -> np.ndarray:
    """(months, drivers): the share, 0..1, of each month in which a driver is not set."""
    starts = month_starts(months + 1)
    shares = np.ones((months, len(run.scenario.drivers)))
    for assumed in drivers:
        first = (assumed.levels(run.as_of)[0][0] - run.as_of).days
        end = (assumed.until - run.as_of).days if assumed.until else starts[-1]
        set_ = np.minimum(starts[1:], end) - np.maximum(starts[:-1], first)
        d = run.scenario.driver_ids.index(assumed.id)
        shares[:, d] -= np.maximum(set_, 0) / np.diff(starts)
    return shares


def _while_set(run: Run, assumed: DriverAssumption, months: int) -> np.ndarray:
    """(months, 3): where a set driver stands in each month, on average.

    A raw level, and shares of its own path in that month and in the one in which the setting ends;
    in the last month its own path.
    """
    starts = month_starts(months)
    days = {(day - run.as_of).days for day in assumed.days(run.as_of)}
    edges = sorted({*starts.tolist(), *(day for day in days if 0 < day < starts[-1])})
    level, left = _held_level(run, assumed, edges), _left_of_gap(run, assumed, edges)
    free = np.isnan(level) | ~np.isnan(left)
    fading = np.nan_to_num(left)
    fixed = np.where(free, fading * unsaturate(assumed.last_level), unsaturate(level))
    steps = np.stack([fixed, free, -fading], axis=1) * np.diff(edges)[:, None]
    total = np.add.reduceat(steps, np.searchsorted(edges, starts[:-1]), axis=0)
    return np.vstack([total / np.diff(starts)[:, None], OWN_PATH])


def months_needed(run: Run, days: list[int]) -> int:
    """How many months of a path the steps of these days read."""
    return int(_months(run, days)[-1]) + 2


def _months(run: Run, days: list[int]) -> np.ndarray:
    """(steps,): the month of the drivers' paths that each step begins in."""
    return months_of(days[:-1], run.scenario.horizon_months)


def _set_level(run: Run, assumed: DriverAssumption, days: list[int], raw: np.ndarray) -> np.ndarray:
    """(steps, draws or 1): the level of a driver that is set, NaN before its first day.

    raw: (months, draws), the driver's own raw path, which a setting that has ended fades to.
    """
    level = _held_level(run, assumed, days)[:, None]
    if assumed.until is None:
        return level
    left = _left_of_gap(run, assumed, days)[:, None]
    gap = unsaturate(assumed.last_level) - raw[_month_of_end(run, assumed, len(raw))]
    after = saturate(raw[_months(run, days)] + left * gap)
    return np.where(np.isnan(left), level, after)


def _held_level(run: Run, assumed: DriverAssumption, days: list[int]) -> np.ndarray:
    """(steps,): the level of a setting that never ends, NaN before its first day."""
    starts = np.array(days[:-1])
    level = np.full(len(starts), np.nan)
    for day, value in assumed.levels(run.as_of):
        level[starts >= (day - run.as_of).days] = value
    return level


def _left_of_gap(run: Run, assumed: DriverAssumption, days: list[int]) -> np.ndarray:
    """(steps,): the share, 0..1, of the gap that is left since a setting ended, NaN before."""
    if assumed.until is None:
        return np.full(len(days) - 1, np.nan)
    end = (assumed.until - run.as_of).days
    # a month's level is that of its first day, so within the month of the end nothing has faded
    age = np.maximum(month_starts(run.scenario.horizon_months)[_months(run, days)] - end, 0)
    left = 0.5 ** (age / run.scenario.driver(assumed.id).half_life_days)
    return np.where(np.array(days[:-1]) >= end, left, np.nan)


def _month_of_end(run: Run, assumed: DriverAssumption, months: int) -> int:
    """The month of a path in which a setting ends, 0 for one that never does."""
    if assumed.until is None:
        return 0
    # a path may be cut short of the end, which then is no matter
    months = min(run.scenario.horizon_months, months)
    return int(months_of((assumed.until - run.as_of).days, months))
