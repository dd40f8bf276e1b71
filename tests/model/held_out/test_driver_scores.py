"""The drivers' futures scored: by hand, then on a stretch of the record."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from model.evidence import load_evidence
from model.held_out.driver_scores import RULES, crps, driver_scores, pit_table, score_table
from model.inspect.driver_coverage import ALL, driver_pits
from model.scenario import SCENARIO_FOLDER


def test_crps_by_hand():
    # Of one level said, the distance. Of -1 and 1 said and 0 come: mean distance 1, less half the
    # mean distance between any two, (0 + 2 + 2 + 0) / 4 / 2.
    assert crps(np.array([[0.5]]), np.array([-0.2])) == pytest.approx([0.7])
    assert crps(np.array([[-1.0], [1.0]]), np.array([0.0])) == pytest.approx([0.5])


@pytest.fixture(scope="module")
def scores():
    return driver_scores(load_evidence(SCENARIO_FOLDER, date(2022, 1, 1)), every=3)


def test_the_same_days_are_asked_as_for_the_coverage(scores):
    pits = driver_pits(load_evidence(SCENARIO_FOLDER, date(2022, 1, 1)), every=3)
    assert scores["pit"].to_list() == pits["pit"].to_list()
    assert scores[["as_of", "driver", "months"]].equals(
        pits[["as_of", "driver", "months"]].reset_index(drop=True).astype(scores.dtypes[:3])
    )


def test_a_level_that_stays_is_off_by_how_far_it_moved(scores):
    # The scale ends at -2 and 2, so no distance is over 4 and no spread makes more of it.
    assert scores[["model", *RULES]].to_numpy().min() >= 0
    assert scores[["model", *RULES]].to_numpy().max() <= 4


def test_the_table_by_hand():
    made = pd.DataFrame(
        {
            "as_of": [date(2022, 1, 1), date(2022, 2, 1), date(2023, 1, 1)],
            "driver": "d",
            "months": 3,
            "pit": [0.5, 0.97, 0.2],
            "model": [0.1, 0.2, 0.3],
            "persistence": [0.2, 0.4, 0.6],
            "climatology": [0.1, 0.1, 0.1],
        }
    )
    rows = score_table(made).set_index(["driver", "baseline"])
    whole = rows.loc[(ALL, "persistence")]
    assert (whole["days"], whole["years"], whole["inside"]) == (3, 2, pytest.approx(2 / 3))
    assert (whole["own"], whole["base"]) == (pytest.approx(0.2), pytest.approx(0.4))
    assert whole["skill"] == pytest.approx(0.5)
    assert whole["skill_low"] == pytest.approx(0.5) == pytest.approx(whole["skill_high"])
    assert rows.loc[("d", "climatology"), "skill"] == pytest.approx(-1)


def test_pits_are_counted_by_tenths():
    made = pd.DataFrame({"months": [3, 3, 3, 3], "pit": [0.05, 0.06, 0.93, 1.0]})
    table = pit_table(made).set_index("tenth")["share"]
    assert table[1] == table[10] == 0.5 and table.sum() == 1 and len(table) == 10
