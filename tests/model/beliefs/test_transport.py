"""Draws carried to another prior: exact where everything is normal, still where nothing changed."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from model.beliefs.transport import carried
from model.fit.priors import Priors


def prior(location, scale):
    return Priors(
        {"a": np.array([location, 0.0]), "b": np.array(0.0)},
        {"a": np.array([scale, 1.0]), "b": np.array(1.0)},
        {},
    )


OLD, NEW = prior(0.0, 1.0), prior(0.9, 0.5)
# The data told precision 3 around 0.4: the posterior is N(3 * 0.4 / (1 + 3), 1 / (1 + 3)).
MEAN, SD = 0.3, 0.5


@pytest.fixture
def draws():
    """Draws with exactly that mean and spread in their first parameter."""
    rng = np.random.default_rng(1)
    first = rng.standard_normal(400)
    first = MEAN + SD * (first - first.mean()) / first.std(ddof=1)
    return {"a": np.c_[first, rng.standard_normal(400)], "b": rng.standard_normal(400)}


def test_a_normal_posterior_is_carried_to_the_normal_that_the_new_prior_gives(draws):
    """Precision 3 + 1 / 0.5**2 = 7, mean (3 * 0.4 + 4 * 0.9) / 7 = 4.8 / 7."""
    free, _ = carried(draws, OLD, NEW)
    assert free["a"][:, 0].mean() == pytest.approx(4.8 / 7)
    assert free["a"][:, 0].std(ddof=1) == pytest.approx(7**-0.5)


def test_the_weights_of_a_normal_posterior_are_all_the_same(draws):
    free, log_jacobian = carried(draws, OLD, NEW)
    new, old = norm(4.8 / 7, 7**-0.5), norm(MEAN, SD)
    ratio = new.logpdf(free["a"][:, 0]) + log_jacobian - old.logpdf(draws["a"][:, 0])
    assert ratio == pytest.approx(np.zeros(400), abs=1e-9)


def test_what_did_not_change_stays_bit_for_bit(draws):
    free, _ = carried(draws, OLD, NEW)
    assert np.array_equal(free["a"][:, 1], draws["a"][:, 1])
    assert np.array_equal(free["b"], draws["b"])
    same, log_jacobian = carried(draws, OLD, replace(OLD))
    assert log_jacobian == 0 and all(np.array_equal(same[name], draws[name]) for name in draws)


def test_a_parameter_that_the_data_tell_nothing_of_goes_with_its_prior(draws):
    """With posterior and prior alike, its place in units of the prior stays."""
    wide = dict(draws, a=np.c_[2.0 * (draws["a"][:, 0] - MEAN), draws["a"][:, 1]])  # N(0, 1)
    free, _ = carried(wide, OLD, NEW)
    assert free["a"][:, 0] == pytest.approx(0.9 + 0.5 * wide["a"][:, 0])
