"""Reference cases that waited, and the chance that they wait on."""

from dataclasses import replace

import numpy as np
import pytest

from model.fit import likelihood
from model.held_out.waits import dyad, log_densities, log_survival, waits, without
from tests.model import real_evidence


@pytest.mark.parametrize(
    "title, sides",
    [
        ("India and Pakistan, Kashmir 1948", "India and Pakistan"),
        ("Egypt against Israel, Sinai 1956", "Egypt and Israel"),
        ("Egypt and Israel 1967", "Egypt and Israel"),
        ("Eritrea and Ethiopia 2016", "Eritrea and Ethiopia"),
        ("Ethiopia and Eritrea, the crossings", "Eritrea and Ethiopia"),
        ("Kaliningrad transit papers 2002", "Kaliningrad transit papers"),
    ],
)
def test_the_two_sides_of_a_title(title, sides):
    assert dyad(title) == sides


@pytest.fixture(scope="module")
def real():
    observed = real_evidence.observed()
    return observed, waits(real_evidence.evidence(), observed)


@pytest.fixture(scope="module")
def draws():
    free = real_evidence.prior_draws(20, 3)
    return likelihood.parameters(np, free, real_evidence.observed())


def test_time_counts_from_entry(real):
    observed, of = real
    number = len(observed.cases.id)
    assert of.entry[:number] + of.years[:number] == pytest.approx(np.exp(observed.cases.log_time))
    late = of.entry > 0
    assert late.any() and set(of.of[late]) == {"renewed_fighting"}
    assert (of.years > 0).all()


def test_a_case_that_came_has_the_density_of_its_survival(real, draws):
    # The density of what came is the slope of the chance to have come: by differences.
    observed, of = real
    step = 1e-6 * of.years
    later = np.exp(log_survival(draws, observed, of.years - step))
    earlier = np.exp(log_survival(draws, observed, of.years + step))
    slope = (later - earlier) / (2 * step)
    sure = (of.event == 1) & (slope > 1e-12).all(axis=0)
    assert sure.sum() > 30
    by_slope = np.log(slope[:, sure])
    assert by_slope == pytest.approx(log_densities(draws, observed)[:, sure], abs=1e-3)


def test_at_entry_every_case_still_waits(real, draws):
    observed, _ = real
    assert log_survival(draws, observed, 0.0) == pytest.approx(0, abs=1e-4)


def test_a_case_left_out_is_gone_and_the_others_stay(real):
    observed, of = real
    left = of.dyad == "India and Pakistan"
    rest = without(observed, left)
    assert [*rest.cases.id, *rest.builds.id] == of.id[~left].tolist()
    assert len(replace(of.where(left))) == left.sum() > 10
