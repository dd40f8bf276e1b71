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


# The draws of a run hold what follows from the free parameters too, which has no prior of its own.
def _free(draws: dict[str, np.ndarray], prior: Priors) -> dict[str, np.ndarray]:
    return {name: draws[name] for name in prior.location}


def log_density(draws: dict[str, np.ndarray], prior: Priors, observed: Observed) -> np.ndarray:
    """Log prior plus log likelihood of each draw (draws,), in nats, up to a constant.

    draws: parameter -> (draws, ...), of which it reads those that `prior` has.
    """
    return sum(log_priors(draws, prior).values()) + log_likelihood(draws, prior, observed)


def log_priors(draws: dict[str, np.ndarray], prior: Priors) -> dict[str, np.ndarray]:
    """Parameter -> log prior of each draw (draws,), in nats, up to a constant."""
    return {
        name: _normal(values, prior.location[name], prior.scale[name])
        for name, values in _free(draws, prior).items()
    }


def log_likelihood(draws: dict[str, np.ndarray], prior: Priors, observed: Observed) -> np.ndarray:
    """Log likelihood of each draw (draws,), in nats, block by block to spare memory."""
    free = _free(draws, prior)
    blocks = range(0, len(free["effect"]), BLOCK)
    return np.concatenate([_likelihood(free, observed, at) for at in blocks])


def _normal(values: np.ndarray, location: np.ndarray, scale: np.ndarray) -> np.ndarray:
    terms = -0.5 * ((values - location) / scale) ** 2 - np.log(scale)
    return terms.reshape(len(values), -1).sum(axis=1)


def _likelihood(free: dict[str, np.ndarray], observed: Observed, at: int) -> np.ndarray:
    block = {name: values[at : at + BLOCK] for name, values in free.items()}
    terms = likelihood.terms(np, block, observed, gammaln).values()
    return sum(term.reshape(len(term), -1).sum(axis=1) for term in terms)
