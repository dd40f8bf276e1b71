"""Scores by hand on small tables."""

import numpy as np
import pandas as pd
import pytest

from model.scoring.scores import brier, briers, log_score, ranked_probability, scored

SAID, CAME = np.array([0.8, 0.3, 0.1]), np.array([True, False, False])


def test_the_brier_score_by_hand():
    # (0.2 squared + 0.3 squared + 0.1 squared) / 3 = (0.04 + 0.09 + 0.01) / 3
    assert brier(SAID, CAME) == pytest.approx(0.14 / 3)


def test_the_log_score_by_hand():
    # What came was given 0.8, 0.7 and 0.9.
    assert log_score(SAID, CAME) == pytest.approx(-np.log(0.8 * 0.7 * 0.9) / 3)


def test_a_coin_has_a_quarter_and_the_log_of_two():
    half = np.array([0.5, 0.5])
    assert brier(half, half > 1) == 0.25
    assert log_score(half, half > 1) == pytest.approx(np.log(2))


def test_what_was_called_impossible_and_came_has_an_endless_log_score():
    assert log_score(np.array([0.0, 0.5]), np.array([True, False])) == np.inf
    assert log_score(np.array([1.0, 0.0]), np.array([True, False])) == 0


@pytest.mark.parametrize("wrong", [-0.1, 1.1])
def test_what_is_no_probability_has_no_score(wrong):
    with pytest.raises(ValueError, match="outside"):
        brier(np.array([wrong]), np.array([True]))


def test_scores_are_of_all_forecasts_and_of_each_outcome():
    table = pd.DataFrame(
        {
            "outcome": ["rain", "rain", "hail"],
            "happened": CAME,
            "ours": SAID,
            "coin": 0.5,
        }
    )
    scores = scored(table, ["ours", "coin"]).set_index(["forecaster", "outcome"])
    assert scores["forecasts"].to_list() == [3, 3, 2, 2, 1, 1]
    assert scores["came"].to_list() == [1, 1, 1, 1, 0, 0]
    assert scores.loc[("ours", "all"), "brier"] == pytest.approx(0.14 / 3)
    assert scores.loc[("ours", "rain"), "brier"] == pytest.approx((0.04 + 0.09) / 2)
    assert scores.loc[("ours", "hail"), "log_score"] == pytest.approx(-np.log(0.9))
    assert (scores.xs("coin")["brier"] == 0.25).all()


def test_the_ranked_probability_score_by_hand():
    # Said 0.2 by the first day and 0.5 by the second; it came between: (0.2² + 0.5²) / 2.
    assert ranked_probability([[0.2, 0.5]], [[0, 1]]) == pytest.approx([0.145])
    # By the first already: (0.8² + 0.5²) / 2; by neither: (0.2² + 0.5²) / 2.
    both = ranked_probability([[0.2, 0.5]] * 2, [[1, 1], [0, 0]])
    assert both == pytest.approx([0.445, 0.145])


def test_with_one_day_the_ranked_probability_score_is_the_brier_score():
    assert ranked_probability(SAID[:, None], CAME[:, None]) == pytest.approx(briers(SAID, CAME))


def test_a_chance_that_falls_with_time_has_no_ranked_probability_score():
    with pytest.raises(ValueError, match="no smaller"):
        ranked_probability([[0.5, 0.4]], [[0, 1]])
