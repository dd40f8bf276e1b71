"""Reference classes in words: where the model is not better stands first."""

import pandas as pd

from briefing.words.held_out import classes
from tests.model import real_evidence

SCENARIO = real_evidence.evidence().scenario


def brier(*better):
    """One row per difference: of one class, beside one rule, left out one by one."""
    return pd.DataFrame(
        {
            "way": "case",
            "class": "renewed_fighting",
            "months": [3, 6, 12, 24][: len(better)],
            "baseline": "kaplan_meier",
            "own": [0.2 - value for value in better],
            "base": 0.2,
            "better": better,
            "better_low": [value - 0.03 for value in better],
            "better_high": [value + 0.03 for value in better],
        }
    )


def test_what_is_worse_is_counted_and_the_largest_difference_comes_first():
    said = classes.not_better(brier(0.1, -0.01, -0.05), SCENARIO)
    assert "not better: 2 of 3 comparisons" in said
    first, second = said.index("12 months"), said.index("6 months")
    assert first < second and "Brier 0.250 where the rule has 0.200" in said
    # Of the two only the larger lies below 0 as a whole: -0.05 + 0.03.
    assert "In one of the 2 the 90% interval" in said


def test_where_the_model_is_always_better_that_is_said():
    assert classes.not_better(brier(0.1, 0.2), SCENARIO).startswith("In none of 2 comparisons")


def test_all_classes_together_have_a_title_too():
    assert classes.class_title("all", SCENARIO) == "All classes"
    assert classes.class_title("renewed_fighting", SCENARIO).startswith("Ceasefire to renewed")


def test_events_expected_inside_their_interval_are_said_to_be():
    rows = pd.DataFrame(
        {
            "way": ["case"],
            "class": ["all"],
            "came": [59.5],
            "expected": [61.0],
            "low": [47.4],
            "high": [73.8],
            "p_value": [0.92],
        }
    )
    said = classes.calibration_said(rows, "case")
    assert "61 events were expected and 59.5 came" in said and "lies inside" in said
    assert "lies outside" in classes.calibration_said(rows.assign(expected=80.0), "case")
