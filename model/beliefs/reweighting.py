"""Beliefs: the model taken to be otherwise, answered at once by reweighting the stored draws.

A belief changes the scenario (another interval) or the evidence (something left out, an event
added). The change is made once, here, and used twice: a refit fits the changed evidence; the fast
answer carries each stored draw theta to theta' = T(theta) (`model.beliefs.transport`; where no
prior changed T does nothing) and weighs it by how much likelier it is there under the changed prior
and likelihood,

    log w = log p'(theta') + log p'(data' | theta') + log |dT| - log p(theta) - log p(data | theta),

smoothed by a generalised Pareto fit of the tail (PSIS: Vehtari et al. 2024, JMLR 25:72). Above
k-hat 0.7 the fast answer is not reliable.

What influences add, and the drivers' futures, follow in closed form from a draw's own history
(`model.fit.influences`): under another history, or another belief about an influence, they are
drawn anew with the same random numbers, and no weight is needed for them.
"""

from dataclasses import dataclass, replace

import numpy as np

from model.assumptions import Assumptions
from model.beliefs.believed import believed
from model.beliefs.density import fit_inputs, log_density
from model.beliefs.transport import carried
from model.evidence import Evidence
from model.fit import likelihood
from model.fit.futures import futures
from model.fit.priors import priors
from model.runs import Run
from model.runs.observed import Observed
from model.runs.remembered import per_run

KHAT_LIMIT = 0.7


@dataclass(frozen=True, eq=False)
class Reweighted:
    """The run as the beliefs have it, its draws carried along.

    log_weight: (draws,), of weights that sum to 1. khat: the shape of the weights' tail; above
    `KHAT_LIMIT` the weights are not reliable.
    """

    run: Run
    log_weight: np.ndarray
    khat: float


@per_run(size=32)
def reweighted(run: Run, assumptions: Assumptions) -> Reweighted:
    """The fast answer's weights for the beliefs in `assumptions` (the rest of it is ignored).

    Raises ValueError, one line, for a belief about what the run's evidence or scenario lacks.
    """
    changed = believed(run.evidence, assumptions)
    prior, observed = fit_inputs(changed)
    observed = _turned_as(run.observed, observed)
    free, log_jacobian = carried(run.draws, priors(run.scenario), prior)
    log_ratio = log_density(free, prior, observed) + log_jacobian - _fitted_density(run)
    log_weight, khat = smoothed(log_ratio)
    same = _same_futures(run, changed, observed)
    paths = run.paths if same else _paths(run, changed, observed)
    draws = likelihood.parameters(np, free, observed)
    return Reweighted(
        replace(run, evidence=changed, observed=observed, paths=paths, draws=draws),
        log_weight,
        khat,
    )


def smoothed(log_ratio: np.ndarray) -> tuple[np.ndarray, float]:
    """Log weights (draws,) that sum to 1 once exponentiated, the tail smoothed by PSIS; k-hat.

    log_ratio: (draws,), new log density less old, up to a constant.
    """
    from arviz_stats.base import array_stats

    if np.ptp(log_ratio) < 1e-6:  # nothing changed, or nothing is known of it: no tail to smooth
        return np.full(len(log_ratio), -np.log(len(log_ratio))), 0.0
    # it takes the log likelihoods of leave-one-out, whose weights are their negatives
    log_weight, khat = array_stats.psislw(-log_ratio)
    # no number: a few draws weigh so much more that the tail has no shape left to fit
    return np.asarray(log_weight), np.inf if np.isnan(khat) else float(khat)


def _turned_as(before: Observed, after: Observed) -> Observed:
    """`after`, each component of the drivers' noise pointing the way that it does in `before`.

    A component's sign is free, and the stored draws are of those before: one turned round by a
    little change of the evidence would need weights for no change of the model.
    """
    together = (before.history.noise * after.history.noise).sum(axis=0)
    sign = np.where(together < 0, -1.0, 1.0)  # (components, drivers)
    turned = {
        name: replace(table, noise=table.noise * sign)
        for name in ("weeks", "months", "history")
        for table in [getattr(after, name)]
    }
    return replace(after, **turned)


@per_run(size=4)
def _fitted_density(run: Run) -> np.ndarray:
    return log_density(run.draws, priors(run.scenario), run.observed)


def _same_futures(run: Run, changed: Evidence, observed: Observed) -> bool:
    before, after = run.observed.history, observed.history
    return (
        np.array_equal(before.mean, after.mean)
        and np.array_equal(before.noise, after.noise)
        and run.scenario.influences == changed.scenario.influences
    )


def _paths(run: Run, evidence: Evidence, observed: Observed) -> dict[str, np.ndarray]:
    settings = run.manifest["settings"]
    # the run's seed: the same random numbers, so that what differs is the belief's doing
    return futures(evidence.scenario, observed, run.draws["coder_noise"], settings["seed"])
