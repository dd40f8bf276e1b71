"""The posterior: known parameters come back, the prior is sane, and the data look like the model.

The predictive checks use the run of the default day; bands are 90 % unless a test says otherwise.
"""

from datetime import date
from functools import cache

import arviz as az
import numpy as np
import pytest

from model import refit
from model.fit import posterior
from model.forecast.solve import headline_draws
from model.runs import Settings
from tests.model import real_evidence
from tests.model.fit import predictive, simulated_evidence

OUTCOMES = real_evidence.evidence().scenario.outcome_ids
YEARS = (1, 3, 5)
TRUTHS = (1, 2)  # seeds of the parameters to be recovered


@cache
def recovered(seed):
    """One row per parameter: truth, posterior mean, sd, 90 % interval, prior location and scale."""
    prior = real_evidence.prior()
    truth = simulated_evidence.one_draw(seed)
    observed = simulated_evidence.evidence(truth, seed)
    compiled = refit.compiled(prior, real_evidence.observed())
    settings = Settings(draws=300, tune=300, chains=4, seed=seed)
    tree = posterior.sample(compiled, prior, observed, settings)
    rhat = az.rhat(tree["posterior"].to_dataset())
    assert max(float(values.max()) for values in rhat.data_vars.values()) < 1.05
    columns, draws_of = [], posterior.natural(tree, prior)
    for name, location in prior.location.items():
        draws = draws_of[name].reshape(-1, location.size)
        low, high = np.quantile(draws, (0.05, 0.95), axis=0)
        columns.append(
            [truth[name].ravel(), draws.mean(axis=0), draws.std(axis=0), low, high]
            + [location.ravel(), prior.scale[name].ravel()]
        )
    return np.concatenate(columns, axis=1)


@pytest.mark.slow
def test_known_parameters_come_back():
    """Of one truth; the next tests say it of two, within narrower limits."""
    truth, mean, sd, low, high, _, _ = informed(recovered(TRUTHS[0]))
    covered, asked = ((low <= truth) & (truth <= high)).sum(), len(truth)
    assert asked >= 20
    # Binomial(n, 0.9) and the mean of n squared standard normals: four standard deviations each.
    assert covered >= 0.9 * asked - 4 * np.sqrt(0.09 * asked)
    assert (((truth - mean) / sd) ** 2).mean() < 1 + 4 * np.sqrt(2 / asked)


@pytest.fixture(scope="module")
def recovery():
    """Every parameter of the simulated truths, in columns."""
    return np.concatenate([recovered(seed) for seed in TRUTHS], axis=1)


def informed(recovery):
    """The parameters whose posterior is clearly narrower than their prior."""
    return recovery[:, recovery[2] < 0.8 * recovery[6]]


@pytest.mark.slow
def test_ninety_percent_intervals_hold_the_truth_ninety_percent_of_the_time(recovery):
    truth, _, _, low, high, _, _ = informed(recovery)
    covered, asked = ((low <= truth) & (truth <= high)).sum(), len(truth)
    assert asked >= 40
    # Binomial(n, 0.9): four standard deviations below the mean, for the intervals go together.
    assert covered >= 0.9 * asked - 4 * np.sqrt(0.09 * asked)


@pytest.mark.slow
def test_over_all_parameters_the_coverage_is_near_ninety_percent(recovery):
    truth, _, _, low, high, _, _ = recovery
    assert 0.84 < ((low <= truth) & (truth <= high)).mean() < 0.96


@pytest.mark.slow
def test_the_posterior_is_as_far_from_the_truth_as_it_says(recovery):
    truth, mean, sd, *_ = informed(recovery)
    # The mean of n squared standard normals has the sd sqrt(2 / n), 0.2 for 50 of them.
    assert 0.4 < (((truth - mean) / sd) ** 2).mean() < 1.8


@pytest.mark.slow
def test_what_the_data_know_best_moves_from_the_prior_to_the_truth(recovery):
    truth, mean, sd, _, _, location, scale = recovery
    surprising = (sd < 0.4 * scale) & (np.abs(truth - location) > 0.5 * scale)
    assert surprising.sum() >= 8
    before, after = np.abs(truth - location), np.abs(truth - mean)
    assert (after[surprising] < before[surprising]).mean() > 0.9
    assert after[surprising].sum() < 0.4 * before[surprising].sum()


@pytest.fixture(scope="module")
def prior_run():
    return predictive.prior_run()


def by_outcome(run, deadline):
    return dict(zip(OUTCOMES, headline_draws(run, deadline).T, strict=True))


# What an analyst of the region accepts before any data: bounds of the median draw, in percent.
ACCEPTED = {
    "peace_treaty": (1, 40),
    "corridor_open": (0.3, 15),
    "turkish_involvement": (0.1, 4),
    "renewed_offensive": (2, 40),
    "russian_withdrawal": (2, 40),
    "csto_exit": (0.1, 5),
}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_prior_is_wide_and_sane_by_year_end(prior_run, outcome):
    draws = by_outcome(prior_run, date(2023, 12, 31))[outcome]
    low, middle, high = 100 * np.quantile(draws, (0.05, 0.5, 0.95))
    assert ACCEPTED[outcome][0] < middle < ACCEPTED[outcome][1]
    assert high > 8 * low, "the prior is not wide"
    assert low > 0.01 and high < 90, "an outcome is all but certain"


def test_over_two_years_the_prior_leaves_every_outcome_open(prior_run):
    for outcome, draws in by_outcome(prior_run, date(2025, 12, 31)).items():
        low, high = np.quantile(draws, (0.05, 0.95))
        assert low > 0.002 and draws.mean() < 0.7, outcome
        assert high < 0.995, outcome


def test_the_prior_holds_turkish_involvement_less_likely_than_an_offensive(prior_run):
    draws = by_outcome(prior_run, date(2023, 12, 31))
    assert draws["turkish_involvement"].mean() < draws["renewed_offensive"].mean() / 2


NO_CLASS = "russian_withdrawal"


def width_after_and_before(prior_run, fitted, outcome):
    """Widths of the 90 % intervals of a chance by year end: with the evidence, and without."""
    runs = (by_outcome(run, date(2023, 12, 31))[outcome] for run in (fitted, prior_run))
    return tuple(np.ptp(np.quantile(chances, (0.05, 0.95))) for chances in runs)


@pytest.mark.parametrize("outcome", [outcome for outcome in OUTCOMES if outcome != NO_CLASS])
def test_evidence_narrows_every_forecast_that_a_class_speaks_to(prior_run, fitted, outcome):
    after, before = width_after_and_before(prior_run, fitted, outcome)
    assert after < before


def test_where_no_class_was_found_the_forecast_stays_about_as_wide_as_its_judgement(
    prior_run, fitted
):
    # its clock is a day old, and the record of the clock before speaks of another class
    after, before = width_after_and_before(prior_run, fitted, NO_CLASS)
    assert 0.8 < after / before < 1.25


@pytest.fixture(scope="module")
def draws(fitted):
    """Every fourth draw of the run."""
    return {name: values[::4] for name, values in fitted.draws.items()}


def inside(value, replicated, share=0.9):
    low, high = np.quantile(replicated, ((1 - share) / 2, (1 + share) / 2))
    return low <= value <= high


@pytest.fixture(scope="module")
def replicated_deaths(fitted, draws):
    return predictive.deaths(draws, fitted.observed, np.random.default_rng(1))


def test_quiet_months_are_as_common_as_the_model_says(fitted, replicated_deaths):
    share = (fitted.observed.months.deaths == 0).mean()
    assert inside(share, (replicated_deaths == 0).mean(axis=1))


def test_the_deadliest_month_is_one_the_model_can_produce(fitted, replicated_deaths):
    # September 2022, 294 dead, is at the upper edge: the 98 % band.
    assert inside(fitted.observed.months.deaths.max(), replicated_deaths.max(axis=1), 0.98)


def test_the_typical_month_and_the_total_are_what_the_model_says(fitted, replicated_deaths):
    seen = fitted.observed.months.deaths
    assert inside(np.median(seen), np.median(replicated_deaths, axis=1))
    assert inside(seen.sum(), replicated_deaths.sum(axis=1))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_record_holds_as_many_events_as_the_model_says(fitted, draws, outcome):
    record = predictive.record(draws, fitted.observed, np.random.default_rng(2))
    k = OUTCOMES.index(outcome)
    assert inside(fitted.observed.weeks.event[:, k].sum(), record[:, k])


DURATIONS = [c.id for c in real_evidence.evidence().scenario.classes if c.kind == "duration"]


@pytest.mark.parametrize("class_id", DURATIONS)
def test_a_duration_class_survives_as_the_model_says(fitted, draws, class_id):
    (entry, time, event, _), _ = predictive.spells(real_evidence.evidence().cases, class_id)
    seen = predictive.kaplan_meier(entry, time, event, YEARS)
    rng = np.random.default_rng(3)
    expected = predictive.replicated_kaplan_meier(draws, fitted.observed, class_id, YEARS, rng)
    for year, share, replicated in zip(YEARS, seen, expected.T, strict=True):
        assert inside(share, replicated, 0.95), f"{year} years"


def test_kaplan_meier_by_hand():
    # Ten cases from the start: two end at 1, one is lost at 1.5, one ends at 2: 8/10 * 6/7.
    time = np.array([1, 1, 1.5, 2, 3, 3, 3, 3, 3, 3.0])
    event = np.array([1, 1, 0, 1, 0, 0, 0, 0, 0, 0], bool)
    share = predictive.kaplan_meier(np.zeros(10), time, event, (0.5, 1, 2))
    assert share == pytest.approx([1.0, 0.8, 0.8 * 6 / 7])
