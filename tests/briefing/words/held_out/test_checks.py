"""The self-checks in words: a line each, rows by class, null worlds."""

import pandas as pd

from briefing.words.held_out import checks
from model.self_checks import badge
from tests.model import real_evidence

SCENARIO = real_evidence.evidence().scenario


def row(passed, check=badge.RECOVERY):
    made = {"asked": 44, "outside": 2, "allowed": 5, "passed": passed, "version": "abc"}
    return {"check": check} | made


def test_a_line_says_what_lies_outside_and_how_much_may():
    assert checks.line(row(True)).startswith("Recovery, passed: 2 of 44 quantities have 90%")
    assert checks.line(row(True)).endswith("up to 5 may.")
    assert "**not passed**" in checks.line(row(False))


def test_the_summary_names_what_is_not_passed():
    assert checks.summary(pd.DataFrame([row(True)] * 2)) == "**All two self-checks passed.**"
    mixed = pd.DataFrame([row(True), row(False, badge.DEATHS)])
    assert checks.summary(mixed).endswith("Not passed: monthly deaths.")


def test_checks_of_another_version_are_named():
    rows = pd.DataFrame([row(True)])
    assert checks.older(rows, "abc") == ""
    assert "older version of the model: recovery.**" in checks.older(rows, "def")


def test_a_classs_horizons_share_a_row_and_others_have_their_own():
    title = checks.about_title(badge.CLASS, "renewed_fighting, 12 months", SCENARIO)
    assert title == "Ceasefire to renewed interstate fighting, 12 months"
    assert checks.row_title(title) == "Ceasefire to renewed interstate fighting"
    assert checks.about_title(badge.DEATHS, "mean", SCENARIO) == "Deaths: mean"
    assert checks.row_title("Peace treaty") == "Peace treaty"


def test_null_worlds_are_said_with_their_false_alarms():
    alarms = pd.DataFrame(
        {"outcome": ["all"], "worlds": [20], "mean": [0.12], "highest": [0.41]}
        | {"above_20": [0.15], "above_50": [0.0]}
    )
    said = checks.null_worlds_said(alarms)
    assert said.startswith("In 20 histories in which nothing happened")
    assert "was 12% on average and 41% at the highest" in said
    assert said.endswith("It passed 20% in 15% of worlds and outcomes, 50% in none.")
