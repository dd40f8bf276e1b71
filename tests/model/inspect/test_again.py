"""Calls made again in the same order are answered as they were the first time."""

import numpy as np
import pytest
from scipy import special

from model.inspect.again import Again


def test_the_second_round_is_the_first_and_no_number_is_drawn_for_it():
    same = Again(np.random.default_rng(3))
    first = same.again().standard_normal((2, 3)), same.chisquare(np.arange(1, 4), size=(2, 3))
    second = same.again().standard_normal((2, 3)), same.chisquare(np.arange(1, 4), size=(2, 3))
    assert all(one is other for one, other in zip(first, second, strict=True))
    rng = np.random.default_rng(3)
    assert np.array_equal(first[0], rng.standard_normal((2, 3)))
    assert np.array_equal(first[1], rng.chisquare(np.arange(1, 4), size=(2, 3)))


def test_a_longer_round_goes_on_where_the_first_one_ended():
    same, rng = Again(np.random.default_rng(3)), np.random.default_rng(3)
    expected = rng.standard_normal(5), rng.standard_normal(5)
    same.again().standard_normal(5)
    assert np.array_equal(same.again().standard_normal(5), expected[0])
    assert np.array_equal(same.standard_normal(5), expected[1])


@pytest.mark.parametrize("size", [4, (5, 1)])
def test_another_call_than_the_first_round_made_is_an_error(size):
    same = Again(np.random.default_rng(3))
    same.standard_normal(5)
    with pytest.raises(ValueError, match="^call 0 was "):
        same.again().standard_normal(size)


def test_an_answer_that_serves_again_cannot_be_changed():
    answer = Again(special).gammaln(np.arange(1.0, 5.0))
    assert answer == pytest.approx(np.log([1, 1, 2, 6]))
    with pytest.raises(ValueError, match="read-only"):
        answer += 1
