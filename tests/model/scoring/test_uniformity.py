"""Ranks of a right sampler stay in their band; those of a wrong one leave it."""

import numpy as np
import pytest
from arviz_stats.ecdf_utils import ecdf_pit

from model.scoring import uniformity
from model.scoring.uniformity import BAND, gaps, p_value, positions

FITS, KEPT = 200, 99


def ranked(shift=0.0, width=1.0, seed=1):
    """Positions of the truth in fits of a mean with a known answer.

    Truth from N(0, 1), one observation from N(truth, 1): the posterior is N(y / 2, 1 / 2). The
    sampler draws from it, shifted by so many of its standard deviations, and so many times as wide.
    """
    rng = np.random.default_rng(seed)
    truth = rng.standard_normal(FITS)
    centre, sd = (truth + rng.standard_normal(FITS)) / 2, np.sqrt(0.5)
    draws = centre + sd * (shift + width * rng.standard_normal((KEPT, FITS)))
    return positions((draws < truth).sum(axis=0), KEPT, rng)


def test_a_right_sampler_passes():
    failed = np.mean([p_value(ranked(seed=seed)) < 0.05 for seed in range(100)])
    # Binomial(100, 0.05): standard deviation 0.022
    assert failed == pytest.approx(0.05, abs=3 * 0.022)


@pytest.mark.parametrize(
    "fault", [{"width": 0.7}, {"width": 1.6}, {"shift": 0.4}], ids=["overconfident", "wide", "off"]
)
def test_a_wrong_sampler_is_caught(fault):
    assert p_value(ranked(**fault)) < 0.01


def test_an_overconfident_samplers_truths_lie_too_often_at_the_ends():
    table = gaps(ranked(width=0.5))
    below, above = table[table["share"] == 0.1], table[table["share"] == 0.9]
    assert below["gap"].item() > below["high"].item()
    assert above["gap"].item() < above["low"].item()


def test_uniform_values_fail_once_in_twenty_times():
    rng = np.random.default_rng(4)
    failed = np.mean([p_value(rng.uniform(size=60)) < 0.05 for _ in range(400)])
    # Binomial(400, 0.05): standard deviation 0.011
    assert failed == pytest.approx(0.05, abs=3 * 0.011)


def test_a_line_leaves_the_band_exactly_where_the_test_says_so():
    rng = np.random.default_rng(5)
    # slightly curved, so that about half of them fail
    for values in rng.beta(0.85, 1.0, (40, FITS)):
        table = gaps(values)
        inside = (
            (table["gap"] >= table["low"] - 1e-12) & (table["gap"] <= table["high"] + 1e-12)
        ).all()
        assert inside == (p_value(values) > 1 - BAND)


def test_the_band_is_that_of_arviz_but_for_its_rounding():
    values = ranked()[: uniformity.SHARES]  # arviz looks at as many shares as there are values
    shares, share_below, low, high = ecdf_pit(values, BAND, 1000)
    table = gaps(values)
    assert table["share"].to_numpy() == pytest.approx(shares)
    assert table["gap"].to_numpy() == pytest.approx(share_below - shares)
    # both ends are counts of fits; the level of each is simulated, so one fit more or less is left
    assert np.abs(table["low"] - (low - shares)).max() <= 1.01 / len(values)
    assert np.abs(table["high"] - (high - shares)).max() <= 1.01 / len(values)


def test_a_rank_is_a_place_among_one_more_than_the_draws():
    rng = np.random.default_rng(6)
    lowest, middle, highest = positions(np.array([0, 50, 99]), 99, rng)
    assert 0 <= lowest < 0.01 and 0.50 <= middle < 0.51 and 0.99 <= highest < 1


def test_the_narrowest_tail_by_hand():
    # Of two values one share is looked at, a half. Both below it: the chance of two or more below
    # is 1/4, of two or fewer 1. One below: of one or more, and of one or fewer, 3/4.
    both, one = uniformity._narrowest_tails(np.array([[0.1, 0.2], [0.1, 0.7]]))
    assert both == pytest.approx(1 / 4) and one == pytest.approx(3 / 4)
