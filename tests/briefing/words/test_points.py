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


@pytest.mark.parametrize(
    ("ends", "size"),
    [
        # errors of 0.08, 0.22 and 0.006 points: a tenth, whole points, a hundredth
        (((0.105, 0.0006), (0.083, 0.0008)), 0.1),
        (((0.068, 0.0009), (0.173, 0.0022)), 1.0),
        (((0.0007, 0.00001), (0.0035, 0.00006)), 0.01),
        # a hundredth of 2.5 and of 30 points: no finer, however small the error
        (((0.013, 0.00001), (0.025, 0.00001)), 0.1),
        (((0.2, 0.0001), (0.3, 0.0001)), 1.0),
        (((0.01, None), (0.02, 0.0001)), 1.0),  # an unknown error
    ],
)
def test_steps_are_told_to_the_error_of_the_chances_they_join(ends, size):
    assert points.digit(*ends) == size


def test_a_waterfall_adds_up_as_shown():
    # 3.11 + 0.44 - 0.89 + 0.76 - 0.47 + 0.06 + 0.01 + 0.68 = 3.70: 3.1 and 3.7, rounded
    # 0.4 - 0.9 + 0.8 - 0.5 + 0.1 + 0 + 0.7 is 0.6, as the ends have it
    shares = [0.0044, -0.0089, 0.0076, -0.0047, 0.0006, 0.0001, 0.0068]
    shown = points.waterfall(0.0311, shares, 0.0370, 0.1)
    assert (shown.first, shown.last) == ("3.1%", "3.7%")
    assert shown.steps == (
        *("+0.4 points", "−0.9 points", "+0.8 points", "−0.5 points", "+0.1 points"),
        *("under 0.1 points", "+0.7 points"),
    )
    assert shown.levels == ("3.5%", "2.6%", "3.4%", "2.9%", "3.0%", "3.0%", "3.7%")


def test_the_step_that_was_rounded_furthest_gives_way():
    # 1.04 + 0.13 + 0.44 = 1.61: 1.0 + 0.1 + 0.4 is 1.5 and not 1.6, and 0.44 was rounded furthest
    shown = points.waterfall(0.0104, [0.0013, 0.0044], 0.0161, 0.1)
    assert (shown.first, *shown.steps) == ("1.0%", "+0.1 points", "+0.5 points")
    assert shown.levels == ("1.1%", "1.6%")
    # what is less than a digit is told as less, and counts as none
    assert points.waterfall(0.0007, [0.0014], 0.0021, 0.1).first == "<0.1%"
    assert points.waterfall(0.0007, [0.0014], 0.0021, 0.1).steps == ("+0.2 points",)
