"""What is said of fits to simulated worlds."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from briefing.words.inspect import sampler
from model.scoring.stored import Calibration
from tests.model import real_evidence

RESULT = Calibration(
    made=date(2026, 11, 26),
    version="0123456789ab",
    as_of=date(2023, 9, 21),
    kept=99,
    divergent=3,
    ranks={"effect": np.zeros((200, 2), int), "hazard": np.zeros((200, 1), int)},
    names={},
)
TABLE = pd.DataFrame(
    {
        "kind": ["effect", "effect", "hazard"],
        "about": ["western_mediation -> peace_treaty", "gone -> peace_treaty", "csto_exit"],
        "p_value": [0.4, 0.0004, 0.03],
        "inside": [True, False, False],
        "held": [0.9, 0.84, 0.87],
    }
)


def test_it_says_how_many_quantities_leave_the_band_and_how_many_would_by_chance():
    # 0.05 of three is 0.15; the intervals held 0.9, 0.84 and 0.87, 0.87 on average.
    said = sampler.calibration_said(RESULT, TABLE)
    assert "1 of 3 quantities lie within the band, 2 outside" in said
    assert "chance alone would put about 0." in said
    assert "held the truth in 87% of all cases. Fits with divergences: 3." in said


@pytest.mark.parametrize("present, older", [("0123456789ab", False), ("ba9876543210", True)])
def test_it_says_whether_it_is_older_than_the_model_that_is_shown(present, older):
    said = sampler.calibration_run_said(RESULT, present)
    assert said.startswith("Run on 26 November 2026, with the design of 21 September 2023,")
    assert ("That is older than what is shown here" in said) == older
    assert present in said and "0123456789ab" in said


def test_the_table_has_titles_and_the_smallest_p_value_first():
    scenario = real_evidence.evidence().scenario
    rows = sampler.calibration_in_words(TABLE, scenario)
    # What the scenario no longer has keeps its name.
    assert list(rows["Of"]) == [
        "gone → Peace treaty",
        "CSTO exit",
        "Western mediation → Peace treaty",
    ]
    assert list(rows["p value"]) == ["under 0.001", "0.030", "0.400"]
    assert list(rows["Band"]) == ["outside", "outside", "inside"]
    assert list(rows.iloc[:, -1]) == ["84%", "87%", "90%"]
