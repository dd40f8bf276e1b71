"""The real evidence of the default day as arrays, and parameters drawn from the priors."""

from datetime import date
from functools import cache

import numpy as np

from model.evidence import load_evidence
from model.fit.observations import observations
from model.fit.priors import priors
from model.scenario import SCENARIO_FOLDER

AS_OF = date(2023, 9, 21)


@cache
def evidence():
    return load_evidence(SCENARIO_FOLDER, AS_OF)


@cache
def observed():
    return observations(evidence())


@cache
def prior():
    return priors(evidence().scenario)


def prior_draws(draws, seed):
    """Free parameters (draws, ...), each normal around its location."""
    rng = np.random.default_rng(seed)
    return {
        name: location + prior().scale[name] * rng.standard_normal((draws, *location.shape))
        for name, location in prior().location.items()
    }
