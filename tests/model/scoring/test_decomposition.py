"""What a score is made of, by hand on small tables."""

import numpy as np
import pytest

from model.scoring.decomposition import decomposed, discrimination, recalibrated
from model.scoring.scores import log_scores

SAID, CAME = np.array([0.1, 0.1, 0.4, 0.4, 0.8]), np.array([0, 0, 1, 0, 1])


def test_the_parts_by_hand():
    # Of what was said with 0.1, 0.4 and 0.8 came 0, 1/2 and 1: rising already, so the parts are
    # Murphy's. Reliability (2 x 0.1² + 2 x 0.1² + 0.2²) / 5, resolution around 2/5
    # (2 x 0.4² + 2 x 0.1² + 0.6²) / 5, uncertainty 2/5 x 3/5.
    parts = decomposed(SAID, CAME)
    assert parts.reliability == pytest.approx(0.08 / 5)
    assert parts.resolution == pytest.approx(0.7 / 5)
    assert parts.uncertainty == pytest.approx(0.24)
    # And the score itself: (0.01 + 0.01 + 0.36 + 0.16 + 0.04) / 5.
    assert parts.score == pytest.approx(0.58 / 5)
    assert parts.score == pytest.approx(parts.reliability - parts.resolution + parts.uncertainty)


def test_the_parts_of_the_log_score_by_hand():
    # Recalibrated to 0, 1/2 and 1, only the two of 1/2 cost anything: 2 log 2 / 5. The share that
    # came, 2/5, costs its entropy.
    parts = decomposed(SAID, CAME, log_scores)
    entropy = -(0.4 * np.log(0.4) + 0.6 * np.log(0.6))
    assert parts.uncertainty == pytest.approx(entropy)
    assert parts.resolution == pytest.approx(entropy - 2 * np.log(2) / 5)
    assert parts.score == pytest.approx(parts.reliability - parts.resolution + parts.uncertainty)


def test_forecasts_in_the_wrong_order_are_recalibrated_to_one_share():
    # What was said with 0.2 came and what was said with 0.3 did not: both become 1/2.
    assert recalibrated(np.array([0.3, 0.2]), np.array([0, 1])).tolist() == [0.5, 0.5]
    parts = decomposed(np.array([0.2, 0.3]), np.array([1, 0]))
    assert parts.resolution == pytest.approx(0)
    assert parts.reliability == pytest.approx((0.64 + 0.09) / 2 - 0.25)


def test_discrimination_by_hand():
    # Of six pairs of one that came and one that did not five are in the right order, one is a tie.
    assert discrimination(SAID, CAME) == pytest.approx(5.5 / 6)
    assert discrimination(1 - SAID, CAME) == pytest.approx(0.5 / 6)


def test_where_nothing_came_there_is_nothing_to_discriminate():
    assert np.isnan(discrimination(SAID, 0 * CAME))
    parts = decomposed(SAID, 0 * CAME)
    assert (parts.resolution, parts.uncertainty) == (0, 0)
