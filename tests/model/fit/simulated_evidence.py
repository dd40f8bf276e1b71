"""Simulated evidence on the real design, with every case several times over."""

from dataclasses import replace

import numpy as np

from model.scoring import design as designs
from model.scoring.simulated import simulate
from tests.model import real_evidence

LAST_YEAR_WATCHED = 60.0
COPIES = 3  # of every reference case


def one_draw(seed):
    """Parameters drawn from the priors."""
    return {name: values[0] for name, values in real_evidence.prior_draws(1, seed).items()}


def evidence(free, seed):
    """What a fit would be given, simulated from one set of parameters."""
    rng = np.random.default_rng([seed, 1])
    real = designs.design(real_evidence.evidence())
    cases = real.observed.cases
    cases = cases.rows(np.tile(np.arange(len(cases.class_)), COPIES))
    widened = replace(
        real,
        observed=replace(real.observed, cases=cases),
        watched=rng.uniform(np.exp(cases.log_entry), LAST_YEAR_WATCHED),
        built=rng.uniform(1.0, LAST_YEAR_WATCHED, len(real.built)),
    )
    return simulate(free, widened, rng)
