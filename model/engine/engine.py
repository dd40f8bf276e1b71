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
last term taking the weight of those left out, and still give proper probabilities
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
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from model.engine import chain, kernels
from model.engine import conditions as condition
from model.engine.conditions import Condition as Condition  # as: who calls finds it here too


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
    about 1e-7 per step.  Rates above 1000 per year, fading included (a half-life under
    six hours), count as 1000.

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
    log_hazard, link, step, fade = _checked(log_hazard, link, step, fade)
    draws, steps, outcomes = log_hazard.shape
    conditions = condition.checked(conditions, steps, outcomes)
    barred = condition.barred_steps(conditions, steps, outcomes)
    log_hazard = np.where(barred, -np.inf, log_hazard) if barred.any() else log_hazard
    start = _start_states(0 if start is None else start, outcomes)
    acting = _acting(acting, outcomes)
    earlier = (acting > 0) & (_chance_of_not(start) > 0)
    sends = np.any(link != 0, axis=0).tobytes()
    rates, into, out_of, levels = chain.tabulate(outcomes, sends, tuple(fade), tuple(earlier))
    start = _start_levels(start, rates.state, levels, acting)
    # The place of each step in what is returned; -1 tells the kernel to let the step go.
    kept = np.full(steps, -1)
    kept[slice(None) if keep is None else keep] = np.arange(steps if keep is None else len(keep))
    joint = np.empty((draws, kept.max(initial=-1) + 1, 2**outcomes))
    chances = np.empty((draws, steps, outcomes))
    if chances.size:
        blocks = _blocks(log_hazard, link)
        # exp once, here: the kernels only multiply.
        arrays = np.exp(log_hazard), np.exp(link), step, start, rates, into, out_of, blocks
        with kernels.POOL:
            kernels.solve(*arrays, *condition.coded(conditions), kept, (joint, chances))
    return joint, chances


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


def _checked(
    log_hazard: ArrayLike, link: ArrayLike, step: ArrayLike, fade: ArrayLike | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the arguments as float arrays of full shape, or raise ValueError."""
    log_hazard = np.ascontiguousarray(log_hazard, dtype=float)
    shape = log_hazard.shape
    if len(shape) != 3 or shape[2] == 0:
        raise ValueError(f"log_hazard must have shape (draws, steps, outcomes), got {shape}")
    draws, steps, outcomes = shape
    link = _shaped("link", link, (draws, outcomes, outcomes))
    link = np.where(np.eye(outcomes, dtype=bool), 0.0, link)
    step = _shaped("step", np.full(steps, step) if np.ndim(step) == 0 else step, (steps,))
    fade = _shaped("fade", np.full(outcomes, np.inf) if fade is None else fade, (outcomes,))
    for name, good, rule in (
        ("log_hazard", log_hazard.max(initial=-np.inf) <= 600, "at most 600, and not nan"),
        ("link", link.max(initial=-np.inf) <= 50, "at most 50, and not nan"),
        ("step", np.all((step >= 0) & (step < np.inf)), "zero or more years, and finite"),
        ("fade", np.all(fade > 0), "positive half-lives in years"),
    ):
        if not good:
            raise ValueError(f"{name} must be {rule}")
    return log_hazard, link, step, fade


def _shaped(name: str, value: ArrayLike, shape: tuple[int, ...]) -> np.ndarray:
    array = np.array(value, dtype=float, order="C")  # one layout, hence one compilation
    if array.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")
    return array


def _start_states(start: Any, outcomes: int) -> np.ndarray:
    """Return the probability of each state at time zero."""
    states = 2**outcomes
    if np.ndim(start) == 0:
        number, start = start, np.arange(states) == start
        if not start.any():
            raise ValueError(f"start must be a state from 0 to {states - 1}, got {number}")
    start = _shaped("start", start, (states,))
    # They may come from sums, rounding and all; they are normalised below.
    if not (np.all(start >= 0) and abs(start.sum() - 1) < 1e-9):
        raise ValueError("start must be probabilities that sum to 1")
    return start / start.sum()


def _acting(acting: ArrayLike | None, outcomes: int) -> np.ndarray:
    acting = _shaped("acting", np.zeros(outcomes) if acting is None else acting, (outcomes,))
    if not np.all((acting >= 0) & (acting <= 1)):
        raise ValueError("acting must be chances from 0 to 1")
    return acting


def _chance_of_not(start: np.ndarray) -> np.ndarray:
    """Return the chance that each outcome has not happened by time zero."""
    return 1.0 - marginals(start)


def _start_levels(
    start: np.ndarray, state: np.ndarray, levels: np.ndarray, acting: np.ndarray
) -> np.ndarray:
    """Return the probability of each level at time zero: of its state, shared by `acting`."""
    chance = np.where(np.abs(levels) == 1, acting, 1.0 - acting)
    alone = levels.max(axis=0) < chain.PAST  # links that do not fade: nothing to share
    return start[state] * np.where(alone | _unshared(levels), 1.0, chance).prod(axis=1)


def _unshared(levels: np.ndarray) -> np.ndarray:
    """Return where an outcome that has not happened has no level for its earlier links."""
    return (levels == chain.QUIET) & (levels.min(axis=0) == chain.QUIET)


def _blocks(log_hazard: np.ndarray, link: np.ndarray) -> np.ndarray:
    """Return the draws as (rows, LANES) of like speed, slow and fast rows interleaved.

    A row takes as many terms as its fastest draw needs; a thread gets a run of rows.  The first
    step decides, so that steps after it change nothing in those before.
    """
    fastest = log_hazard[:, 0] + np.maximum(link, 0).sum(axis=1)
    order = np.argsort(np.exp(np.minimum(fastest, 600)).sum(axis=1), kind="stable")
    # The last row is filled up with the last draw: solved again, and written over by the same.
    rows = np.pad(order, (0, -len(order) % kernels.LANES), mode="edge").reshape(-1, kernels.LANES)
    # Every sixteenth row together, so that each thread's run of rows holds slow and fast alike.
    return np.concatenate([rows[i::16] for i in range(16)])
