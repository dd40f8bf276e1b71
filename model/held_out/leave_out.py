"""Leaving cases out: by importance weights of one fit, or by another fit where these fail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp

from model.held_out.waits import log_densities, log_survival
from model.runs.observed import Observed

KHAT_LIMIT = 0.7
Draws = dict[str, np.ndarray]
Refit = Callable[[np.ndarray], Draws]  # mask (cases,) of what is left out -> draws of that fit


@dataclass(frozen=True, eq=False)
class Predicted:
    """Of each case, by a fit that was not given it. log_density: of what became of it. by_end:
    chance, 0..1, of having come by when it came or the watch ended. chance: (cases, horizons) of
    having come by each. khat: of the weights, nan where there are none; refitted: whether another
    fit took their place."""

    log_density: np.ndarray
    by_end: np.ndarray
    chance: np.ndarray
    khat: np.ndarray
    refitted: np.ndarray


def left_out(
    draws: Draws,
    observed: Observed,
    groups: np.ndarray,
    years: np.ndarray,
    horizons: Sequence[float],
    refit: Refit,
    must_refit: np.ndarray,
) -> Predicted:
    """Predict every case from a fit without all the cases of its group.

    groups: (cases,) names. years: (cases,) watched. horizons: years ahead. must_refit: (cases,),
    those whose group no weights can leave out. Pareto smoothed importance sampling (Vehtari et al.
    2017, Statistics and Computing 27:1413); a group with k-hat above 0.7 is refitted.
    """
    log_density = log_densities(draws, observed)
    weights, khat = _weights(log_density, groups)
    refits = np.isin(groups, groups[must_refit | (khat > KHAT_LIMIT)])
    made = predicted(draws, observed, years, horizons, weights)
    parts = vars(made) | {"khat": khat, "refitted": refits}
    for group in np.unique(groups[refits]):
        mine = groups == group
        again = predicted(refit(mine), observed, years, horizons)
        for name in ("log_density", "by_end", "chance"):
            parts[name][mine] = getattr(again, name)[mine]
    return Predicted(**parts)


def _weights(log_density: np.ndarray, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(draws, cases) weights, each column summing to 1, and (cases,) k-hat, alike in a group."""
    from arviz_stats.base import array_stats

    weights, khat = np.empty_like(log_density), np.empty(len(groups))
    for group in np.unique(groups):
        mine = groups == group
        # it takes log likelihoods, and weighs by their inverses
        log_weight, shape = array_stats.psislw(log_density[:, mine].sum(axis=1))
        weights[:, mine] = np.exp(log_weight - logsumexp(log_weight))[:, None]
        khat[mine] = shape
    return weights, khat


def predicted(
    draws: Draws,
    observed: Observed,
    years: np.ndarray,
    horizons: Sequence[float],
    weights: np.ndarray | None = None,
) -> Predicted:
    """What the draws say of every case; weights: (draws, cases), the same for all where None."""
    log_density = log_densities(draws, observed)
    if weights is None:
        weights = np.full(log_density.shape, 1 / len(log_density))

    def come(by: np.ndarray | float) -> np.ndarray:
        return -(weights * np.expm1(log_survival(draws, observed, by))).sum(axis=0)

    cases = log_density.shape[1]
    return Predicted(
        log_density=logsumexp(log_density, b=weights, axis=0),
        by_end=come(years),
        chance=np.stack([come(by) for by in horizons], axis=1),
        khat=np.full(cases, np.nan),
        refitted=np.ones(cases, bool),
    )
