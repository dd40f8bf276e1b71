"""Power-scaling: against a model whose answer is known, against arviz, and on the real run."""

from dataclasses import replace

import arviz_stats
import numpy as np
import pytest
import xarray as xr
from scipy.integrate import quad
from scipy.special import gammaln
from scipy.stats import norm

from model.beliefs.density import fit_inputs
from model.fit import likelihood
from model.forecast.solve import headline_draws
from model.inspect.prior_sensitivity import (
    POWERS,
    THRESHOLD,
    counts,
    diagnosis,
    log_parts,
    prior_sensitivity,
    sensitivity,
)
from model.scenario import default_deadline

# A normal mean with known variance 1: prior N(0, 1), 4 observations with mean 3.
PRIOR, MEAN, COUNT = norm(0, 1), 3.0, 4
# Evenly spaced quantiles of its posterior N(12/5, 1/5) stand for draws: no Monte Carlo error.
DRAWS = norm(12 / 5, np.sqrt(1 / 5)).ppf((np.arange(4000) + 0.5) / 4000)
LOG_PRIOR = PRIOR.logpdf(DRAWS)
LOG_LIKELIHOOD = -COUNT / 2 * (DRAWS - MEAN) ** 2


def posterior(prior_power=1.0, data_power=1.0):
    """Precision: prior_power * 1 + data_power * 4; the mean weighs 0 and 3 by these."""
    precision = prior_power + data_power * COUNT
    return norm(data_power * COUNT * MEAN / precision, precision**-0.5)


def distance(one, other):
    """The cumulative Jensen-Shannon distance of Nguyen and Vreeken (2015) over the draws' range."""

    def over(function):
        return quad(function, DRAWS.min(), DRAWS.max(), limit=200)[0]

    def divergence(p, q):
        inside = over(lambda x: p(x) * np.log2(2 * p(x) / (p(x) + q(x))))
        return inside + over(lambda x: q(x) - p(x)) / (2 * np.log(2))

    def both(p, q):
        whole = over(lambda x: p(x) + q(x))
        return np.sqrt((divergence(p, q) + divergence(q, p)) / whole)

    return max(both(one.cdf, other.cdf), both(one.sf, other.sf))


def by_hand(name):
    """The mean of the two one-sided slopes of the distance against log2 of the power."""
    return np.mean(
        [
            distance(posterior(), posterior(**{name: power})) / abs(np.log2(power))
            for power in POWERS
        ]
    )


@pytest.mark.parametrize(
    ("log_part", "name"), [(LOG_PRIOR, "prior_power"), (LOG_LIKELIHOOD, "data_power")]
)
def test_a_normal_mean_has_the_sensitivity_worked_out_by_hand(log_part, name):
    moved, noise = sensitivity(DRAWS, log_part)
    assert moved == pytest.approx(by_hand(name), rel=0.03)
    assert moved > max(THRESHOLD, noise)  # the prior sits 3 standard deviations from the data


@pytest.mark.slow
def test_a_quantity_that_has_nothing_to_do_with_the_prior_stays_within_the_noise():
    above = 0
    for seed in range(40):
        unrelated = np.random.default_rng(100 + seed).normal(size=4000)
        moved, noise = sensitivity(unrelated, LOG_PRIOR)
        above += moved > noise
    # 1 in 20 by design; 6 or more of 40 has a chance of 1.4 %
    assert above <= 5


def test_the_sensitivities_are_arvizs(fitted):
    chains = fitted.manifest["settings"]["chains"]
    parts = log_parts(fitted.draws, *inputs(fitted))
    headline = headline_draws(fitted, default_deadline(fitted.as_of))[:, 0]
    tree = xr.DataTree.from_dict(
        {
            group: xr.Dataset({"x": (("chain", "draw"), values.reshape(chains, -1))})
            for group, values in zip(
                ("posterior", "log_prior", "log_likelihood"), (headline, *parts), strict=True
            )
        }
    )
    expected = arviz_stats.psense_summary(tree, round_to=9).loc["x"]
    row = prior_sensitivity(fitted).set_index("outcome").loc["peace_treaty"]
    assert row["prior"] == pytest.approx(expected["prior"], rel=1e-6)
    assert row["likelihood"] == pytest.approx(expected["likelihood"], rel=1e-6)


def inputs(run):
    return fit_inputs(run.evidence)


def test_the_two_parts_are_the_priors_of_the_scenario_and_the_likelihoods_terms(fitted):
    prior, observed = inputs(fitted)
    few = {name: values[:7] for name, values in fitted.draws.items()}
    judged, data = log_parts(few, prior, observed)
    names = [name for name in prior.location if name != "coder_noise"]
    expected = sum(
        norm(prior.location[name], prior.scale[name]).logpdf(few[name]).reshape(7, -1).sum(axis=1)
        for name in names
    )
    assert judged - judged[0] == pytest.approx(expected - expected[0], abs=1e-8)
    free = {name: few[name] for name in prior.location}
    terms = likelihood.terms(np, free, observed, gammaln).values()
    assert data == pytest.approx(sum(term.reshape(7, -1).sum(axis=1) for term in terms))


def test_the_words_for_what_moves_a_headline():
    words = [diagnosis(prior, data) for prior in (True, False) for data in (True, False)]
    assert words == ["both", "prior", "data", "neither"]


@pytest.mark.parametrize(
    ("size", "noise", "does"),
    [
        (0.06, 0.04, True),
        (0.06, 0.07, False),  # chance alone goes as far
        (0.04, 0.01, False),  # under the threshold
        (0.05, 0.01, False),  # at the threshold, and not above it
        (0.07, 0.07, False),
        (0.30, 0.29, True),
    ],
)
def test_a_sensitivity_counts_past_the_threshold_and_past_chance(size, noise, does):
    assert counts(size, noise) is does


def test_a_headline_that_no_data_speak_to_rests_on_the_prior():
    """A chance within a year of a rate whose posterior is its prior, beside data on all else."""
    log_rate = norm(-2, 1).ppf((np.arange(4000) + 0.5) / 4000)
    chance = 1 - np.exp(-np.exp(log_rate))
    other = np.random.default_rng(0).permutation(DRAWS)
    log_parts = norm(-2, 1).logpdf(log_rate), -COUNT / 2 * (other - MEAN) ** 2
    moves = [counts(*sensitivity(chance, part)) for part in log_parts]
    assert moves == [True, False] and diagnosis(*moves) == "prior"


@pytest.mark.slow
def test_each_headline_is_called_what_its_own_sensitivities_say(fitted):
    """How many are prior-driven differs between machines, whose draws lie near the threshold."""
    table = prior_sensitivity(fitted)
    for row in table.itertuples():
        by_prior = row.prior > 0.05 and row.prior > row.prior_noise
        by_data = row.likelihood > 0.05 and row.likelihood > row.likelihood_noise
        word = {(True, True): "both", (True, False): "prior", (False, True): "data"}
        assert row.diagnosis == word.get((by_prior, by_data), "neither"), row.outcome
    assert (table[["prior_noise", "likelihood_noise"]] > 0).all(axis=None)


@pytest.mark.slow
def test_where_no_class_was_found_the_headline_moves_with_the_prior(fitted):
    row = prior_sensitivity(fitted).set_index("outcome").loc["russian_withdrawal"]
    # 0.17 on one machine; resampled draws give it a standard error of 0.035
    assert row["prior"] > THRESHOLD


@pytest.mark.slow
def test_an_outcome_that_has_happened_is_no_headline(fitted):
    # sums leave the last bits of a chance of 1, which would move with anything
    came = {"happened": {"russian_withdrawal": "2023-09-01"}, "id": "0" * 12}
    table = prior_sensitivity(replace(fitted, manifest=fitted.manifest | came))
    assert "russian_withdrawal" not in set(table["outcome"]) and len(table) == 5
