"""Probabilities of every set of outcomes, for every draw and step.

Within one posterior draw the K outcomes form a continuous-time Markov chain on
the 2**K sets of outcomes that have happened, each at most once and for good.  In
state S outcome k has the hazard, per year and constant within a step,

    lambda_k(S) = exp(log_hazard_k + sum over j in S of link[j, k]).

The state probabilities p(t) obey the Kolmogorov forward equation

    dp_S/dt = sum over k in S of lambda_k(S - k) p_{S - k}  -  exit_S p_S,

exit_S being the sum of lambda_k(S) over the outcomes k not in S.  Nothing is
simulated: a step is solved by uniformisation (Jensen, 1953).  With A the generator,
L at least its highest exit rate, and P = I + A / L a matrix of probabilities,

    p(t + h) = exp(-L h) * sum over n of (L h)**n / n! * P**n p(t).

Every term is positive and conserves probability, so the sum may be cut short, its
last three terms taking the weight of those left out, and still give proper probabilities
that never go back.

Links may fade.  An outcome with a finite half-life is recent when it happens, turns
past at rate ln 2 / half-life, and acts on others only while recent: three levels inside
the chain, of which the result adds up the last two.  One that happened before time zero
and can happen again starts, with the chance that its links act still, on a level of its
own: not again yet, the earlier one acts.  From there it turns quiet at the same rate, or
recent by happening again.  So a link never acts twice at once.

Conditions at a moment t are linear maps C_t of p: masks where outcomes are observed to
have happened or not, and moves of the mass where they happen.  The probability of a state
together with all conditions is p(t), taken forward through the conditions so far, times
the probability from there that the rest will be met, taken back from the end by the
transposes of the same steps and maps (forward-backward smoothing).
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from model.engine import arguments, chain, groups, kernels
from model.engine import conditions as condition
from model.engine.arguments import Question
from model.engine.conditions import Condition as Condition  # as: who calls finds it here too
from model.engine.rows import LANES

SINGLE_FROM = 500  # levels; seven outcomes have 128 to 768 of them


def joint_probabilities(
    log_hazard: ArrayLike,
    link: ArrayLike,
    step: ArrayLike,
    fade: ArrayLike | None = None,
    start: ArrayLike | None = None,
    conditions: Iterable[Condition] = (),
    acting: ArrayLike | None = None,
) -> np.ndarray:
    """Return the probability of every state at the end of every step.

    log_hazard: (draws, steps, outcomes), log of hazards per year, constant within a
        step, at most 600; -inf is hazard zero.
    link: (draws, outcomes, outcomes); link[d, j, k] is what j having happened adds to
        the log hazard of k, at most 50; -inf rules k out.  The diagonal is ignored.
    step: years, zero or more, a number or (steps,).
    fade: (outcomes,), half-life in years of the links each outcome sends; default inf.
    start: state at time zero, or a (2**outcomes,) distribution over states; default 0.
        Outcomes in it are past if their links fade, but for `acting`.
    acting: (outcomes,), chance that links of an occurrence before time zero act still, where
        they fade; default 0.  Such an outcome is recent if `start` has it, and otherwise not
        counted as happened until it happens again.
    conditions: sequence of Condition; those at one moment apply in the order given.

    Returns (draws, steps, 2**outcomes) float64 in [0, 1], summing to 1 over the states;
    bit k of the state is set when outcome k has happened.  Truncation costs at most
    about 1e-7 per step; a chain of very many levels is solved in singles (`precision`),
    and there the sum is 1, and no probability goes back, to about 1e-6.  Rates above
    1000 per year, fading included (a half-life under six hours), count as 1000.

    With conditions the result, at every step, is the probability of the state then and
    of all conditions, earlier and later.  Its sum over the states is the same at every
    step: the probability of the conditions, times a density per year for each "happens",
    hence 1 for interventions alone and 0 where the conditions cannot all be met.

    Raises ValueError, naming the argument, for a bad shape or value, and for
    conditions that contradict each other.
    """
    return solved(log_hazard, link, step, fade, start, conditions, acting=acting)[0]


def solved(
    log_hazard: ArrayLike,
    link: ArrayLike,
    step: ArrayLike,
    fade: ArrayLike | None = None,
    start: ArrayLike | None = None,
    conditions: Iterable[Condition] = (),
    keep: Sequence[int] | np.ndarray | None = None,
    acting: ArrayLike | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return `joint_probabilities` at the steps `keep` (default all), and every step's chances.

    Takes and refuses what `joint_probabilities` does. The joint is (draws, steps kept,
    2**outcomes), in the order of `keep`. The chances are (draws, steps, outcomes): the probability
    that an outcome has happened by the end of a step and of all conditions, `marginals` of the
    joint of that step but for rounding.
    Keeping few steps saves most of the memory, and the time to fill it.
    """
    asked = arguments.checked(log_hazard, link, step, fade, start, acting)
    _, steps, outcomes = asked.log_hazard.shape
    conditions = condition.checked(conditions, steps, outcomes)
    barred = condition.barred_steps(conditions, steps, outcomes)
    if barred.any():
        asked = asked._replace(log_hazard=np.where(barred, -np.inf, asked.log_hazard))
    kept = np.arange(steps)[slice(None) if keep is None else np.asarray(keep, dtype=int)]
    apart = groups.apart(asked)
    if len(apart) == 1 or not steps:
        return _solved(asked, conditions, kept)
    return groups.together(
        apart,
        [
            _weighed(groups.part(asked, group), groups.those_of(conditions, group), kept)
            for group in apart
        ],
    )


def _weighed(
    asked: Question, conditions: list[Condition], kept: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what `_solved` does, and the chance (draws,) of the conditions."""
    learned = [max(c.after, 0) for c in conditions if c.kind not in ("made", "barred")]
    if not learned:
        return *_solved(asked, conditions, kept), np.ones(len(asked.link))
    # What the states add up to is the same at every step; at this one whatever steps come later.
    place = max(learned)
    also = kept if place in kept else np.append(kept, place)
    joint, chances = _solved(asked, conditions, also)
    chance = joint[:, np.flatnonzero(also == place)[0]].sum(axis=1)
    return joint[:, : len(kept)], chances, chance


def _solved(
    asked: Question, conditions: list[Condition], kept: Sequence[int] | np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return what `solved` does, of outcomes solved in one chain."""
    draws, steps, outcomes = asked.log_hazard.shape
    kind = kind_of(asked, conditions)
    rates, into, out_of, number = chain.tabulate(kind)
    # The place of each step in what is returned; -1 tells the kernel to let the step go.
    place = np.full(steps, -1)
    place[kept] = np.arange(len(kept))
    joint = np.empty((draws, len(kept), 2**outcomes))
    # exp once, here, as the kernels only multiply; they write chances where they read hazards
    chances = np.exp(asked.log_hazard)
    if chances.size:
        start = chain.begun(kind, number, asked.start, asked.acting)
        start = start.astype(precision(len(start)))
        given: tuple[np.ndarray, ...] = np.exp(asked.link), asked.step, start
        arrays = given, rates, into, out_of, blocks_of(asked)
        with kernels.POOL:
            kernels.solve(*arrays, *condition.coded(conditions), place, (joint, chances))
    return joint, chances


def precision(levels: int) -> type:
    """Return the type of numbers that a chain of so many levels is solved in.

    Singles from SINGLE_FROM levels on: a processor takes twice as many at once, from half the
    memory. They cost about 1e-6 of a probability, as the terms left out do.
    """
    return np.float32 if levels >= SINGLE_FROM else np.float64


def kind_of(asked: Question, conditions: Iterable[Condition]) -> chain.Kind:
    """Return what decides the levels of the chain."""
    draws, steps, outcomes = asked.log_hazard.shape
    sends = np.any(asked.link != 0, axis=0)
    # in two turns: along draws first is many times as fast as over both at once
    highest = asked.log_hazard.reshape(draws, steps * outcomes).max(axis=0, initial=-np.inf)
    can_happen = highest.reshape(steps, outcomes).max(axis=0, initial=-np.inf) > -np.inf
    brought = [c.outcome for c in conditions if c.kind in ("made", "happens")]
    can_happen[brought] = True
    return chain.Kind(
        tuple(tuple(np.flatnonzero(to).tolist()) for to in sends),
        tuple(asked.fade.tolist()),
        tuple((asked.acting > 0).tolist()),
        tuple(can_happen.tolist()),
        tuple(np.flatnonzero(asked.start).tolist()),
    )


def marginals(joint: ArrayLike) -> np.ndarray:
    """Return the probability that each outcome has happened.

    `joint` is (..., 2**outcomes), as from `joint_probabilities`; the result is
    (..., outcomes), in [0, 1].  Raises ValueError for another shape.
    """
    states = np.shape(joint)[-1] if np.ndim(joint) else 0
    if states < 2 or states & (states - 1):
        raise ValueError(f"joint must have shape (..., 2**outcomes), got {np.shape(joint)}")
    bits = np.arange(states)[:, None] >> np.arange(states.bit_length() - 1) & 1
    # A sum of probabilities may pass 1 by a rounding error, which no caller should have to expect.
    return np.minimum(np.asarray(joint) @ bits.astype(float), 1.0)


def blocks_of(asked: Question) -> np.ndarray:
    """Return the draws as (rows, LANES) of like speed, slow and fast rows interleaved.

    A row takes as many terms as its fastest draw needs; a thread gets a run of rows.  The first
    step decides, so that steps after it change nothing in those before.
    """
    fastest = asked.log_hazard[:, 0] + np.maximum(asked.link, 0).sum(axis=1)
    order = np.argsort(np.exp(np.minimum(fastest, 600)).sum(axis=1), kind="stable")
    # The last row is filled up with the last draw: solved again, and written over by the same.
    rows = np.pad(order, (0, -len(order) % LANES), mode="edge").reshape(-1, LANES)
    # Every sixteenth row together, so that each thread's run of rows holds slow and fast alike.
    return np.concatenate([rows[i::16] for i in range(16)]).astype(np.uintp)
