"""Every pair of outcomes at once: the one has happened, or is brought about, on a day; the other?

For each outcome B the chance that it will have happened by the end is taken back to the day, from
every level; the probabilities of the levels are taken forward to it. Their sum of products over the
levels with A is the chance of both, and over the levels that making A leads to, that of B once A is
made. So all pairs cost one pass forward and one back for each outcome, where a condition for each
pair would cost three passes each.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numba import njit, prange
from numpy.typing import ArrayLike

from model.engine import arguments, chain, engine, groups, kernels
from model.engine.arguments import Question
from model.engine.compiled import kept
from model.engine.rows import LANES, load, plus, plus_product, same, store


class Pairs(NamedTuple):
    """Probabilities of each draw.

    by_day, by_end: (draws, outcomes), that it has happened by then. both: (draws, outcomes,
    outcomes), that the first has happened by the day and the second by the end. made: that the
    second has happened by the end, where the first happens on the day unless it has before.
    """

    by_day: np.ndarray
    by_end: np.ndarray
    both: np.ndarray
    made: np.ndarray


def pairs(
    log_hazard: ArrayLike,
    link: ArrayLike,
    step: ArrayLike,
    day: int,
    fade: ArrayLike | None = None,
    start: ArrayLike | None = None,
    acting: ArrayLike | None = None,
) -> Pairs:
    """Return the Pairs of all outcomes, the day being the end of step number `day`.

    Takes the other arguments, and refuses them, as `engine.joint_probabilities` does. Raises
    ValueError for a day that is not one of the steps.
    """
    asked = arguments.checked(log_hazard, link, step, fade, start, acting)
    steps = len(asked.step)
    if day not in range(steps):
        raise ValueError(f"day must be a step from 0 to {steps - 1}, got {day}")
    apart = groups.apart(asked)
    within = [_pairs(groups.part(asked, group), day) for group in apart] if len(apart) > 1 else []
    return _together(apart, within) if within else _pairs(asked, day)


def _together(apart: Sequence[groups.Group], within: Sequence[Pairs]) -> Pairs:
    """Return the Pairs of all: of two groups the one says nothing of the other."""
    order = np.argsort(np.concatenate(apart))
    by_day = np.concatenate([own.by_day for own in within], axis=1)[:, order]
    by_end = np.concatenate([own.by_end for own in within], axis=1)[:, order]
    both = by_day[:, :, None] * by_end[:, None]
    made = np.repeat(by_end[:, None], len(order), axis=1)
    for group, own in zip(apart, within, strict=True):
        both[:, group[:, None], group] = own.both
        made[:, group[:, None], group] = own.made
    return Pairs(by_day, by_end, both, made)


def _pairs(asked: Question, day: int) -> Pairs:
    draws, _, outcomes = asked.log_hazard.shape
    kind = engine.kind_of(asked, [])._replace(can_happen=(True,) * outcomes)
    rates, into, out_of, number = chain.tabulate(kind)
    begin = chain.begun(kind, number, asked.start, asked.acting)
    shape = (draws, outcomes)
    answer = Pairs(*map(np.empty, (shape, shape, (*shape, outcomes), (*shape, outcomes))))
    begin = begin.astype(engine.precision(len(begin)))
    given = np.exp(asked.log_hazard), np.exp(asked.link), asked.step, begin
    tables = rates, into, out_of, _made(rates, out_of, outcomes)
    if answer.by_day.size:
        with kernels.POOL:
            _solve(given, *tables, engine.blocks_of(asked), day, answer)
    return answer


def _made(rates: Any, out_of: Any, outcomes: int) -> np.ndarray:
    """(outcomes, levels): the level that each becomes where an outcome is brought about."""
    levels = len(rates.state)
    target = np.tile(np.arange(levels, dtype=np.uintp), (outcomes, 1))
    source = np.repeat(np.arange(levels), np.diff(out_of.begin).astype(int))
    for k in range(outcomes):
        happens = rates.outcome[out_of.rate] == k
        target[k, source[happens]] = out_of.other[happens]
    return target


@njit
def _to_day(given, chain, into, out_of, block, day, work):
    """Return the probabilities (levels, LANES) at the end of the day; work is scratch."""
    hazards, _, step, begin = given
    factor, rate, hazard, y, stay = work
    p = kernels.filled(begin, len(begin), 0.0)
    for s in range(len(begin)):
        store(p, s, same(p, float(begin[s])))
    for t in range(day + 1):
        kernels.rates_of(chain, hazards, factor, block, t, hazard, rate)
        top = kernels.stays(out_of, rate, stay)
        kernels.advance(into, out_of, False, rate, step[t], p, y, stay, top)
    return p


@njit
def _back_to_day(given, chain, into, out_of, block, day, work):
    """Return the chances (outcomes * levels, LANES) at the day's end of each outcome by the end."""
    hazards, _, step, begin = given
    factor, rate, hazard, y, stay = work
    outcomes, levels = hazards.shape[2], len(begin)
    chances = kernels.filled(begin, outcomes * levels, 0.0)
    for k in range(outcomes):
        for s, state in enumerate(chain.state):
            store(chances, k * levels + s, same(chances, float(state >> k & 1)))
    for t in range(len(step) - 1, day, -1):
        kernels.rates_of(chain, hazards, factor, block, t, hazard, rate)
        top = kernels.stays(out_of, rate, stay)
        for k in range(outcomes):
            own = chances[k * levels : (k + 1) * levels]
            kernels.advance(into, out_of, True, rate, step[t], own, y, stay, top)
    return chances


@njit
def _cross(chain, made, p, chances, first, second, sums):
    """Fill sums (4, LANES) with the numbers of `Pairs` for two outcomes, in its order."""
    zero = same(p, 0.0)
    by_day, by_end, both, once_made = zero, zero, zero, zero
    begin = second * len(p)
    for s, state in enumerate(chain.state):
        here = load(p, s)
        by_end = plus_product(by_end, here, load(chances, begin + s))
        once_made = plus_product(once_made, here, load(chances, begin + made[first, s]))
        if state >> first & 1:
            by_day = plus(by_day, here)
            both = plus_product(both, here, load(chances, begin + s))
    store(sums, 0, by_day)
    store(sums, 1, by_end)
    store(sums, 2, both)
    store(sums, 3, once_made)


@njit
def _solve_block(given, chain, into, out_of, made, block, day, answer):
    """Fill the Pairs `answer` for a row of draws."""
    hazards, exp_link, _, begin = given
    outcomes, levels = hazards.shape[2], len(begin)
    factor = kernels.factors_of(begin, chain, exp_link, block)
    rate = kernels.filled(begin, len(chain.outcome), 0.0)
    hazard = kernels.filled(begin, outcomes + 1, 1.0)
    y, stay = kernels.filled(begin, levels, 0.0), kernels.filled(begin, levels, 0.0)
    work = factor, rate, hazard, y, stay
    p = _to_day(given, chain, into, out_of, block, day, work)
    chances = _back_to_day(given, chain, into, out_of, block, day, work)
    sums = kernels.filled(begin, 4, 0.0)
    for first in range(outcomes):
        for second in range(outcomes):
            _cross(chain, made, p, chances, first, second, sums)
            for i in range(LANES):
                answer.by_day[block[i], first] = sums[0, i]
                answer.by_end[block[i], second] = sums[1, i]
                answer.both[block[i], first, second] = sums[2, i]
                answer.made[block[i], first, second] = sums[3, i]


@kept(parallel=True, nogil=True)
def _solve(given, chain, into, out_of, made, blocks, day, answer):
    """Fill the Pairs `answer`; whoever calls holds POOL.

    given: hazards (draws, steps, outcomes) per year, factors of links, steps in years, the
    probability of each level at time zero.
    """
    for b in prange(len(blocks)):
        _solve_block(given, chain, into, out_of, made, blocks[b], day, answer)
