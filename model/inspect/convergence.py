"""How well each parameter was sampled, from the stored draws."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from model.fit.structure import centres
from model.forecast.monte_carlo import INTERVAL
from model.inspect.prior_posterior import arrow_title, centre_title
from model.runs import Run


def convergence(run: Run) -> pd.DataFrame:
    """One row per parameter, the worst R-hat first: parameter, rhat, ess_bulk, ess_tail, mcse.

    Rank-normalised split R-hat and effective sample sizes of Vehtari et al. (2021, Bayesian
    Analysis 16:667), by arviz; mcse: Monte Carlo standard error of the mean, in the parameter's
    own unit (a logarithm for rates and hazard ratios).
    """
    from arviz_stats.base import array_stats

    rows = [
        (name, *(float(measure(values)) for measure in _measures(array_stats)))
        for name, values in parameters(run)
    ]
    table = pd.DataFrame(rows, columns=["parameter", "rhat", "ess_bulk", "ess_tail", "mcse"])
    return table.sort_values("rhat", ascending=False, kind="stable", ignore_index=True)


def _measures(stats) -> tuple[Callable[[np.ndarray], float], ...]:
    return (
        lambda v: stats.rhat(v, chain_axis=0, draw_axis=1),
        lambda v: stats.ess(v, chain_axis=0, draw_axis=1, method="bulk"),
        lambda v: stats.ess(v, chain_axis=0, draw_axis=1, method="tail", prob=INTERVAL),
        lambda v: stats.mcse(v, chain_axis=0, draw_axis=1, method="mean"),
    )


def parameters(run: Run) -> Iterator[tuple[str, np.ndarray]]:
    """(name in words, draws (chains, draws)) of every base rate, effect, link, departure, centre.

    All are natural logarithms, of yearly rates or of hazard ratios, but for the centres, which are
    levels of drivers, -2..2.
    """
    scenario, chains = run.scenario, run.manifest["settings"]["chains"]
    names = {
        "log_rate": [f"log rate: {of.title}" for of in scenario.classes],
        "effect": [f"log effect: {arrow_title(arrow, scenario)}" for arrow in scenario.effects],
        "link": [f"log link: {arrow_title(a, scenario)}" for a in scenario.links if a.hazard_ratio],
        "departure": [f"departure: {outcome.title}" for outcome in scenario.outcomes],
        "centre": [f"centre: {centre_title(c, scenario)}" for c in centres(scenario)],
    }
    for kind, titles in names.items():
        # the draws stand chain after chain
        if not titles:
            continue  # a group without parameters
        values = run.draws[kind].reshape(chains, -1, len(titles))
        yield from ((title, values[:, :, place]) for place, title in enumerate(titles))
