"""Intervals over draws: each end is a draw's own value, at its place in the order."""

import numpy as np
import pytest

from model.forecast.monte_carlo import draw_interval

RNG = np.random.default_rng(5)


def test_the_ends_by_hand():
    # of 21 draws in order, 5 % and 95 % of the way from the first to the last: places 1 and 19
    values = RNG.permutation(21).astype(float)
    assert [end.item() for end in draw_interval(values)] == [1.0, 19.0]


@pytest.mark.parametrize("shape", [(1,), (2, 3), (40,), (400, 2, 3), (997, 5)])
def test_the_ends_are_those_of_the_sorted_draws_and_the_draws_stay_as_they_are(shape):
    values = RNG.normal(size=shape)
    before = values.copy()
    low, high = draw_interval(values)
    ordered, last = np.sort(values, axis=0), shape[0] - 1
    assert np.array_equal(low, ordered[round(0.05 * last)])
    assert np.array_equal(high, ordered[round(0.95 * last)])
    assert np.array_equal(values, before)


def test_weighted_draws_count_as_often_as_their_weight_says():
    # two draws of four hold all the weight, half each: the ends are theirs
    low, high = draw_interval(np.array([9.0, 1.0, 2.0, -9.0]), np.array([0.0, 0.5, 0.5, 0.0]))
    assert (low, high) == (1.0, 2.0)
