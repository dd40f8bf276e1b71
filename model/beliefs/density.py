"""How likely stored draws are: log prior and log likelihood under any evidence."""

from collections.abc import Iterator

import numpy as np
from scipy.special import gammaln

from model.evidence import Evidence
from model.fit import likelihood
from model.fit.observations import observations
from model.fit.priors import Priors, priors
from model.runs.observed import Observed

BLOCK = 50  # draws evaluated at a time: their arrays stay in the cache, which is three times faster


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
    return np.concatenate([_summed(terms) for terms in _blocks(_free(draws, prior), observed)])


def pointwise(
    draws: dict[str, np.ndarray], prior: Priors, observed: Observed
) -> dict[str, np.ndarray]:
    """Every term of `log_likelihood`, in nats: kind of evidence -> (draws, ...).

    Kinds and shapes as `likelihood.terms` has them: cases, builds, cells, record, deaths.
    """
    blocks = list(_blocks(_free(draws, prior), observed))
    return {kind: np.concatenate([terms[kind] for terms in blocks]) for kind in blocks[0]}


def _normal(values: np.ndarray, location: np.ndarray, scale: np.ndarray) -> np.ndarray:
    terms = -0.5 * ((values - location) / scale) ** 2 - np.log(scale)
    return terms.reshape(len(values), -1).sum(axis=1)


def _blocks(free: dict[str, np.ndarray], observed: Observed) -> Iterator[dict[str, np.ndarray]]:
    for at in range(0, len(free["effect"]), BLOCK):
        block = {name: values[at : at + BLOCK] for name, values in free.items()}
        yield likelihood.terms(np, block, observed, gammaln)


def _summed(terms: dict[str, np.ndarray]) -> np.ndarray:
    return sum(term.reshape(len(term), -1).sum(axis=1) for term in terms.values())
