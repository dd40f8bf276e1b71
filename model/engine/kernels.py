"""The kernels that solve the chain, compiled by numba, for rows of LANES draws at once."""

from collections.abc import Callable
from threading import Lock

import numba
import numpy as np
from numba import njit, prange

# The kernels work on rows of LANES draws, written out lane by lane.  LLVM's SLP
# vectoriser, off by default in numba, turns a row into vector registers.
# (numba makes its settings at import, so a type checker does not know their names.)
numba.config.SLP_VECTORIZE = 1  # type: ignore[attr-defined]

# One pool of threads for the process, which takes one caller at a time: OpenMP would start new
# threads for each thread that calls, and a dashboard answers every move of a slider in a new one.
numba.config.THREADING_LAYER = "workqueue"  # type: ignore[attr-defined]
POOL = Lock()

LANES = 16  # draws; two registers of eight doubles, where a machine has such
TAIL = 1e-7  # share of exp(jumps) that the terms left out may have, about
MAX_JUMPS = 200.0  # expected in a piece of a step: exp(200) is far from the largest double
MAX_RATE = 1000.0  # per year

# The kinds of condition met here; how each acts is told in conditions.py.
KINDS = ("happened", "not_happened", "happens", "made")
HAPPENED, NOT_HAPPENED, HAPPENS, MADE = range(len(KINDS))


def _lanewise(arguments: str, lane: str, define: str = "return {}") -> Callable:
    """Compile a function of rows that writes `lane` out for every lane i."""
    # By exec: numba builds no tuple in a loop, and the vectoriser wants the lanes written out.
    # What is executed comes from the six lines below alone.
    lanes = ", ".join(lane.format(i=i) for i in range(LANES))
    scope: dict[str, Callable] = {}
    exec(f"def row_function({arguments}): " + define.format(lanes), scope)
    return njit(fastmath={"contract"})(scope["row_function"])


_row = _lanewise("a, s", "a[s, {i}]")
_put = _lanewise("a, s, x", "a[s, {i}]", "{} = x")
_all = _lanewise("x", "x")
_fma = _lanewise("a, x, y", "a[{i}] + x[{i}] * y[{i}]")
_min = _lanewise("x, y", "min(x[{i}], y[{i}])")
_max = _lanewise("x, y", "max(x[{i}], y[{i}])")


@njit
def _terms(jumps):
    """Return n such that the terms of exp(jumps) beyond the n-th add about TAIL of it."""
    n, term, total = 0, 1.0, 1.0
    while n < jumps or term > TAIL * total:
        n += 1
        term *= jumps / n
        total += term
    return max(n - 1, 1)


@njit(fastmath={"contract"})
def _rates(chain, hazards, factor, block, t, hazard, rate):
    """Fill rate (rates, LANES) with the rates of step t; hazard is scratch, its last row one."""
    for k in range(hazards.shape[2]):
        for i in range(LANES):
            hazard[k, i] = hazards[block[i], t, k]
    for r in range(len(rate)):
        raw = _fma(_all(0.0), _row(hazard, chain.outcome[r]), _row(factor, r))
        _put(rate, r, _min(raw, _all(MAX_RATE)))


@njit(fastmath={"contract"})
def _stays(into, rate, stay):
    """Fill stay (levels, LANES) with the highest exit rate, returned, less that of the level."""
    stay[:] = 0.0
    for m, s in enumerate(into.other):
        _put(stay, s, _fma(_row(stay, s), _all(1.0), _row(rate, into.rate[m])))
    most = _all(0.0)
    for s in range(len(stay)):
        most = _max(most, _row(stay, s))
    top = max(most)
    for s in range(len(stay)):
        _put(stay, s, _fma(_all(top), _all(-1.0), _row(stay, s)))
    return top


@njit(fastmath={"contract"})
def _advance(into, moves, back, rate, years, p, y, stay):
    """Move p (levels, LANES) on by `years` at constant rates; y and stay are scratch.

    With the moves into levels p are probabilities, taken forward; `back`, with those out
    of levels, p are the chances that conditions will be met, taken back by the transpose.
    """
    zero = _all(0.0)
    top = _stays(into, rate, stay)
    parts = int(np.ceil(top * years / MAX_JUMPS))
    h = years / max(parts, 1)
    terms = _terms(top * h)
    for _ in range(parts):
        weight = 1.0 / (1.0 - top * h / (terms + 1))  # of the last term and all beyond
        for s in range(len(p)):
            _put(y, s, _fma(zero, _all(weight), _row(p, s)))
        for n in range(terms, 0, -1):
            weight = 1.0 + top * h / n * weight
            for i in range(len(p)):
                s = i if back else len(p) - 1 - i  # levels moved from are still of term n
                flow = _fma(zero, _row(stay, s), _row(y, s))
                for m in range(moves.begin[s], moves.begin[s + 1]):
                    flow = _fma(flow, _row(rate, moves.rate[m]), _row(y, moves.other[m]))
                _put(y, s, _fma(_row(p, s), _all(h / n), flow))
        for s in range(len(p)):
            _put(p, s, _fma(zero, _all(1.0 / weight), _row(y, s)))


@njit
def _drop(chain, kind, outcome, p):
    """Empty the levels that a condition rules out as they are just before it."""
    for s, state in enumerate(chain.state):
        happened = state >> outcome & 1
        ruled_out = not happened if kind == HAPPENED else happened and kind != MADE
        if ruled_out:
            _put(p, s, _all(0.0))


@njit(fastmath={"contract"})
def _bring(chain, moves, rate, kind, outcome, p, back):
    """Move p from the levels without the outcome to those in which it has just happened."""
    for s in range(len(p)):
        for m in range(moves.begin[s], moves.begin[s + 1]):
            if chain.outcome[moves.rate[m]] == outcome:
                target = moves.other[m]
                weight = _row(rate, moves.rate[m]) if kind == HAPPENS else _all(1.0)
                if back:
                    _put(p, s, _fma(_all(0.0), weight, _row(p, target)))
                else:
                    _put(p, target, _fma(_row(p, target), weight, _row(p, s)))
                    _put(p, s, _all(0.0))


@njit
def _apply(chain, out_of, rate, conditions, after, p):
    """Apply to the probabilities p of the levels the conditions at the end of step `after`."""
    for c in range(len(conditions)):
        if conditions[c, 0] == after:
            kind, outcome = conditions[c, 1], conditions[c, 2]
            _drop(chain, kind, outcome, p)
            if kind == HAPPENS or kind == MADE:
                _bring(chain, out_of, rate, kind, outcome, p, False)


@njit
def _apply_back(chain, out_of, rate, conditions, after, q):
    """Take the chances q of what follows back through the conditions: `_apply` transposed."""
    for c in range(len(conditions) - 1, -1, -1):
        if conditions[c, 0] == after:
            kind, outcome = conditions[c, 1], conditions[c, 2]
            if kind == HAPPENS or kind == MADE:
                _bring(chain, out_of, rate, kind, outcome, q, True)
            _drop(chain, kind, outcome, q)


@njit(fastmath={"contract"})
def _sum_over_states(total, outcomes, chance):
    """Fill chance (outcomes, LANES) with the sum of total (states, LANES) where each happened."""
    for k in range(outcomes):
        added = _all(0.0)
        for s in range(len(total)):
            if s >> k & 1:
                added = _fma(added, _all(1.0), _row(total, s))
        _put(chance, k, added)


@njit(parallel=True, nogil=True, cache=True)
def solve(
    hazards, exp_link, step, start, chain, into, out_of, blocks, conditions, last, place, out
):
    """Fill joint (draws, steps kept, states) and chances (draws, steps, outcomes), which are `out`.

    hazards: (draws, steps, outcomes), per year. exp_link: (draws, outcomes, outcomes), factors on
    them. step: (steps,) years. start: (levels,) probabilities. blocks: (rows, LANES) draws.
    conditions: (conditions, 3), see `conditions.coded`; they drop nothing after step `last`.
    place: (steps,), where in joint a step is kept; below 0 it is not. Whoever calls holds POOL.
    """
    joint, chances = out
    outcomes, rates, levels = hazards.shape[2], len(chain.outcome), len(start)
    for b in prange(len(blocks)):
        block = blocks[b]
        hazard, total = np.ones((outcomes + 1, LANES)), np.empty((joint.shape[2], LANES))
        factor, rate = np.empty((rates, LANES)), np.empty((rates, LANES))
        p, y, stay = np.empty((levels, LANES)), np.empty((levels, LANES)), np.empty((levels, LANES))
        later = np.ones((last + 1, levels, LANES))  # chances of the conditions after a step
        for r in range(rates):
            for i in range(LANES):
                factor[r, i] = chain.constant[r]
                if chain.base[r] >= 0:
                    sent = exp_link[block[i], chain.cause[r], chain.outcome[r]]
                    factor[r, i] = factor[chain.base[r], i] * sent
        for t in range(last, 0, -1):
            later[t - 1] = later[t]
            _rates(chain, hazards, factor, block, t, hazard, rate)
            _apply_back(chain, out_of, rate, conditions, t, later[t - 1])
            _advance(into, out_of, True, rate, step[t], later[t - 1], y, stay)
        p[:] = start.reshape(-1, 1)
        for t in range(len(step)):
            _rates(chain, hazards, factor, block, t, hazard, rate)
            if t == 0:
                _apply(chain, out_of, rate, conditions, -1, p)
            _advance(into, into, False, rate, step[t], p, y, stay)
            _apply(chain, out_of, rate, conditions, t, p)
            chance = later[min(t, last)]
            total[:] = 0.0
            for s, state in enumerate(chain.state):
                _put(total, state, _fma(_row(total, state), _row(chance, s), _row(p, s)))
            if place[t] >= 0:
                for i in range(LANES):
                    for s in range(joint.shape[2]):
                        joint[block[i], place[t], s] = total[s, i]
            _sum_over_states(total, outcomes, hazard)
            for i in range(LANES):
                for k in range(outcomes):
                    chances[block[i], t, k] = hazard[k, i]
