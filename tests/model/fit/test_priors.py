"""Priors: the scenario's 90 % intervals, as normals of logarithms."""

import numpy as np
import pytest
from scipy import stats

from model.fit.likelihood import parameters
from model.fit.priors import log_normal
from tests.model import real_evidence


@pytest.fixture(scope="module")
def scenario():
    return real_evidence.evidence().scenario


@pytest.fixture(scope="module")
def prior():
    return real_evidence.prior()


def interval(prior, name, place):
    law = stats.norm(prior.location[name][place], prior.scale[name][place])
    return law.ppf((0.05, 0.95))


def test_an_interval_holds_ninety_percent_of_its_log_normal():
    location, scale = log_normal([(0.5, 8.0)])
    assert location[0] == pytest.approx(np.log(2.0))  # the geometric middle of 1/2 and 8
    assert np.exp(stats.norm(location, scale).ppf([0.05, 0.95])) == pytest.approx([0.5, 8.0])


@pytest.mark.parametrize("name, parts", [("effect", "effects"), ("link", "links")])
def test_every_arrow_has_the_interval_of_its_hazard_ratio(scenario, prior, name, parts):
    arrows = [arrow for arrow in getattr(scenario, parts) if arrow.hazard_ratio is not None]
    assert prior.labels[name] == tuple(f"{arrow.from_} -> {arrow.to}" for arrow in arrows)
    for place, arrow in enumerate(arrows):
        assert np.exp(interval(prior, name, place)) == pytest.approx(arrow.hazard_ratio)


def test_every_centre_has_the_interval_of_its_level(scenario, prior):
    levels = {
        f"{driver} -> {outcome.id}, {clock.switch or clock.date}": level
        for outcome in scenario.outcomes
        for clock in outcome.clocks
        for driver, level in clock.typical.items()
    }
    assert prior.labels["centre"] == tuple(levels) and len(levels) > 10
    for place, level in enumerate(levels.values()):
        assert interval(prior, "centre", place) == pytest.approx(level)


def test_every_class_has_the_interval_of_its_rate_and_shape(scenario, prior):
    shaped = [c for c in scenario.classes if c.shape is not None]
    for place, of in enumerate(scenario.classes):
        assert np.exp(interval(prior, "log_rate", place)) == pytest.approx(of.rate)
    for place, of in enumerate(shaped):
        assert np.exp(interval(prior, "log_shape", place)) == pytest.approx(of.shape)
    assert prior.labels["log_shape"] == tuple(c.id for c in shaped)


def test_the_gate_has_its_interval_as_a_share(scenario, prior):
    (gated,) = [c for c in scenario.classes if c.gate_share is not None]
    odds = np.exp(interval(prior, "gate_logit", 0))
    assert odds / (1 + odds) == pytest.approx(gated.gate_share)


def test_a_trait_is_neutral_unless_the_scenario_gives_its_ratio(scenario, prior):
    for place, label in enumerate(prior.labels["trait"]):
        of, trait = label.split(": ")
        reference = scenario.reference_class(of)
        if trait in reference.trait_ratio:
            expected = reference.trait_ratio[trait]
            assert np.exp(interval(prior, "trait", place)) == pytest.approx(expected)
        else:
            assert prior.location["trait"][place] == 0
            assert prior.scale["trait"][place] == reference.trait_sd


def test_departures_and_coder_noise_are_centred(scenario, prior):
    departures = [outcome.departure_sd for outcome in scenario.outcomes]
    assert prior.scale["departure"].tolist() == departures
    assert (prior.location["departure"] == 0).all()
    assert (prior.location["coder_noise"] == 0).all() and (prior.scale["coder_noise"] == 1).all()


def test_shorter_parameter_vectors_land_at_their_class_and_link(scenario):
    free = real_evidence.prior_draws(2, seed=5)
    full = parameters(np, free, real_evidence.observed())
    shaped = [n for n, c in enumerate(scenario.classes) if c.shape is not None]
    sized = [n for n, link in enumerate(scenario.links) if link.hazard_ratio is not None]
    assert full["shape"][:, shaped] == pytest.approx(np.exp(free["log_shape"]))
    assert (np.delete(full["shape"], shaped, axis=1) == 1).all()
    assert full["link_size"][:, sized] == pytest.approx(free["link"])


def test_no_arrow_breaks_the_designs_bounds(scenario):
    # No centre beyond x1.7 a unit on a claim alone, no interval narrower than x/: 1.4.
    for arrow in (*scenario.effects, *scenario.links):
        if arrow.hazard_ratio is None:
            continue
        low, high = arrow.hazard_ratio
        assert np.sqrt(high / low) >= 1.4 - 1e-9, f"{arrow.from_} -> {arrow.to}"
        if arrow.basis == "claim":
            assert 1 / 1.7 <= np.sqrt(low * high) <= 1.7, f"{arrow.from_} -> {arrow.to}"
