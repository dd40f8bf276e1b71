"""What became of a forecast, by hand on a few rows."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from model.evidence import load_evidence
from model.record.resolution import Known, known_of
from model.record.walk import resolved
from model.record.walk.resolved import counts, decided
from model.scenario import SCENARIO_FOLDER

CAME = {"withdrawal": [date(2024, 6, 12)], "treaty": []}
KNOWN = Known(CAME, dict.fromkeys(CAME, date(2024, 12, 31)))


@pytest.fixture
def table():
    said = pd.DataFrame(
        {
            "outcome": ["withdrawal"] * 5 + ["treaty"] * 2,
            "as_of": [date(2023, 9, 21)] * 4 + [date(2024, 7, 1)] + [date(2024, 1, 1)] * 2,
            "deadline": [
                date(2024, 6, 11),
                date(2024, 6, 12),
                date(2024, 12, 31),
                date(2025, 6, 1),
                date(2025, 1, 1),
                date(2024, 12, 31),
                date(2025, 1, 1),
            ],
            "probability": [0.5, 0.5, 0.5, 0.5, np.nan, 0.1, 0.1],
        }
    )
    return resolved.resolved(said, KNOWN)


def test_a_forecast_is_resolved_by_the_day_on_which_it_came(table):
    # Completed on 12 June 2024: not by the 11th, by the 12th; void once it has happened for good.
    words = ["not", "happened", "happened", "happened", "void", "not", "open"]
    assert table["resolution"].to_list() == words
    assert table["resolved_on"].dropna().to_list() == [pd.Timestamp(2024, 6, 12)] * 3


def test_every_forecast_is_counted_in_public(table):
    assert counts(table).to_dict() == {"happened": 3, "not": 2, "open": 1, "void": 1}


def test_what_came_before_a_deadline_still_ahead_is_not_scored(table):
    # Of the fourth row's like only those that come would be scored.
    rows = decided(table, KNOWN)
    assert rows["happened"].to_list() == [False, True, True, False]


def test_the_evidence_says_what_came():
    known = load_evidence(SCENARIO_FOLDER, date(2025, 12, 31))
    outcomes = known_of(known)
    assert outcomes.came["russian_withdrawal"] == [date(2024, 6, 12)]
    assert outcomes.came["peace_treaty"] == []
    # each outcome's record ends with the table that tells of it
    assert outcomes.until["renewed_offensive"] <= known.as_of
    assert outcomes.again == {"renewed_offensive"}


def test_what_an_outcomes_table_does_not_reach_is_open():
    said = {"outcome": ["hail"], "as_of": [date(2024, 1, 1)], "deadline": [date(2024, 3, 1)]}
    rows = pd.DataFrame(said).assign(probability=0.1)
    words = [
        resolved.resolved(rows, Known({"hail": []}, {"hail": last}))["resolution"].item()
        for last in (date(2024, 2, 29), date(2024, 3, 1))
    ]
    assert words == ["open", "not"]


def test_what_had_come_and_was_not_known_yet_is_void_and_no_miss():
    # asked as of the day after the last train left, by a forecaster who did not know yet
    asked = {"outcome": ["withdrawal"], "as_of": [date(2024, 6, 13)]}
    rows = pd.DataFrame(asked).assign(deadline=date(2024, 9, 13), probability=0.3)
    assert resolved.resolved(rows, KNOWN)["resolution"].item() == "void"
    again = Known(KNOWN.came, KNOWN.until, again=frozenset(CAME))
    assert resolved.resolved(rows, again)["resolution"].item() == "not"
