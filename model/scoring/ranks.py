"""Simulation-based calibration: where the truth lies among the draws of a fit to its evidence.

Over many simulated worlds, each drawn from the prior, a right posterior gives every rank alike
(Talts et al. 2018, arXiv:1804.06788). The log likelihood is ranked too: it depends on the data, and
so sees faults that parameters alone do not (Modrák et al. 2023, Bayesian Analysis).
"""

from collections.abc import Mapping

import numpy as np
from scipy.special import gammaln

from model.fit import likelihood
from model.runs.observed import Observed
from model.scenario import Scenario

KEPT = 99  # draws that a truth is ranked among: a hundred places
LIKELIHOOD = "log_likelihood"


def names(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Kind of quantity -> the names of its places, as `quantities` has them."""
    return {
        "effect": tuple(effect.name for effect in scenario.effects),
        "base_rate": scenario.class_ids,
        "hazard": scenario.outcome_ids,
        LIKELIHOOD: ("all evidence",),
    }


def quantities(free: Mapping[str, np.ndarray], observed: Observed) -> dict[str, np.ndarray]:
    """What is ranked, by kind (draws, places), in logs.

    free: parameter -> its draws (draws, ...). hazard: of each outcome in the record's last week,
    before the as-of day. log_likelihood: of all that `observed` holds, in nats.
    """
    p = likelihood.parameters(np, free, observed)
    pull, _ = likelihood.driver_pulls(np, p, observed)
    terms = likelihood.terms(np, free, observed, gammaln)
    total = sum(term.reshape(len(term), -1).sum(axis=1) for term in terms.values())
    return {
        "effect": free["effect"],
        "base_rate": free["log_rate"],
        "hazard": likelihood.record_log_hazards(np, p, observed, pull)[:, -1],
        LIKELIHOOD: np.asarray(total)[:, None],
    }


def ranks(truth: dict[str, np.ndarray], draws: dict[str, np.ndarray]) -> dict[str, list[int]]:
    """How many draws lie below the truth, by kind and place: 0 up to the number of draws.

    truth: kind -> (1, places); draws: kind -> (draws, places).
    """
    return {kind: (draws[kind] < truth[kind]).sum(axis=0).tolist() for kind in truth}


def thinned(draws: Mapping[str, np.ndarray], kept: int = KEPT) -> dict[str, np.ndarray]:
    """`kept` of the draws, evenly spaced, so that they are nearly independent; all if fewer.

    draws: parameter -> (draws, ...).
    """
    count = len(next(iter(draws.values())))
    chosen = np.unique(np.linspace(0, count - 1, min(kept, count)).round().astype(int))
    return {name: values[chosen] for name, values in draws.items()}
