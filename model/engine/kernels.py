"""The kernels that solve the chain, compiled by numba, for rows of LANES draws at once."""

from threading import Lock

import numba
import numpy as np
from numba import njit, prange

from model.engine.compiled import kept
from model.engine.rows import (
    LANES,
    greater,
    highest,
    less,
    load,
    minus,
    plus,
    plus_product,
    same,
    store,
    times,
)

# One pool of threads for the process, which takes one caller at a time: OpenMP would start new
# threads for each thread that calls, and a dashboard answers every move of a slider in a new one.
numba.config.THREADING_LAYER = "workqueue"  # type: ignore[attr-defined]
POOL = Lock()

TAIL = 1e-6  # share of exp(jumps) that the terms left out may have, about; see `_closing`
NOTHING = 1e-9  # of the last term: what adds less is no term
MAX_JUMPS = 200.0  # expected in a piece of a step: exp(200) is far from the largest double
MAX_RATE = 1000.0  # per year
INVERSE = 1.0 / np.maximum(np.arange(1024), 1)  # more than there are terms: divisions are slow
LINE = 64  # bytes of a cache line
ONE = np.uintp(1)  # numba lets a signed index count from the end, which costs the inner loops
HALF = np.uintp(32)  # bits of a number of two halves
LOWER = (ONE << HALF) - ONE

# The kinds of condition met here; how each acts is told in conditions.py.
KINDS = ("happened", "not_happened", "happens", "made")
HAPPENED, NOT_HAPPENED, HAPPENS, MADE = range(len(KINDS))


@njit
def filled(like, count, number):
    """Return rows (count, LANES) of a number, of the precision of the array `like`.

    They begin where a register's load crosses no cache line.
    """
    space = np.empty(count * LANES + LINE // like.itemsize, like.dtype)
    begin = -(space.ctypes.data // like.itemsize) % (LINE // like.itemsize)
    rows = space[begin : begin + count * LANES].reshape(count, LANES)
    for s in range(count):
        store(rows, s, same(rows, number))
    return rows


@njit
def _terms(jumps):
    """Return n such that the terms of exp(jumps) beyond the n-th add about TAIL of it."""
    n, term, total = 0, 1.0, 1.0
    while n < jumps or term > TAIL * total:
        n += 1
        term *= jumps * INVERSE[n]
        total += term
    return max(n - 1, 3)  # of two terms the parabola would start before the first jump


@njit
def _closing(jumps, terms):
    """Return what the last three terms are multiplied by, each beside the term before it.

    They stand for all that are left out: a chance after a jump left out is taken to lie on the
    parabola through the last three. Where one of these would be negative, the last stands for all.
    """
    term, place, beyond, mean, bend = 1.0, 0, 0.0, 0.0, 0.0
    while term > NOTHING:
        place += 1
        term *= jumps * INVERSE[terms + place]
        beyond += term
        mean += place * term
        bend += 0.5 * place * (place + 1) * term
    second = 1.0 - (mean + 2.0 * bend) * jumps * INVERSE[terms]
    if second <= 0.0:
        return 1.0 + beyond, 1.0, 1.0
    third = 1.0 + bend * jumps**2 * INVERSE[terms] * INVERSE[terms - 1]
    return (1.0 + beyond + mean + bend) / second, second / third, third


@njit
def rates_of(chain, hazards, factor, block, t, hazard, rate):
    """Fill rate (rates, LANES) with the rates of step t; hazard is scratch, its last row one."""
    for i in range(LANES):
        for k in range(hazards.shape[2]):
            hazard[k, i] = hazards[block[i], t, k]
    for r in range(np.uintp(len(rate))):
        raw = times(load(hazard, chain.outcome[r]), load(factor, r))
        store(rate, r, less(raw, same(rate, MAX_RATE)))


@njit
def stays(out_of, rate, stay):
    """Fill stay (levels, LANES) with the highest exit rate, returned, less that of the level."""
    most = same(stay, 0.0)
    for s in range(np.uintp(len(stay))):
        exit = same(stay, 0.0)
        for m in range(out_of.begin[s], out_of.begin[s + ONE]):
            exit = plus(exit, load(rate, out_of.rate[m]))
        store(stay, s, exit)
        most = greater(most, exit)
    top = highest(most)
    for s in range(len(stay)):
        store(stay, s, minus(same(stay, top), load(stay, s)))
    return top


@njit
def advance(into, out_of, back, rate, years, p, y, stay, top):
    """Move p (levels, LANES) on by `years` at constant rates; y is scratch, stay and top `stays`'s.

    Forward p are probabilities; `back` they are the chances that conditions will be met, taken
    back by the transpose.
    """
    parts = int(np.ceil(top * years / MAX_JUMPS))
    h = years / max(parts, 1)
    moves = out_of if back else into
    terms = _terms(top * h)
    closing = _closing(top * h, terms)
    for _ in range(parts):
        weight = 1.0  # of a term and all beyond, as a share of its own
        for n in range(terms, 0, -1):
            share = h / n * (closing[terms - n] if terms - n < 3 else 1.0)
            weight = 1.0 + top * share * weight
            # the first sum reads p and the last one fills it, so that nothing need be copied
            before, after = p if n == terms else y, p if n == 1 else y
            scale = 1.0 / weight if n == 1 else 1.0
            _add_term(moves, back, rate, share, scale, before, after, p, stay)


@njit
def _add_term(moves, back, rate, years, scale, before, after, p, stay):
    """Fill `after` with scale (p + years times the flow of `before`), which may be the same rows.

    A level's moves lead from lower levels, or `back` to higher ones, which are then filled later.
    """
    levels = np.uintp(len(p))
    for i in range(levels):
        s = i if back else levels - ONE - i
        flow = times(load(stay, s), load(before, s))
        for m in range(moves.begin[s], moves.begin[s + ONE]):
            both = moves.both[m]
            flow = plus_product(flow, load(rate, both & LOWER), load(before, both >> HALF))
        sum_so_far = plus_product(load(p, s), same(p, years), flow)
        store(after, s, times(same(p, scale), sum_so_far))


@njit
def _drop(chain, kind, outcome, p):
    """Empty the levels that a condition rules out as they are just before it."""
    for s, state in enumerate(chain.state):
        happened = state >> outcome & 1
        ruled_out = not happened if kind == HAPPENED else happened and kind != MADE
        if ruled_out:
            store(p, s, same(p, 0.0))


@njit
def _bring(chain, moves, rate, kind, outcome, p, back):
    """Move p from the levels without the outcome to those in which it has just happened."""
    for s in range(np.uintp(len(p))):
        for m in range(moves.begin[s], moves.begin[s + ONE]):
            if chain.outcome[moves.rate[m]] == outcome:
                target = moves.other[m]
                weight = load(rate, moves.rate[m]) if kind == HAPPENS else same(p, 1.0)
                if back:
                    store(p, s, times(weight, load(p, target)))
                else:
                    store(p, target, plus_product(load(p, target), weight, load(p, s)))
                    store(p, s, same(p, 0.0))


@njit
def _apply(chain, out_of, rate, conditions, after, p):
    for c in range(len(conditions)):
        if conditions[c, 0] == after:
            kind, outcome = conditions[c, 1], conditions[c, 2]
            _drop(chain, kind, outcome, p)
            if kind == HAPPENS or kind == MADE:
                _bring(chain, out_of, rate, kind, outcome, p, False)


@njit
def _apply_back(chain, out_of, rate, conditions, after, q):
    for c in range(len(conditions) - 1, -1, -1):
        if conditions[c, 0] == after:
            kind, outcome = conditions[c, 1], conditions[c, 2]
            if kind == HAPPENS or kind == MADE:
                _bring(chain, out_of, rate, kind, outcome, q, True)
            _drop(chain, kind, outcome, q)


@njit
def _sum_over_levels(chain, p, later, first, total):
    """Fill total (states, LANES) with p times the chances in rows `first` on of later."""
    for state in range(np.uintp(len(total))):
        added = same(total, 0.0)
        for m in range(chain.begin[state], chain.begin[state + ONE]):
            s = chain.level[m]
            added = plus_product(added, load(p, s), load(later, first + s))
        store(total, state, added)


@njit
def _sum_over_states(total, outcomes, chance):
    """Fill chance (outcomes, LANES); total (states, LANES) is lost: halved by each outcome."""
    half = len(total)
    for k in range(outcomes - 1, -1, -1):
        half //= 2
        added = same(total, 0.0)
        for s in range(half):
            happened = load(total, half + s)
            added = plus(added, happened)
            store(total, s, plus(load(total, s), happened))
        store(chance, k, added)


@njit
def factors_of(like, chain, exp_link, block):
    """Return (rates, LANES), of the precision of `like`: each rate as a share of its outcome's."""
    factor = filled(like, len(chain.outcome), 1.0)
    for r in range(len(factor)):
        for i in range(LANES):
            factor[r, i] = chain.constant[r]
            if chain.base[r] >= 0:
                sent = exp_link[block[i], chain.cause[r], chain.outcome[r]]
                factor[r, i] = factor[chain.base[r], i] * sent
    return factor


@njit
def _solve_block(asked, chain, into, out_of, block, conditions, last, place, out):
    """Solve the chain for a row of draws; see `solve`."""
    exp_link, step, start = asked
    joint, chances = out
    outcomes, levels = chances.shape[2], len(start)
    hazard, total = filled(start, outcomes + 1, 1.0), filled(start, joint.shape[2], 0.0)
    factor = factors_of(start, chain, exp_link, block)
    rate, stay = filled(start, len(chain.outcome), 0.0), filled(start, levels, 0.0)
    p, y = filled(start, levels, 0.0), filled(start, levels, 0.0)
    later = filled(start, (last + 1) * levels, 1.0)  # chances of the conditions after a step
    for t in range(last, 0, -1):
        q = later[(t - 1) * levels : t * levels]
        for s in range(levels):
            store(q, s, load(later, t * levels + s))
        rates_of(chain, chances, factor, block, t, hazard, rate)
        _apply_back(chain, out_of, rate, conditions, t, q)
        advance(into, out_of, True, rate, step[t], q, y, stay, stays(out_of, rate, stay))
    for s in range(levels):
        store(p, s, same(p, float(start[s])))
    for t in range(len(step)):
        rates_of(chain, chances, factor, block, t, hazard, rate)
        if t == 0:
            _apply(chain, out_of, rate, conditions, -1, p)
        advance(into, out_of, False, rate, step[t], p, y, stay, stays(out_of, rate, stay))
        _apply(chain, out_of, rate, conditions, t, p)
        _sum_over_levels(chain, p, later, min(t, last) * levels, total)
        if place[t] >= 0:
            _give_joint(joint, block, place[t], total)
        _sum_over_states(total, outcomes, hazard)
        for i in range(LANES):
            for k in range(outcomes):
                chances[block[i], t, k] = hazard[k, i]


@njit
def _give_joint(joint, block, place, total):
    for i in range(LANES):
        for s in range(joint.shape[2]):
            joint[block[i], place, s] = total[s, i]


@kept(parallel=True, nogil=True)
def solve(asked, chain, into, out_of, blocks, conditions, last, place, out):
    """Fill joint (draws, steps kept, states) and chances (draws, steps, outcomes), which are `out`.

    chances holds the hazards per year when it is handed in: a step's are read before its chances
    are written. asked: factors on them of links, (draws, outcomes, outcomes); steps (steps,) in
    years; the probability (levels,) of each level at time zero, in the precision that all is solved
    in. blocks: (rows, LANES) draws. conditions: (conditions, 3), see `conditions.coded`; they drop
    nothing after step `last`. place: (steps,), where in joint a step is kept; below 0 it is not.
    Whoever calls holds POOL.
    """
    for b in prange(len(blocks)):
        _solve_block(asked, chain, into, out_of, blocks[b], conditions, last, place, out)
