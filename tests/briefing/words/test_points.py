"""Percentage points in words: digits follow the size of a difference and its error."""

import math

import pytest

from briefing.words import points


def test_points_have_no_more_digits_than_their_error_allows():
    # the errors in points are 0.02, 0.004 and 1: tenths, hundredths, whole points
    assert points.bare(0.0123, 0.0002) == "+1.2"
    assert points.bare(-0.031, 0.00004) == "−3.10"
    assert points.bare(0.5, 0.01) == "+50"
    assert points.bare(0.00001, 0.0002) == "under 0.1"
    assert points.bare(0.0, 0.0) == "0"


@pytest.mark.parametrize(
    ("difference", "text", "to_a_tenth", "whole"),
    [
        (0.0413, "+4 points", "+4.1 points", "+4 points"),
        (-0.0299, "−3.0 points", "−3.0 points", "−3 points"),
        (-0.0031, "−0.3 points", "−0.3 points", "under 1 point"),
        (0.0004, "under 0.1 points", "under 0.1 points", "under 1 point"),
        (0.0, "0 points", "0 points", "0 points"),
    ],
)
def test_a_difference_is_said_to_a_tenth_up_to_three_points_or_to_the_digit_asked_for(
    difference, text, to_a_tenth, whole
):
    assert points.difference(difference) == text
    assert points.difference(difference, 0.1) == to_a_tenth
    assert points.difference(difference, 1.0) == whole


@pytest.mark.parametrize(
    ("mcse", "text"),
    [(0.0044, "0.4 points"), (0.00004, "0.004 points"), (0.02, "2 points"), (math.nan, "unknown")],
)
def test_an_error_has_one_digit_and_is_unknown_where_it_is_no_number(mcse, text):
    assert points.error(mcse) == text


def test_parts_of_whole_points_add_up_as_shown():
    # 0.3 + 0.4 = 0.7, shown 1; each alone is 0, and 0.4 was rounded furthest
    assert points.adding_up((0.003, 0.004), 1.0) == ("+1 point", ["0 points", "+1 point"])


@pytest.mark.parametrize(
    ("parts", "whole", "shown"),
    [
        # -0.37 + 0.25 = -0.12, shown -0.1; -0.4 + 0.2 is -0.2, and 0.25 was rounded furthest
        ((-0.0037, 0.0025), "−0.1 points", ["−0.4 points", "+0.3 points"]),
        # -0.445 + 0.26 = -0.185, shown -0.2; -0.4 + 0.3 is -0.1, and -0.445 was rounded furthest
        ((-0.00445, 0.0026), "−0.2 points", ["−0.5 points", "+0.3 points"]),
        ((0.02, 0.02), "+4 points", ["+2 points", "+2 points"]),
        # 1.4 + 2.41 = 3.81, shown 4; 1 + 2 is 3, and 2.41 was rounded furthest
        ((0.014, 0.0241), "+4 points", ["+1 point", "+3 points"]),
        ((0.0, 0.0), "0 points", ["0 points", "0 points"]),
    ],
)
def test_parts_add_up_as_shown(parts, whole, shown):
    assert points.adding_up(parts) == (whole, shown)
