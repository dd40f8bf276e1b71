"""Scores of a walk-forward, worked out by hand on a table of seven forecasts."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from model.record.resolution import Known
from model.record.walk import walk_scores
from model.record.walk.misses import misses
from model.record.walk.resolved import resolved

CAME = {"rain": [date(2024, 3, 1)], "hail": []}
KNOWN = Known(CAME, dict.fromkeys(CAME, date(2024, 12, 31)), again=frozenset(CAME))
DAYS = [date(2024, 1, 1), date(2024, 2, 1), date(2024, 4, 1)]


@pytest.fixture(scope="module")
def rows():
    said = pd.DataFrame(
        {
            "outcome": ["rain"] * 3 + ["hail"] * 3 + ["hail"],
            "as_of": DAYS * 2 + [date(2024, 6, 1)],
            "term": ["3 months"] * 6 + ["12 months"],
            "deadline": [date(2024, 3, 31), date(2024, 4, 30), date(2024, 6, 30)] * 2
            + [date(2025, 6, 1)],
            "probability": [0.5, 0.7, 0.2, 0.1, 0.1, 0.3, 0.4],
            "class_rate": 0.5,
            "own_record": 0.2,
            "drivers_off": 0.3,
            "last_value": [np.nan, 0.5, 0.7, np.nan, 0.1, 0.1, np.nan],
            "crowd": np.nan,
        }
    )
    return walk_scores.scorable(resolved(said, KNOWN), KNOWN)


def test_what_is_still_open_is_not_scored_and_what_waits_for_one_event_is_one_block(rows):
    assert len(rows) == 6
    assert rows["block"].nunique() == 3  # rain until 1 March, rain after it, hail
    assert rows["happened"].to_list() == [True, True, False, False, False, False]


def test_scores_by_hand(rows):
    table = walk_scores.scores(rows).set_index(["forecaster", "outcome"])
    whole = table.loc[("probability", "all")]
    # 0.25, 0.09, 0.04; 0.01, 0.01, 0.09: 0.49 over six
    assert whole["brier"] == pytest.approx(0.49 / 6)
    assert whole["reliability"] - whole["resolution"] + whole["uncertainty"] == pytest.approx(
        whole["brier"]
    )
    # both that came were given more than any that did not
    assert whole["discrimination"] == 1.0
    # the rule of the month before has said nothing of the first day
    assert table.loc[("last_value", "all"), "forecasts"] == 4
    assert ("crowd", "all") not in table.index


def test_skill_is_of_the_forecasts_that_both_made(rows):
    table = walk_scores.skills(rows)
    both = table[(table["score"] == "brier") & (table["term"] == "all")]
    both = both.set_index(["baseline", "outcome"])
    # a coin scores 0.25 each
    assert both.loc[("class_rate", "all"), "skill"] == pytest.approx(1 - 0.49 / 6 / 0.25)
    # of the second and third day: ours 0.09 + 0.04 + 0.01 + 0.09, the month before's
    # 0.25 + 0.49 + 0.01 + 0.01
    assert both.loc[("last_value", "all"), "skill"] == pytest.approx(1 - 0.23 / 0.76)
    assert both.loc[("last_value", "all"), "forecasts"] == 4
    assert set(table["baseline"]) == {"class_rate", "own_record", "drivers_off", "last_value"}
    by_term = table[table["term"] == "3 months"]
    assert (by_term["outcome"] == "all").all()


def test_how_many_were_said_to_come_and_came(rows):
    table = walk_scores.transfer(rows).set_index("outcome")
    assert table.loc["rain", ["forecasts", "blocks", "came"]].to_list() == [3, 2, 2]
    assert table.loc["rain", "expected"] == pytest.approx(1.4)
    assert table.loc["hail", "expected"] == pytest.approx(0.5) and table.loc["hail", "came"] == 0


def test_a_set_is_scored_beside_the_model_and_what_it_refused_is_counted(rows):
    asked = rows[["outcome", "as_of", "term"]]
    wet = asked.assign(set="wet", probability=[1.0, 1.0, np.nan, 0.0, 0.0, 0.0])
    dry = asked.assign(set="dry", probability=0.0)
    table = walk_scores.set_scores(pd.concat([dry, wet]), rows).set_index("set")
    assert list(table.index) == ["wet", "dry"]  # the best first
    assert table.loc["wet", ["own", "refused", "forecasts"]].to_list() == [0, 1, 5]
    assert table.loc["dry", "own"] == pytest.approx(2 / 6)


def test_a_set_that_was_always_refused_stays_in_sight_without_a_score(rows):
    mute = rows[["outcome", "as_of", "term"]].assign(set="mute", probability=np.nan)
    dry = mute.assign(set="dry", probability=0.0)
    table = walk_scores.set_scores(pd.concat([mute, dry]), rows).set_index("set")
    assert list(table.index) == ["dry", "mute"]
    assert table.loc["mute", ["forecasts", "refused"]].to_list() == [0, 6]
    assert np.isnan(table.loc["mute", "own"])


def test_a_conditional_is_scored_where_its_condition_came_and_counted_where_it_did_not(rows):
    asked = pd.DataFrame({"as_of": DAYS, "term": "3 months", "given_probability": 0.5})
    if_rain = asked.assign(given="rain", outcome="hail", probability=[0.3, 0.5, 0.9])
    if_hail = asked.assign(given="hail", outcome="rain", probability=0.9)
    table = walk_scores.conditional_scores(pd.concat([if_rain, if_hail]), rows)
    table = table.set_index("given")
    # It rained on the first two days' terms; no hail then.
    assert table.loc["rain", ["met", "failed", "came"]].to_list() == [2, 1, 0]
    assert table.loc["rain", "brier"] == pytest.approx((0.09 + 0.25) / 2)
    assert table.loc["rain", "brier_plain"] == pytest.approx(0.01)
    assert table.loc["hail", ["met", "failed"]].to_list() == [0, 3]
    assert np.isnan(table.loc["hail", "brier"])


def test_the_worst_miss_of_each_event_comes_once(rows):
    table = misses(rows)
    # rain before March: 0.5; hail: 0.3; rain after it: 0.2
    assert table["miss"].to_list() == pytest.approx([0.25, 0.09, 0.04])
    assert table["outcome"].to_list() == ["rain", "hail", "rain"]
