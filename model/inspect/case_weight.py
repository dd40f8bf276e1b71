"""Which reference cases weigh most: what each does to its class's base rate."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.special import logsumexp

from model.fit import likelihood
from model.runs import Run


def case_weights(run: Run, of: str) -> pd.DataFrame:
    """One row per case of class `of` with a duration, the heaviest first: case, ratio, khat.

    ratio: the class's base rate (posterior geometric mean) over what it would be without the case,
    by leave-one-out importance sampling with Pareto smoothing (Vehtari et al. 2017, Statistics and
    Computing 27:1413); khat: above 0.7 the ratio is not reliable. Raises ValueError for a class
    that the scenario lacks.
    """
    from arviz_stats.base import array_stats

    place = run.scenario.class_ids.index(of)
    log_rate = run.draws["log_rate"][:, place]
    rows = []
    for case, log_term in _terms(run, place):
        # it takes log likelihoods, and weighs by their inverses
        log_weight, khat = array_stats.psislw(log_term)
        without = np.exp(log_weight - logsumexp(log_weight)) @ log_rate
        rows.append((case, float(np.exp(log_rate.mean() - without)), float(khat)))
    table = pd.DataFrame(rows, columns=["case", "ratio", "khat"])
    # by the logarithm: a case that halves the rate weighs as much as one that doubles it
    order = np.log(table["ratio"]).abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _terms(run: Run, place: int) -> Iterator[tuple[str, np.ndarray]]:
    """(case, its log likelihood (draws,)) of every case of a class."""
    observed = run.observed
    kinds = (observed.cases, likelihood.case_terms), (observed.builds, likelihood.build_terms)
    for table, terms in kinds:
        cases = table.rows(table.class_ == place)
        if len(cases.id):
            yield from zip(cases.id, terms(np, run.draws, cases).T, strict=True)
