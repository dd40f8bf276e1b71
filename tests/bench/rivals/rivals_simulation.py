"""NumPy asked the same by simulation: one noisy path a draw, all draws at once, month by month.

The chain is ours, links and fading included, and no step is approximated: a path moves when its
cumulative rate passes a standard exponential number (the time change of a point process), within
the month as often as it must. So a path needs a random number per move, not per month.
"""

from dataclasses import dataclass

import numpy as np

from tests.bench.rivals.question import Question


@dataclass(frozen=True, eq=False)
class Prepared:
    """hazard: (months, outcomes, draws); acts: (draws, outcomes, outcomes) hazard ratios; fading:
    (outcomes,) rates per year at which links fade; step: (months,) years."""

    hazard: np.ndarray
    acts: np.ndarray
    fading: np.ndarray
    step: np.ndarray


@dataclass(frozen=True, eq=False)
class Paths:
    """Where each path is: multiplier of each hazard (0 once it happened), rate at which what is
    recent fades, what has happened, each (outcomes, paths); cumulative rate left to the next move.
    """

    factor: np.ndarray
    fade: np.ndarray
    happened: np.ndarray
    left: np.ndarray


def prepare(asked: Question) -> Prepared:
    """What is the same for every simulation of a question."""
    link = np.where(np.eye(asked.link.shape[1], dtype=bool), 0.0, asked.link)
    hazard = np.ascontiguousarray(np.exp(asked.log_hazard).transpose(1, 2, 0))
    return Prepared(hazard, np.exp(link), np.log(2) / asked.fade, asked.step)


def simulate(ready: Prepared, rng: np.random.Generator) -> np.ndarray:
    """Whether each outcome happened by the deadline, (outcomes, draws) bool."""
    _, outcomes, draws = ready.hazard.shape
    zeros = np.zeros((outcomes, draws))
    left = rng.standard_exponential(draws)
    paths = Paths(zeros + 1.0, zeros.copy(), zeros.astype(bool), left)
    for hazard, years in zip(ready.hazard, ready.step, strict=True):
        _live_through(paths, ready, hazard, years, rng)
    return paths.happened


def _live_through(paths: Paths, ready: Prepared, hazard: np.ndarray, years: float, rng) -> None:
    """Take all paths through one month."""
    at, everyone = slice(None), np.arange(hazard.shape[1])
    while len(everyone[at]):
        rate = np.concatenate([hazard[:, at] * paths.factor[:, at], paths.fade[:, at]])
        total = rate.sum(axis=0)
        paths.left[at] -= total * years
        moves = np.flatnonzero(paths.left[at] <= 0)
        at = everyone[at][moves]
        years = -paths.left[at] / total[moves]  # what is left of the month after the move
        _move(paths, ready, at, rate[:, moves], rng)


def _move(paths: Paths, ready: Prepared, at: np.ndarray, rate: np.ndarray, rng) -> None:
    """Let each of the paths `at` make one move, chosen by the rates (2 x outcomes, paths)."""
    below = rate.cumsum(axis=0)
    which = (below > rng.random(len(at)) * below[-1]).argmax(axis=0)
    k, happens = which % len(paths.factor), which < len(paths.factor)
    acts = ready.acts[at, k].T
    paths.factor[:, at] *= np.where(happens, acts, 1.0 / acts)
    paths.factor[k, at] = 0.0
    paths.happened[k, at] = True
    paths.fade[k, at] = np.where(happens, ready.fading[k], 0.0)
    paths.left[at] = rng.standard_exponential(len(at))
