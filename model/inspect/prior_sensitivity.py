"""Which headlines rest on the priors: power-scaling the prior or the likelihood, without a refit.

The prior (or the likelihood) is raised to a power near 1, the draws are reweighted, and the
sensitivity is how fast the distribution of a headline moves: the cumulative Jensen-Shannon distance
by log2 of the power (Kallioinen et al. 2024, Statistics and Computing 34:57), by arviz.

A finite number of draws moves a little whatever is scaled. So each sensitivity stands beside its
`noise`, what it would be, 19 times in 20, were the headline unrelated to what is scaled.
"""

import numpy as np
import pandas as pd

from model.beliefs import density
from model.fit.priors import Priors, priors
from model.forecast.solve import headline_draws, settled
from model.runs import Run
from model.runs.observed import Observed
from model.scenario import Outcome, default_deadline

THRESHOLD = 0.05  # above it a change of the scaled part matters: Kallioinen et al. 2024, sect. 4
POWERS = (0.99, 1.01)
SHUFFLES = 100  # enough for the 95 % quantile that is read off them
MEASURED = ("coder_noise",)  # how far coders differ is estimated from codings; it is no judgement
COLUMNS = "outcome title prior prior_noise likelihood likelihood_noise diagnosis".split()


def prior_sensitivity(run: Run) -> pd.DataFrame:
    """One row per open outcome, for its chance by the default deadline: outcome, title, …

    prior, likelihood: sensitivities, 0 or more; prior_noise, likelihood_noise: see above.
    diagnosis: `prior`, `data`, `both` or `neither` moves it, as `diagnosis` has it.
    """
    parts = log_parts(run.draws, priors(run.scenario), run.observed)
    headlines = headline_draws(run, default_deadline(run.as_of))
    rows = [
        _row(outcome, headlines[:, place], parts)
        for place, outcome in enumerate(run.scenario.outcomes)
        # what has happened is 1 in each draw but for the last bits of sums
        if not settled(run) >> place & 1 and np.ptp(headlines[:, place]) > 0
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def log_parts(draws: dict, prior: Priors, observed: Observed) -> tuple[np.ndarray, np.ndarray]:
    """Log prior of all that is judged and log likelihood, each (draws,), up to a constant.

    draws: parameter -> (draws, ...).
    """
    by_name = density.log_priors(draws, prior)
    judged = sum(values for name, values in by_name.items() if name not in MEASURED)
    return judged, density.log_likelihood(draws, prior, observed)


def _row(outcome: Outcome, headline: np.ndarray, parts: tuple[np.ndarray, np.ndarray]) -> tuple:
    (prior, prior_noise), (data, data_noise) = (sensitivity(headline, log) for log in parts)
    mover = diagnosis(counts(prior, prior_noise), counts(data, data_noise))
    return outcome.id, outcome.title, prior, prior_noise, data, data_noise, mover


def counts(size: float, noise: float) -> bool:
    """Whether a sensitivity (`size`, 0 or more) is past the threshold, 0.05, and its own noise."""
    return size > max(THRESHOLD, noise)


def diagnosis(prior_moves: bool, data_move: bool) -> str:
    """What moves a headline, in one word: `both`, `prior`, `data` or `neither`.

    `both` may mean that prior and data disagree; `prior`: the data hardly speak to it.
    """
    if prior_moves:
        return "both" if data_move else "prior"
    return "data" if data_move else "neither"


def sensitivity(values: np.ndarray, log_part: np.ndarray) -> tuple[float, float]:
    """How fast `values` (draws,) move as exp(log_part) (draws,) is raised to a power; its noise.

    Both are 0 or more: Jensen-Shannon distance by log2 of the power.
    """
    weights = [_weights(log_part, power) for power in POWERS]
    # a seed, so that a run's page shows the same numbers each time; the weights are shuffled, which
    # keeps both distributions and breaks whatever ties them
    chance, draws = np.random.default_rng(0), len(values)
    shuffled = [
        _moved(values, [weight[order] for weight in weights])
        for order in (chance.permutation(draws) for _ in range(SHUFFLES))
    ]
    return _moved(values, weights), float(np.quantile(shuffled, 0.95))


def _weights(log_part: np.ndarray, power: float) -> np.ndarray:
    """Smoothed importance weights (draws,), summing to 1."""
    from arviz_stats.base import array_stats

    weight = np.exp(array_stats.power_scale_lw(log_part, alpha=power))
    return weight / weight.sum()


def _moved(values: np.ndarray, weights: list[np.ndarray]) -> float:
    from arviz_stats.base import array_stats

    one_chain = [array[None, :] for array in (values, *weights)]
    return float(array_stats.power_scale_sense(*one_chain, *POWERS))
