"""Influences: what a driver's level adds each month to another's.

    z_j(m) = decay_j z_j(m - 1) + sum over influences i -> j of adds_ij z_i(m - 1) + flow_j(m)

in raw levels, so that learning a level stays a linear condition. What an influence adds is learned
from the drivers' own months: a regression of the flows, conjugate given Sigma (Gelman et al.,
Bayesian Data Analysis, 3rd ed., section 14.8). Influences make no circle, so levels stay bounded.
"""

from dataclasses import dataclass

import numpy as np

from model.fit.flow import draw_shocks, whitening
from model.fit.priors import Z90
from model.scenario import Scenario

# Each sweep forgets nearly all of the last: Sigma says little of what an influence adds.
SWEEPS = 2


@dataclass(frozen=True)
class InfluencePrior:
    """Normal priors of what influences add: location and scale (influences,), their ends' places.

    start, end: (influences,) places of drivers.
    """

    start: np.ndarray
    end: np.ndarray
    location: np.ndarray
    scale: np.ndarray


def influence_prior(scenario: Scenario) -> InfluencePrior:
    """The scenario's 90 % intervals of what a level adds a month, as normals."""
    influences, ids = scenario.influences, scenario.driver_ids
    ends = np.array([influence.adds for influence in influences], float).reshape(-1, 2)
    return InfluencePrior(
        np.array([ids.index(influence.from_) for influence in influences], int),
        np.array([ids.index(influence.to) for influence in influences], int),
        ends.mean(axis=1),
        (ends[:, 1] - ends[:, 0]) / (2 * Z90),
    )


def draw_influences(
    raw: np.ndarray, decay: np.ndarray, prior: InfluencePrior, rng: np.random.Generator
) -> np.ndarray:
    """(draws, influences): what each adds, one posterior draw for each history.

    raw: (draws, months + 1, drivers) raw levels a month apart; decay: (drivers,). Gibbs' sampler in
    each draw by itself: the flow given what influences add, and that given the flow's covariance.
    """
    size, rows = raw.shape[2], np.arange(len(prior.end))
    # so weighed the months are independent, each with the shocks' covariance
    whiten = whitening(raw.shape[1] - 1)
    months = np.concatenate([raw[:, 1:] - decay * raw[:, :-1], raw[:, :-1, prior.start]], axis=2)
    months = whiten @ months
    # all that the months say: the products of flows and upstream levels, summed over months
    products = months.swapaxes(1, 2) @ months
    adds = prior.location + prior.scale * rng.standard_normal((len(raw), len(rows)))
    flow_of_rest = np.zeros((len(raw), size, size + len(rows)))
    flow_of_rest[:, :, :size] = np.eye(size)
    for _ in range(SWEEPS):
        flow_of_rest[:, prior.end, size + rows] = -adds
        scatter = flow_of_rest @ products @ flow_of_rest.swapaxes(1, 2)
        root = draw_shocks(scatter, raw.shape[1] - 1, decay, rng)
        adds = _adds_given(products, root, prior, rng)
    return adds


def _adds_given(
    products: np.ndarray, root: np.ndarray, prior: InfluencePrior, rng: np.random.Generator
) -> np.ndarray:
    """(draws, influences) given Sigma = root @ root.T: a generalised least squares with a prior."""
    size, inverse = root.shape[1], np.linalg.inv(root)
    precision = (inverse.swapaxes(1, 2) @ inverse)[:, prior.end]
    among = precision[:, :, prior.end] * products[:, size:, size:]
    linear = (precision * products[:, size:, :size]).sum(axis=2)
    weight = 1 / prior.scale**2
    factor = np.linalg.cholesky(among + np.diag(weight))
    # with L L' the precision: the mean is (L L')**-1 b, and L'**-1 times a normal its noise
    centred = np.linalg.solve(factor, (linear + weight * prior.location)[..., None])
    noise = rng.standard_normal(centred.shape)
    return np.linalg.solve(factor.swapaxes(1, 2), centred + noise)[..., 0]
