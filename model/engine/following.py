"""What follows from set drivers, and what they add to hazards: kernels for rows of draws."""

from typing import NamedTuple

import numpy as np
from numba import njit, prange

from model.engine.compiled import kept
from model.engine.kernels import filled
from model.engine.rows import (
    LANES,
    exp,
    load,
    minus,
    over,
    plus,
    plus_product,
    same,
    store,
    times,
)


class Moved(NamedTuple):
    """What is set, and how drivers pass it on, month by month.

    order: places of the drivers that are set or influenced by others in it, causes first. start,
    end: (influences,) places of drivers. adds: (rows of draws, influences, LANES). decay:
    (drivers,), what a month leaves of a raw level. standing: (drivers, months, 3): a driver stands
    at a raw level, plus shares of its own path in that month and in month `ended` (drivers,).
    """

    order: np.ndarray
    start: np.ndarray
    end: np.ndarray
    adds: np.ndarray
    decay: np.ndarray
    standing: np.ndarray
    ended: np.ndarray


class Steps(NamedTuple):
    """Levels of drivers in each step.

    month: (steps,), that a step begins in. held: (drivers, steps), the level that a driver is set
    to, NaN where it has one of its own. left: (drivers, steps), the share that is left of the gap
    between `last` (drivers,), raw levels at the end of settings, and the drivers' own paths then.
    """

    month: np.ndarray
    held: np.ndarray
    left: np.ndarray
    last: np.ndarray


@njit
def _walk(d, block, raw, moved, gone, path):
    """Fill path (months, LANES) of driver d, and its part of gone (drivers * months, LANES).

    Its own path is raw (drivers * months or more, LANES) with what others add; gone is by how much
    each driver stands elsewhere than on its raw path.
    """
    months, every = len(path), len(raw) // len(moved.decay)
    gained = same(path, 0.0)
    for m in range(months):
        store(path, m, plus(load(raw, every * d + m), gained))
        gained = times(gained, same(path, moved.decay[d]))
        for i, start in enumerate(moved.start):
            if moved.end[i] == d:
                adds, more = load(moved.adds[block], i), load(gone, months * start + m)
                gained = plus_product(gained, adds, more)
    end = load(path, moved.ended[d])
    for m in range(months):
        fixed, share, back = moved.standing[d, m]
        stands = plus_product(same(path, fixed), same(path, share), load(path, m))
        stands = plus_product(stands, same(path, back), end)
        store(gone, months * d + m, minus(stands, load(raw, every * d + m)))


@njit
def _saturated(like, raw):
    """Return the levels -2..+2 of a row of raw levels, as `drivers.saturate` has them."""
    one = plus(exp(like, raw), same(like, 1.0))
    return minus(same(like, 2.0), over(same(like, 4.0), one))


@njit
def _level(d, t, steps, ended, path):
    """Return the row of driver d's levels in step t."""
    if not np.isnan(steps.held[d, t]):
        return same(path, steps.held[d, t])
    gap = minus(same(path, steps.last[d]), load(path, ended))
    raw = plus_product(load(path, steps.month[t]), same(path, steps.left[d, t]), gap)
    return _saturated(path, raw)


@kept(parallel=True, nogil=True)
def follow(raw, moved, paths):
    """Put the moved drivers' own paths into paths (draws, months, drivers); the caller holds POOL.

    raw: (rows of draws, drivers * months or more, LANES), the paths without anything set. moved: a
    `Moved`.
    """
    draws, months, drivers = paths.shape
    for b in prange(len(raw)):
        path, gone = filled(raw[b], months, 0.0), filled(raw[b], drivers * months, 0.0)
        for d in moved.order:
            _walk(d, b, raw[b], moved, gone, path)
            for i in range(min(LANES, draws - LANES * b)):
                for m in range(months):
                    paths[LANES * b + i, m, d] = path[m, i]


@kept(parallel=True, nogil=True)
def add_pull(raw, moved, steps, pull, log_hazard):
    """Add to log_hazard (draws, steps, outcomes) what the moved drivers do; the caller holds POOL.

    raw, moved: as in `follow`. steps: a `Steps`. pull: (rows of draws, drivers * outcomes, LANES),
    log hazard ratios per unit of a driver.
    """
    draws, count, outcomes = log_hazard.shape
    drivers, months, _ = moved.standing.shape
    every = raw.shape[1] // drivers
    for b in prange(len(raw)):
        path, gone = filled(raw[b], months, 0.0), filled(raw[b], drivers * months, 0.0)
        added = filled(raw[b], count * outcomes, 0.0)
        for d in moved.order:
            _walk(d, b, raw[b], moved, gone, path)
            for t in range(count):
                own = _saturated(path, load(raw[b], every * d + steps.month[t]))
                more = minus(_level(d, t, steps, moved.ended[d], path), own)
                for k in range(outcomes):
                    so_far = load(added, outcomes * t + k)
                    so_far = plus_product(so_far, more, load(pull[b], outcomes * d + k))
                    store(added, outcomes * t + k, so_far)
        for i in range(min(LANES, draws - LANES * b)):
            for t in range(count):
                for k in range(outcomes):
                    log_hazard[LANES * b + i, t, k] += added[outcomes * t + k, i]
