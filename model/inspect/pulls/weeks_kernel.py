"""The kernel of `LikelihoodRatio.of_weeks`, for rows of LANES draws at once."""

from numba import njit, prange

from model.engine.compiled import kept
from model.engine.kernels import filled
from model.engine.rows import (
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


@njit
def _raw(parts, noise, place, drivers, w):
    """Return a driver's raw levels in week w."""
    raw = same(noise, parts[w, 0])
    for c in range(parts.shape[1] - 1):
        raw = plus_product(raw, same(noise, parts[w, 1 + c]), load(noise, drivers * c + place))
    return raw


@njit
def _half_move(before, after, noise, place, drivers, w):
    """Return what half a driver's level moves by: tanh (after / 2) - tanh (before / 2).

    As tanh (x / 2) is 1 - 2 / (exp x + 1), one division does for both.
    """
    one = same(noise, 1.0)
    first = exp(noise, _raw(before, noise, place, drivers, w))
    second = exp(noise, _raw(after, noise, place, drivers, w))
    ends = times(plus(first, one), plus(second, one))
    return over(times(same(noise, 2.0), minus(second, first)), ends)


@njit
def _ratio_of_block(event, outcomes, places, moved, own, noise, pull, expected):
    """Return the row of log likelihood ratios; `log_ratio` says of what."""
    drivers, every = len(own), event.shape[1]
    moves = filled(noise, len(places), 0.0)
    total, one = same(noise, 0.0), same(noise, 1.0)
    for w in range(len(event)):
        for i, place in enumerate(places):
            store(moves, i, _half_move(own[place], moved[i], noise, place, drivers, w))
        for k in outcomes:
            added = same(noise, 0.0)
            for i, place in enumerate(places):
                added = plus_product(added, load(pull, every * place + k), load(moves, i))
            grown = minus(exp(noise, added), one)
            total = plus_product(total, same(noise, event[w, k]), added)
            total = minus(total, times(load(expected, len(event) * k + w), grown))
    return total


@kept(parallel=True, nogil=True)
def log_ratio(event, outcomes, places, moved, own, draws, ratio):
    """Fill ratio (rows, LANES): log likelihood of the weeks with moved levels less that without.

    event: (weeks, outcomes). outcomes: those that a moved driver acts on. places: of the drivers
    that move; moved: (places, weeks, PARTS), mean and components of their raw levels; own:
    (drivers, weeks, PARTS), the run's. draws, each (rows, ..., LANES): noise, of component and
    driver; log hazard ratio per two units, of driver and outcome; what a week is expected to
    bring, of outcome and week. Whoever calls holds POOL.
    """
    noise, pull, expected = draws
    for b in prange(len(ratio)):
        block = noise[b], pull[b], expected[b]
        store(ratio, b, _ratio_of_block(event, outcomes, places, moved, own, *block))
