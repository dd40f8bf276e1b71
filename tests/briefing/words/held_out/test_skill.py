"""Skills and their intervals as text, and when a stored result was made."""

from datetime import date

import pandas as pd
import pytest

from briefing.words.held_out.skill import below, interval, made_said, skill, sum_of
from model.held_out.stored_tables import Result

NAN = float("nan")


@pytest.mark.parametrize(
    "value, text",
    [(0.123, "+0.12"), (-0.034, "−0.03"), (-0.001, "0.00"), (0.0, "0.00"), (NAN, "–")],
)
def test_a_skill_has_two_digits_and_a_sign(value, text):
    assert skill(value) == text


def test_an_interval_that_cannot_be_said_says_so():
    assert interval(-0.1, 0.25) == "−0.10 to +0.25"
    assert interval(NAN, NAN) == "none: one block"


def test_a_sum_has_its_error():
    assert sum_of(10.44, 4.31) == "+10.4 ± 4.3"
    assert sum_of(-0.26, NAN) == "−0.3"


def test_a_result_of_another_version_is_said_to_be_older():
    made = Result(date(2026, 11, 26), "abc", date(2023, 9, 21), {"draws": 4000}, {})
    assert made_said(made, "abc").endswith("with the version of the model shown here (abc).")
    assert "4,000 draws, with version abc of the model, older" in made_said(made, "def")


def test_what_lies_below_a_chart_of_skill_is_said():
    rows = pd.DataFrame({"skill": [0.1, -0.2], "skill_low": [-0.3, -0.9]})
    assert below(rows, -1.0) == ""
    assert below(rows.assign(skill_low=-1.2), -1.0) == " Bars that reach the foot go on below it."
    both = below(pd.DataFrame({"skill": [-3.0], "skill_low": [-5.0]}), -1.0)
    assert both == " A triangle: under −1. Bars that reach the foot go on below it."
