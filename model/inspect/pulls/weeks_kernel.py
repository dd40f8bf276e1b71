"""The kernel of `LikelihoodRatio.of_weeks`, for rows of LANES draws at once.

exp stands here for rows, as processors have none and a call for each lane takes ten times as long:
x is n ln 2 + r with a whole n, exp r the sum of its series, and n is added to the exponent's bits.
"""

import numpy as np
from llvmlite import ir
from numba import njit, prange
from numba.extending import intrinsic

from model.engine.compiled import kept
from model.engine.kernels import filled
from model.engine.rows import (
    greater,
    less,
    load,
    minus,
    over,
    plus,
    plus_product,
    same,
    store,
    times,
)

WHOLE = 1.5 * 2.0**52  # a number this large has no digits after the point, so adding it rounds
LN_2 = 0.6931471803691238, 1.9082149292705877e-10  # its first 33 bits, and what is left
INVERSE_FACTORIALS = tuple(1.0 / float(np.prod(np.arange(1.0, n + 1))) for n in range(13, -1, -1))
LARGEST = 300.0  # exp of it is a double, and so is a product of two; no level comes near


@intrinsic
def _doubled(_context, value, shifted):
    """Return value times 2**n, lane by lane, of n + WHOLE."""

    def code(_, builder, signature, arguments):
        number = arguments[0].type
        bits = ir.VectorType(ir.IntType(64), number.count)
        value, shifted = (builder.bitcast(argument, bits) for argument in arguments)
        exponent = builder.shl(shifted, ir.Constant(bits, [52] * number.count))
        return builder.bitcast(builder.add(value, exponent), number)

    return value(value, value), code


@njit
def exp(like, x):
    """Return exp of a row x, to a rounding error or two; `like` is an array of such rows."""
    x = greater(less(x, same(like, LARGEST)), same(like, -LARGEST))
    shifted = plus_product(same(like, WHOLE), x, same(like, 1.4426950408889634))
    n = minus(shifted, same(like, WHOLE))
    rest = plus_product(x, n, same(like, -LN_2[0]))
    rest = plus_product(rest, n, same(like, -LN_2[1]))
    total = same(like, INVERSE_FACTORIALS[0])
    for inverse in INVERSE_FACTORIALS[1:]:
        total = plus_product(same(like, inverse), total, rest)
    return _doubled(total, shifted)


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
