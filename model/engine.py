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
the chain, of which the result adds up the last two.
"""

from collections import namedtuple
from functools import lru_cache
from itertools import product

import numba
import numpy as np
from numba import njit, prange

# The kernels work on rows of LANES draws, written out lane by lane.  LLVM's SLP
# vectoriser, off by default in numba, turns a row into vector registers.
numba.config.SLP_VECTORIZE = 1

LANES = 32
TAIL = 1e-7
MAX_JUMPS = 200.0
MAX_RATE = 1000.0


# Moves into level s are enter[s]:enter[s + 1], from level source at rate source_rate.
# Rate r is the hazard of outcome[r] (one, for the fading of links) times constant[r]
# if base[r] < 0, else rate base[r] with the link from cause[r].  Level s is of state[s].
Chain = namedtuple("Chain", "enter source source_rate outcome constant base cause state")


def joint_probabilities(log_hazard, link, step, fade=None, start=None):
    """Return the probability of every state at the end of every step.

    log_hazard: (draws, steps, outcomes), log of hazards per year, constant within a
        step, at most 600; -inf is hazard zero.
    link: (draws, outcomes, outcomes); link[d, j, k] is what j having happened adds to
        the log hazard of k, at most 50; -inf rules k out.  The diagonal is ignored.
    step: years, zero or more, a number or (steps,).
    fade: (outcomes,), half-life in years of the links each outcome sends; default inf.
    start: state at time zero, or a (2**outcomes,) distribution over states; default 0.
        Outcomes in it are past if their links fade.

    Returns (draws, steps, 2**outcomes) float64 in [0, 1], summing to 1 over the states;
    bit k of the state is set when outcome k has happened.  Truncation costs at most
    about 1e-7 a step.  Rates above 1000 per year, fading included (a half-life under
    six hours), count as 1000.

    Raises ValueError, naming the argument, for a bad shape or value.
    """
    log_hazard, link, step, fade = _checked(log_hazard, link, step, fade)
    draws, steps, outcomes = log_hazard.shape
    chain = _chain(outcomes, np.any(link != 0, axis=0).tobytes(), tuple(fade))
    start = _start_levels(0 if start is None else start, chain.state)
    joint = np.empty((draws, steps, 2**outcomes))
    if joint.size:
        blocks = _blocks(log_hazard, link)
        _solve(np.exp(log_hazard), np.exp(link), step, start, chain, blocks, joint)
    return joint


def marginals(joint):
    """Return the probability that each outcome has happened.

    `joint` is (..., 2**outcomes), as from `joint_probabilities`; the result is
    (..., outcomes), in [0, 1].  Raises ValueError for another shape.
    """
    states = np.shape(joint)[-1] if np.ndim(joint) else 0
    if states < 2 or states & (states - 1):
        raise ValueError(f"joint must have shape (..., 2**outcomes), got {np.shape(joint)}")
    bits = np.arange(states)[:, None] >> np.arange(states.bit_length() - 1) & 1
    return np.minimum(np.asarray(joint) @ bits.astype(float), 1.0)


def _checked(log_hazard, link, step, fade):
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


def _shaped(name, value, shape):
    array = np.array(value, dtype=float, order="C")  # one layout, hence one compilation
    if array.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")
    return array


def _start_levels(start, state):
    """Return the probability of each level at time zero."""
    states = state.max() + 1
    if np.ndim(start) == 0:
        number, start = start, np.arange(states) == start
        if not start.any():
            raise ValueError(f"start must be a state from 0 to {states - 1}, got {number}")
    start = _shaped("start", start, (states,))
    if not (np.all(start >= 0) and abs(start.sum() - 1) < 1e-9):
        raise ValueError("start must be probabilities that sum to 1")
    last = {s: level for level, s in enumerate(state)}  # the highest level is the past one
    levels = np.zeros(len(state))
    levels[[last[s] for s in range(states)]] = start / start.sum()
    return levels


def _blocks(log_hazard, link):
    """Return the draws in rows of LANES of like speed, slow and fast rows interleaved.
    A row takes as many terms as its fastest draw needs; a thread gets a run of rows."""
    fastest = log_hazard[:, log_hazard.shape[1] // 2] + np.maximum(link, 0).sum(axis=1)
    order = np.argsort(np.exp(np.minimum(fastest, 600)).sum(axis=1), kind="stable")
    rows = np.pad(order, (0, -len(order) % LANES), mode="edge").reshape(-1, LANES)
    return np.concatenate([rows[i::16] for i in range(16)])


@lru_cache(maxsize=64)
def _chain(outcomes, sends, fade):
    """Tabulate the Chain in which j acts on k where `sends`, the bytes of an (outcomes,
    outcomes) bool array, says so.  Every move goes up; moves of equal causes share a rate."""
    sends = np.frombuffer(sends, dtype=bool).reshape(outcomes, outcomes)
    fades = np.isfinite(fade) & sends.any(axis=1)
    levels = [level[::-1] for level in product(*(range(2 + f) for f in fades[::-1]))]
    number = {level: s for s, level in enumerate(levels)}
    numbered, rates, enter, source, source_rate = {}, [], [0], [], []

    def rate(k, causes=(), constant=1.0):
        if (k, constant, causes) not in numbered:
            base = rate(k, causes[:-1]) if causes else -1
            numbered[k, constant, causes] = len(rates)
            rates.append((k, constant, base, causes[-1] if causes else -1))
        return numbered[k, constant, causes]

    for level in levels:
        for k in np.flatnonzero(level):
            before = level[:k] + (level[k] - 1,) + level[k + 1 :]
            causes = tuple(j for j in range(outcomes) if before[j] == 1 and sends[j, k])
            source.append(number[before])
            new = rate(k, causes) if level[k] == 1 else rate(outcomes, (), np.log(2) / fade[k])
            source_rate.append(new)
        enter.append(len(source))
    moves = (np.array(column, dtype=np.uintp) for column in (enter, source, source_rate))
    state = (np.array(levels) > 0) @ (1 << np.arange(outcomes))
    return Chain(*moves, *(np.array(column) for column in zip(*rates)), state)


def _lanewise(arguments, lane, define="return {}"):
    """Compile a function of rows that writes `lane` out for every lane i."""
    lanes = ", ".join(lane.format(i=i) for i in range(LANES))
    scope = {}
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
def _stays(chain, rate, stay):
    """Fill stay (levels, LANES) with the highest exit rate, returned, less that of the level."""
    stay[:] = 0.0
    for m, s in enumerate(chain.source):
        _put(stay, s, _fma(_row(stay, s), _all(1.0), _row(rate, chain.source_rate[m])))
    most = _all(0.0)
    for s in range(len(stay)):
        most = _max(most, _row(stay, s))
    top = max(most)
    for s in range(len(stay)):
        _put(stay, s, _fma(_all(top), _all(-1.0), _row(stay, s)))
    return top


@njit(fastmath={"contract"})
def _advance(chain, rate, years, p, y, stay):
    """Move p (levels, LANES) on by `years` at constant rates; y and stay are scratch."""
    zero = _all(0.0)
    top = _stays(chain, rate, stay)
    parts = int(np.ceil(top * years / MAX_JUMPS))
    h = years / max(parts, 1)
    terms = _terms(top * h)
    for _ in range(parts):
        weight = 1.0 / (1.0 - top * h / (terms + 1))  # of the last term and all beyond
        for s in range(len(p)):
            _put(y, s, _fma(zero, _all(weight), _row(p, s)))
        for n in range(terms, 0, -1):
            weight = 1.0 + top * h / n * weight
            for s in range(len(p) - 1, -1, -1):  # downwards: sources are still of term n
                flow = _fma(zero, _row(stay, s), _row(y, s))
                for m in range(chain.enter[s], chain.enter[s + 1]):
                    flow = _fma(flow, _row(rate, chain.source_rate[m]), _row(y, chain.source[m]))
                _put(y, s, _fma(_row(p, s), _all(h / n), flow))
        for s in range(len(p)):
            _put(p, s, _fma(zero, _all(1.0 / weight), _row(y, s)))


@njit(parallel=True, cache=True)
def _solve(hazards, exp_link, step, start, chain, blocks, joint):
    outcomes, rates, levels = hazards.shape[2], len(chain.outcome), len(start)
    for b in prange(len(blocks)):
        block = blocks[b]
        hazard, total = np.ones((outcomes + 1, LANES)), np.empty((joint.shape[2], LANES))
        factor, rate = np.empty((rates, LANES)), np.empty((rates, LANES))
        p, y, stay = np.empty((levels, LANES)), np.empty((levels, LANES)), np.empty((levels, LANES))
        for r in range(rates):
            for i in range(LANES):
                factor[r, i] = chain.constant[r]
                if chain.base[r] >= 0:
                    sent = exp_link[block[i], chain.cause[r], chain.outcome[r]]
                    factor[r, i] = factor[chain.base[r], i] * sent
        p[:] = start.reshape(-1, 1)
        for t in range(len(step)):
            for k in range(outcomes):
                for i in range(LANES):
                    hazard[k, i] = hazards[block[i], t, k]
            for r in range(rates):
                raw = _fma(_all(0.0), _row(hazard, chain.outcome[r]), _row(factor, r))
                _put(rate, r, _min(raw, _all(MAX_RATE)))
            _advance(chain, rate, step[t], p, y, stay)
            total[:] = 0.0
            for s, state in enumerate(chain.state):
                _put(total, state, _fma(_row(total, state), _all(1.0), _row(p, s)))
            for i in range(LANES):
                for s in range(joint.shape[2]):
                    joint[block[i], t, s] = total[s, i]
