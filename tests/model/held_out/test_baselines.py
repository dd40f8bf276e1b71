"""The simple rules: by hand on a few cases."""

import numpy as np
import pytest

from model.held_out.baselines import chances, log_densities, rate, waiting
from model.held_out.waits import Waits


def cases(*rows):
    """rows: (class, entry, years, event)."""
    of, entry, years, event = (np.array(column) for column in zip(*rows, strict=True))
    names = np.array([f"c{place}" for place in range(len(rows))])
    began = np.full(len(rows), np.datetime64("2000-01-01"))
    return Waits(names, of, names, began, entry * 1.0, years * 1.0, event * 1.0)


FOUR = cases(("war", 0, 1, 1), ("war", 0, 4, 0), ("war", 2, 1, 1), ("war", 2, 4, 0))


def test_the_share_still_waiting_counts_cases_from_their_entry_on():
    # By year 1 one of two has come; those that enter at 2 are not at risk then. At 3 one of three
    # comes: 1/2 x 2/3.
    assert waiting(FOUR, 0.0, np.array([0.5, 1.5, 3.5])) == pytest.approx([1, 1 / 2, 1 / 3])
    # Given that it waited two years, the first event is past: 2/3.
    assert waiting(FOUR, 2.0, np.array([0.5, 1.5])) == pytest.approx([1, 2 / 3])


def test_a_case_on_which_readers_disagree_counts_half():
    half = cases(("war", 0, 1, 0.5), ("war", 0, 4, 0))
    # One of four readings ends at 1.
    assert waiting(half, 0.0, np.array([2.0])) == pytest.approx([3 / 4])


def test_nobody_watched_so_long_is_no_forecast_that_it_comes():
    gone = cases(("war", 0, 1, 1), ("war", 0, 2, 1))
    assert waiting(gone, 3.0, np.array([1.0])).tolist() == [1.0]


def test_a_constant_rate_is_events_over_years_watched():
    assert rate(FOUR) == pytest.approx(2.5 / 10.5)


def test_the_pooled_rule_alone_reads_other_classes():
    train, case = cases(("war", 0, 2, 1), ("road", 0, 2, 0)), cases(("war", 0, 3, 1))
    said = chances(train, case, np.array([1.0]))
    assert said["constant"] == pytest.approx([1 - np.exp(-1.5 / 2.5)])
    assert said["pooled"] == pytest.approx([1 - np.exp(-1.5 / 4.5)])
    assert said["kaplan_meier"] == pytest.approx([0])  # the only one came after two years
    density = log_densities(train, case)
    assert density["constant"] == pytest.approx(np.log(0.6) - 0.6 * 3)
