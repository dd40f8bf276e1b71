"""Reliability: right forecasters stay inside their interval, wrong ones are caught."""

import numpy as np
import pytest

from model.scoring.reliability import curve, expected_and_came, p_value, right_outcomes

CASES = 400
TRUE = np.random.default_rng(3).beta(1, 2, size=CASES)  # many small chances, some large ones
CAME = (np.random.default_rng(4).uniform(size=CASES) < TRUE).astype(float)
ALONE = np.arange(CASES)


def moved(probability, times, shift):
    """The probabilities with their log odds multiplied, or moved up."""
    odds = np.log(probability / (1 - probability))
    return 1 / (1 + np.exp(-(times * odds + shift)))


FORECASTERS = {
    "right": TRUE,
    "overconfident": moved(TRUE, 2.0, 0.0),
    "shifted": moved(TRUE, 1.0, 0.7),
}


def outside(said):
    table = curve(said, CAME, ALONE)
    return ((table["came"] < table["low"]) | (table["came"] > table["high"])).sum()


def test_a_right_forecaster_lies_within_its_interval_and_wrong_ones_do_not():
    groups_outside = {name: outside(said) for name, said in FORECASTERS.items()}
    # Each of five 90 % intervals misses once in ten times by chance.
    assert groups_outside["right"] <= 1
    assert groups_outside["overconfident"] >= 2 and groups_outside["shifted"] >= 2


def test_the_test_of_reliability_catches_the_wrong_ones_alone():
    p = {name: p_value(said, CAME, ALONE, draws=99) for name, said in FORECASTERS.items()}
    assert p["right"] > 0.1
    # The smallest that 99 draws can say.
    assert p["overconfident"] == p["shifted"] == 0.01


def test_a_curve_by_hand():
    said = np.array([0.1, 0.1, 0.1, 0.6, 0.6, 0.6])
    table = curve(said, np.array([0, 0, 1, 1, 1, 0]), np.arange(6), groups=2)
    assert table["forecasts"].to_list() == [3, 3]
    assert table["said"].to_list() == pytest.approx([0.1, 0.6])
    assert table["came"].to_list() == pytest.approx([1 / 3, 2 / 3])
    # Of three at 0.1 none comes with 0.729, two or more with 0.028: the middle 90 % is 0 to 1/3.
    # Of three at 0.6 none comes with 0.064 and all with 0.216: 0 to 1.
    assert table["low"].to_list() == pytest.approx([0, 0])
    assert table["high"].to_list() == pytest.approx([1 / 3, 1])


def test_forecasts_of_one_block_come_true_together():
    drawn = right_outcomes(np.array([0.2, 0.5, 0.5]), ["a", "a", "b"], draws=4000)
    assert drawn.mean(axis=0) == pytest.approx([0.2, 0.5, 0.5], abs=0.03)
    # The less likely of a block never comes without the likelier.
    assert (drawn[:, 0] <= drawn[:, 1]).all() and (drawn[:, 1] != drawn[:, 2]).any()


def test_how_many_were_expected_has_an_interval_that_grows_with_what_belongs_together():
    said, came = np.full(20, 0.5), np.repeat([1.0, 0.0], 10)
    apart = expected_and_came(said, came, np.arange(20))
    together = expected_and_came(said, came, np.zeros(20))
    assert (apart["expected"], apart["came"]) == (10, 10)
    # Binomial of 20 halves: P(at most 5) 0.021 and P(at most 6) 0.058, so 6 to 14.
    assert (apart["low"], apart["high"]) == (6, 14)
    assert (together["low"], together["high"]) == (0, 20)
