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
from model.fit.drivers import saturate, unsaturate
from model.fit.futures import step_of
from model.runs import Run
from model.runs.remembered import per_run
from model.scenario.influence_order import in_order
from model.scenario.months import month_starts, months_of


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
        value = _set_level(run, assumed, days, raw[:, :, d])
        steps[:, :, d] = np.where(np.isnan(value), steps[:, :, d], value)
    return steps


@per_run(size=8)
def fitted_levels(run: Run) -> Mapping[str, float]:
    """Each driver's level on the as-of day, -2..2, by its id: the mean over draws."""
    # the step of the first day: a level of the as-of day, before any path has moved
    mean = driver_levels(run, NOTHING, [0, 1])[:, 0].mean(axis=0)
    return MappingProxyType(dict(zip(run.scenario.driver_ids, mean.tolist(), strict=True)))


@per_run(size=8)
def own_levels(run: Run, days: tuple[int, ...]) -> np.ndarray:
    """(draws, drivers, steps): levels in -2..+2 with every driver on its own path.

    A driver's steps lie together, since set drivers are taken out one by one.
    """
    return np.ascontiguousarray(driver_levels(run, NOTHING, list(days)).swapaxes(1, 2))


@per_run(size=2)
def _raw_by_driver(run: Run) -> np.ndarray:
    """(drivers, draws, months): raw paths, of 4,000 draws 12 MB; each moved slider reads some."""
    return np.ascontiguousarray(np.moveaxis(run.paths["raw_path"], 2, 0), dtype=float)


def made_pull(run: Run, assumptions: Assumptions, days: list[int]) -> np.ndarray | float:
    """(draws, steps, outcomes), or 0: what set drivers and what follows from them add."""
    raw = _raw_by_driver(run)[:, :, : months_needed(run, days)]
    set_ = {run.scenario.driver_ids.index(assumed.id): assumed for assumed in assumptions.drivers}
    gained = _gaining(run, assumptions.drivers, raw)
    places = [*{**set_, **gained}]
    if not places:
        return 0.0
    moved = own_levels(run, tuple(days))[:, places]  # a copy
    for place, d in enumerate(places):
        own = gained.get(d, raw[d])
        level = _moved_level(run, set_.get(d), days, own)
        np.subtract(level, moved[:, place], out=moved[:, place])
    return moved.swapaxes(1, 2) @ run.draws["pull"][:, places]


def _moved_level(
    run: Run, assumed: DriverAssumption | None, days: list[int], own: np.ndarray
) -> np.ndarray:
    """(steps,) or (draws, steps): the level of a driver whose own path is `own`, set or not."""
    never = np.full(len(days) - 1, np.nan)
    value = never if assumed is None else _set_level(run, assumed, days, own)
    if not np.isnan(value).any():
        return value  # it never stands on its own path
    level = saturate(own[:, _months(run, days)].astype(float))
    return np.where(np.isnan(value), level, value)


def followed(run: Run, drivers: Sequence[DriverAssumption], raw: np.ndarray) -> np.ndarray:
    """(draws, months, drivers): the raw paths with what follows from the drivers that are set.

    raw: the paths without it, returned as they are where nothing follows. A set driver's own path
    is not what it is set to: it is where the driver would be if only the others were set.
    """
    gained = _gaining(run, drivers, np.moveaxis(raw, 2, 0))
    if not gained:
        return raw
    paths = raw.astype(float)
    for d, path in gained.items():
        paths[:, :, d] = path
    return paths


def _gaining(
    run: Run, drivers: Sequence[DriverAssumption], raw: np.ndarray
) -> dict[int, np.ndarray]:
    """Place of a driver that others' settings move -> its own path (draws, months) then.

    raw: (drivers, draws, months).
    """
    ids = run.scenario.driver_ids
    set_ = {ids.index(assumed.id): assumed for assumed in drivers}
    step = step_of(run)
    if not any(start in set_ for start, _, _ in step.influences):
        return {}
    arrows = [(ids[start], ids[end]) for start, end, _ in step.influences]
    paths: dict[int, np.ndarray] = {}
    moved: dict[int, np.ndarray] = {}
    for d in map(ids.index, in_order(arrows, ids)):
        acting = [(moved[s], adds) for s, e, adds in step.influences if e == d and s in moved]
        if acting:
            gained = sum(levels * adds[:, None] for levels, adds in acting)
            moved[d] = _decayed(gained, step.decay[d])
            paths[d] = raw[d] + moved[d]
        if d in set_:
            moved[d] = _while_set(run, set_[d], paths.get(d, raw[d])) - raw[d]
    return paths


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


def _decayed(gained: np.ndarray, decay: float) -> np.ndarray:
    """(draws, months): the sum of what came in the months before, each faded since."""
    total = np.zeros(gained.shape)
    for month in range(1, total.shape[1]):
        total[:, month] = decay * total[:, month - 1] + gained[:, month - 1]
    return total


def _while_set(run: Run, assumed: DriverAssumption, own: np.ndarray) -> np.ndarray:
    """(draws, months): the raw level at which a set driver stands in each month, on average.

    own: (draws, months), where it is while it is not set; in the last month it is there.
    """
    starts = month_starts(own.shape[1])
    days = {(day - run.as_of).days for day in assumed.days(run.as_of)}
    edges = sorted({*starts.tolist(), *(day for day in days if 0 < day < starts[-1])})
    level = _set_level(run, assumed, edges, own)
    steps = np.where(np.isnan(level), own[:, _months(run, edges)], unsaturate(level))
    total = np.add.reduceat(steps * np.diff(edges), np.searchsorted(edges, starts[:-1]), axis=1)
    return np.concatenate([total / np.diff(starts), own[:, -1:]], axis=1)


def months_needed(run: Run, days: list[int]) -> int:
    """How many months of a path the steps of these days read."""
    return int(_months(run, days)[-1]) + 2


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
    # a path may be cut short of the end, which then is no matter
    gap = unsaturate(assumed.last_level) - raw[:, months_of([end], min(horizon, raw.shape[1]))]
    # a month's level is that of its first day, so within the month of the end nothing has faded
    age = np.maximum(month_starts(horizon)[months] - end, 0)
    return raw[:, months] + gap * 0.5 ** (age / run.scenario.driver(assumed.id).half_life_days)
