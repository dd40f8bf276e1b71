"""Beliefs: the model held to be otherwise, answered at once by reweighting the stored draws.

A belief changes the scenario (another interval) or the evidence (something left out, an event
added). The change is made once, here, and used twice: a refit fits the changed evidence; the fast
answer carries each stored draw theta to theta' = T(theta) (`model.beliefs.transport`; where no
prior changed T does nothing) and weighs it by how much likelier it is there under the changed prior
and likelihood,

    log w = log p'(theta') + log p'(data' | theta') + log |dT| - log p(theta) - log p(data | theta),

smoothed by a generalised Pareto fit of the tail (PSIS: Vehtari et al. 2024, JMLR 25:72). Above
k-hat 0.7 the fast answer is not reliable.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import gammaln

from model.assumptions.assumptions import Assumptions
from model.beliefs.transport import carried
from model.evidence.changed import with_events, without
from model.evidence.evidence import Evidence
from model.fit import drivers, likelihood
from model.fit.observations import observations
from model.fit.priors import Priors, priors
from model.runs.observed import Observed
from model.runs.remembered import per_run
from model.runs.store import Run
from model.scenario.scenario import Scenario

KHAT_LIMIT = 0.7
BLOCK = 500  # draws evaluated at a time


@dataclass(frozen=True, eq=False)
class Reweighted:
    """The run as the beliefs have it, its draws carried along, their log weights and k-hat."""

    run: Run
    log_weight: np.ndarray
    khat: float


def believed(evidence: Evidence, assumptions: Assumptions) -> Evidence:
    """Evidence and scenario as the beliefs have them; ValueError for what is not there."""
    scenario = _scenario(evidence.scenario, assumptions)
    changed = replace(evidence, scenario=scenario)
    if assumptions.left_out:
        changed = without(changed, assumptions.left_out)
    return with_events(changed, assumptions.events) if assumptions.events else changed


def _scenario(scenario: Scenario, assumptions: Assumptions) -> Scenario:
    update = {}
    for belief in assumptions.beliefs:
        if belief.factor is not None:
            continue
        field = "effects" if belief.effect else "links" if belief.link else "classes"
        parts = update.get(field, getattr(scenario, field))
        update[field] = tuple(_changed(part, belief) for part in parts)
    return scenario.model_copy(update=update)


def _changed(part, belief):
    if belief.base_rate:
        same = part.id == belief.base_rate
        return part.model_copy(update={"rate": belief.rate}) if same else part
    if f"{part.from_} -> {part.to}" != belief.about:
        return part
    if part.hazard_ratio is None:
        raise ValueError(
            f"the link {belief.about} takes its size from the class {part.hazard_of!r}; "
            "change that base rate instead"
        )
    return part.model_copy(update={"hazard_ratio": belief.hazard_ratio})


@per_run(size=32)
def reweighted(run: Run, assumptions: Assumptions) -> Reweighted:
    """The fast answer's weights for the beliefs in `assumptions` (the rest of it is ignored)."""
    changed = believed(run.evidence, assumptions)
    prior, observed = fit_inputs(changed)
    free, log_jacobian = carried(run.draws, priors(run.scenario), prior)
    log_ratio = log_density(free, prior, observed) + log_jacobian - _own_density(run)
    log_weight, khat = smoothed(log_ratio)
    paths = run.paths if _same(run.observed, observed) else _paths(run, changed, observed)
    draws = likelihood.parameters(np, free, observed)
    return Reweighted(
        replace(run, evidence=changed, observed=observed, paths=paths, draws=draws),
        log_weight,
        khat,
    )


def smoothed(log_ratio: np.ndarray) -> tuple[np.ndarray, float]:
    """Log weights (draws,) that sum to 1 once exponentiated, the tail smoothed by PSIS; k-hat."""
    from arviz_stats.base import array_stats

    if np.ptp(log_ratio) < 1e-6:  # nothing changed, or nothing is known of it: no tail to smooth
        return np.full(len(log_ratio), -np.log(len(log_ratio))), 0.0
    # it takes the log likelihoods of leave-one-out, whose weights are their negatives
    log_weight, khat = array_stats.psislw(-log_ratio)
    return np.asarray(log_weight), float(khat)


@per_run(size=4)
def _own_density(run: Run) -> np.ndarray:
    return log_density(run.draws, priors(run.scenario), run.observed)


def fit_inputs(evidence: Evidence) -> tuple[Priors, Observed]:
    """What a fit of this evidence is given: the priors, and the observed arrays."""
    return priors(evidence.scenario), observations(evidence)


def _free(draws: dict, prior: Priors) -> dict:
    return {name: draws[name] for name in prior.location}


def _same(one: Observed, other: Observed) -> bool:
    before, after = one.history, other.history
    return np.array_equal(before.mean, after.mean) and np.array_equal(before.noise, after.noise)


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


def _paths(run: Run, evidence: Evidence, observed: Observed) -> dict[str, np.ndarray]:
    settings = run.manifest["settings"]
    return drivers.futures(evidence.scenario, observed, run.draws["coder_noise"], settings["seed"])
