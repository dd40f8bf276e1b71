"""A chain of many levels is solved in singles: near to the matrix exponential, and to doubles."""

import numpy as np
import pytest

from model.engine import engine, marginals, solved
from model.engine.pairs import pairs
from tests.bench.growth import larger
from tests.model.engine.test_engine import by_expm, random_case

INF = np.inf


def in_doubles(function, **asked):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "SINGLE_FROM", INF)
        return function(**asked)


def test_nine_outcomes_agree_with_expm():
    log_hazard, link = random_case(4, 9, steps=2, draws=1, highest=4.0)
    step = np.array([1 / 12, 0.5])
    joint, _ = solved(log_hazard, link, step)
    expected = by_expm(log_hazard[0], link[0], step, [INF] * 9)
    assert engine.precision(2**9) is np.float32
    assert np.abs(joint[0] - expected).max() < 1e-6
    assert np.abs(marginals(joint[0]) - marginals(expected)).max() < 5e-6


def test_eight_outcomes_two_fading_are_within_a_millionth_of_doubles_after_24_months():
    asked = larger.network(8, 32, 24)
    joint, chances = solved(**asked, keep=[23])
    exact_joint, exact = in_doubles(solved, **asked, keep=[23])
    assert 0 < np.abs(chances - exact).max() < 2e-6  # more than 0: other numbers were computed
    assert np.abs(joint - exact_joint).max() < 1e-6
    assert np.abs(chances.mean(axis=0) - exact.mean(axis=0)).max() < 5e-7


@pytest.mark.slow  # it compiles the pairs once more
def test_pairs_of_eight_outcomes_are_within_a_millionth_of_doubles():
    asked = larger.network(8, 32, 4) | {"day": 0}
    found, exact = pairs(**asked), in_doubles(pairs, **asked)
    for single, double in zip(found, exact, strict=True):
        assert np.abs(single - double).max() < 2e-6


def test_six_outcomes_of_the_region_are_solved_in_doubles():
    """Two fade, one acts still: 192 levels at most (`test_levels`)."""
    assert engine.precision(192) is np.float64
