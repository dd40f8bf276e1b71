"""How much likelier the record is under other levels: the difference of two whole likelihoods."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import gammaln

from model.fit import likelihood
from model.inspect.pulls.likelihood_ratio import LikelihoodRatio


def moved_levels(table, places, size):
    """Place -> mean and components (times, parts) of a driver, moved at random; the table so."""
    rng, mean, noise = np.random.default_rng(1), table.mean.copy(), table.noise.copy()
    for d in places:
        mean[:, d] += size * rng.normal(size=len(mean))
        noise[:, :, d] *= 1.1
    moved = {d: np.column_stack([mean[:, d], noise[:, :, d]]) for d in places}
    return moved, replace(table, mean=mean, noise=noise)


def log_likelihood(run, observed):
    """(draws,) of the weeks' record, and of the months' deaths."""
    terms = likelihood.terms(np, run.draws, observed, gammaln)
    return terms["record"].sum(axis=(1, 2)), terms["deaths"].sum(axis=1)


@pytest.mark.parametrize("places, size", [([1], 0.05), ([0, 6], 0.5)])
def test_it_is_the_difference_of_two_whole_likelihoods(fitted, places, size):
    observed, ratio = fitted.observed, LikelihoodRatio(fitted)
    by_week, weeks = moved_levels(observed.weeks, places, size)
    by_month, months = moved_levels(observed.months, places, size)
    before = log_likelihood(fitted, observed)
    after = log_likelihood(fitted, replace(observed, weeks=weeks, months=months))
    assert np.ptp(after[0] - before[0]) > 0.01 < np.ptp(after[1] - before[1])
    assert ratio.of_weeks(by_week) == pytest.approx(after[0] - before[0], abs=1e-9)
    assert ratio.of_deaths(by_month) == pytest.approx(after[1] - before[1], abs=1e-9)
