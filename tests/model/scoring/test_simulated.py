"""Simulated evidence: what it is made with is what the likelihood reads it by."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import gammaln

from model.fit import likelihood
from model.scoring import simulated, simulated_record
from model.scoring.design import by_class, design
from model.scoring.simulated import simulate
from tests.model import real_evidence


@pytest.fixture(scope="module")
def real():
    return design(real_evidence.evidence())


@pytest.fixture(scope="module")
def world():
    """Parameters drawn from the priors."""
    return {name: values[0] for name, values in real_evidence.prior_draws(1, 7).items()}


def test_its_hazards_are_those_of_the_likelihood(real, world):
    # Written apart: the one from the scenario's definitions, the other over index arrays.
    observed = real.observed
    no_links = replace(observed.weeks, acting=0 * observed.weeks.acting)
    alone = replace(observed, weeks=no_links)
    free = {name: value[None] for name, value in world.items()}
    p = likelihood.parameters(np, free, alone)
    pull, _ = likelihood.driver_pulls(np, p, alone)
    by_likelihood = np.exp(likelihood.record_log_hazards(np, p, alone, pull))[0]
    by_definition = simulated_record.unlinked_hazards(world, by_class(world, real), real)
    assert by_definition == pytest.approx(by_likelihood, rel=1e-9)


def test_its_links_are_those_of_the_likelihood(real, world):
    free = {name: value[None] for name, value in world.items()}
    p = likelihood.parameters(np, free, real.observed)
    (by_likelihood,) = np.exp(likelihood.link_strength(p, real.observed.structure))
    ratios = simulated_record.link_ratios(world, by_class(world, real), real.scenario)
    assert ratios == pytest.approx(by_likelihood, rel=1e-9)


def test_as_many_cases_end_as_their_hazards_say(real, world):
    cases, classes, rng = real.observed.cases, by_class(world, real), np.random.default_rng(1)
    many = [simulated._cases(world, classes, real, rng).event.sum() for _ in range(400)]
    rate = classes.rate[cases.class_] * np.exp(cases.traits @ world["trait"])
    shape = classes.shape[cases.class_]
    entered = simulated.by_then(rate, shape, np.exp(cases.log_entry))
    chance = -np.expm1(entered - simulated.by_then(rate, shape, real.watched))
    # Independent cases: the variance of their number is the sum of p (1 - p).
    error = np.sqrt((chance * (1 - chance)).sum() / 400)
    assert np.mean(many) == pytest.approx(chance.sum(), abs=4 * error)


def test_what_happens_once_is_exposed_no_longer_and_acts_from_then_on(real, world):
    # Hazards so large that everything has happened within weeks.
    eager = world | {"departure": world["departure"] + 12.0}
    weeks = simulate(eager, real, np.random.default_rng(2)).weeks
    for k, outcome in enumerate(real.scenario.outcomes):
        happened = np.flatnonzero(weeks.event[:, k])
        assert len(happened), outcome.id
        after = weeks.exposure[happened[0] + 1 :, k]
        if outcome.happens_again:
            assert (after > 0).all()
        else:
            assert weeks.event[:, k].sum() == 1 and not after.any()
        for place, link in enumerate(real.scenario.links):
            if link.from_ == outcome.id:
                assert not weeks.acting[: happened[0] + 1, place].any()
                assert weeks.acting[happened[0] + 1, place] > 0.9


def test_a_link_fades_by_its_half_life_from_the_day_it_began():
    scenario = real_evidence.evidence().scenario
    happened = simulated_record._Happened(scenario, {"renewed_offensive": 3.5})
    (link,) = [link for link in scenario.links if link.name == "renewed_offensive -> csto_exit"]
    # Half-life 90 days. The sixteenth week begins on day 105, 101.5 days later.
    assert happened.acts(link, 15) == pytest.approx(0.5 ** (101.5 / 90))


def test_a_case_that_ended_can_be_watched_to_the_as_of_day_and_others_as_long_as_they_were(real):
    cases = real_evidence.evidence().cases.set_index("case")
    for row, case in enumerate(real.observed.cases.id):
        if real.observed.cases.event[row] == 0:
            assert real.watched[row] == pytest.approx(np.exp(real.observed.cases.log_time[row]))
        else:
            days = (np.datetime64(real_evidence.AS_OF) - cases.loc[case, "start"]).days
            assert real.watched[row] == pytest.approx(days / 365.25)


def test_all_deaths_are_given_to_a_month(real, world):
    months = simulate(world, real, np.random.default_rng(3)).months
    assert not months.more_chance.any() and (months.deaths == months.deaths_more).all()


def score(free, observed, name, size=1e-4):
    """Change of the log likelihood per unit of all places of a parameter, at `free`."""
    ends = np.array([-size, size]).reshape(2, *[1] * free[name].ndim)
    both = {other: np.stack([value, value]) for other, value in free.items()}
    both[name] = both[name] + ends
    terms = likelihood.terms(np, both, observed, gammaln).values()
    low, high = sum(term.reshape(2, -1).sum(axis=1) for term in terms)
    return (high - low) / (2 * size)


@pytest.mark.slow
def test_on_average_the_log_likelihood_has_no_slope_at_the_truth(real):
    # What holds of every right pair of simulator and likelihood, whatever the parameters.
    names = "log_rate log_shape trait departure effect link centre death_level coder_noise".split()
    draws, rng = real_evidence.prior_draws(300, 8), np.random.default_rng(4)
    slopes = []
    for place in range(300):
        free = {name: values[place] for name, values in draws.items()}
        observed = simulate(free, real, rng)
        slopes.append([score(free, observed, name) for name in names])
    mean, error = np.mean(slopes, axis=0), np.std(slopes, axis=0) / np.sqrt(300)
    assert (np.abs(mean) < 4 * error).all(), dict(zip(names, mean / error, strict=True))
