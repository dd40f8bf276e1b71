"""How likely stored draws are: log prior and log likelihood under any evidence."""

import numpy as np
from scipy.special import gammaln

from model.evidence import Evidence
from model.fit import likelihood
from model.fit.observations import observations
from model.fit.priors import Priors, priors
from model.runs.observed import Observed

BLOCK = 500  # draws evaluated at a time


def fit_inputs(evidence: Evidence) -> tuple[Priors, Observed]:
    """What a fit of this evidence is given: the priors, and the observed arrays."""
    return priors(evidence.scenario), observations(evidence)


def _free(draws: dict, prior: Priors) -> dict:
    return {name: draws[name] for name in prior.location}


def log_density(draws: dict, prior: Priors, observed: Observed) -> np.ndarray:
    """Log prior plus log likelihood of each draw (draws,), up to a constant."""
    return sum(log_priors(draws, prior).values()) + log_likelihood(draws, prior, observed)


def log_priors(draws: dict, prior: Priors) -> dict[str, np.ndarray]:
    """Log prior of each draw (draws,) by parameter, up to a constant."""
    return {
        name: _normal(values, prior.location[name], prior.scale[name])
        for name, values in _free(draws, prior).items()
    }


def log_likelihood(draws: dict, prior: Priors, observed: Observed) -> np.ndarray:
    """Log likelihood of each draw (draws,), block by block to spare memory."""
    free = _free(draws, prior)
    blocks = range(0, len(free["effect"]), BLOCK)
    return np.concatenate([_likelihood(free, observed, at) for at in blocks])


def _normal(values: np.ndarray, location: np.ndarray, scale: np.ndarray) -> np.ndarray:
    terms = -0.5 * ((values - location) / scale) ** 2 - np.log(scale)
    return terms.reshape(len(values), -1).sum(axis=1)


def _likelihood(free: dict, observed: Observed, at: int) -> np.ndarray:
    block = {name: values[at : at + BLOCK] for name, values in free.items()}
    terms = likelihood.terms(np, block, observed, gammaln).values()
    return sum(term.reshape(len(term), -1).sum(axis=1) for term in terms)
