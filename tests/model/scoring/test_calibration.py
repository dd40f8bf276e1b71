"""The tables of calibration: which quantities are caught, how often intervals hold the truth."""

import numpy as np
import pytest

from model.scoring import calibration
from tests.model.scoring.test_stored import result

FITS, KEPT = 200, 99


@pytest.fixture(scope="module")
def mixed():
    """Two quantities: ranks as even as can be, and ranks that all lie in the upper half."""
    even = np.repeat(np.arange(KEPT + 1), FITS // (KEPT + 1))
    ranks = {"effect": np.stack([even, 50 + even // 2], axis=1)}
    return result(ranks=ranks, names={"effect": ("even", "high")}, kept=KEPT)


def test_even_ranks_stay_in_the_band_and_crowded_ones_leave_it(mixed):
    table = calibration.verdicts(mixed).set_index("about")
    assert table["inside"].to_dict() == {"even": True, "high": False}
    assert table.loc["even", "p_value"] > 0.9 and table.loc["high", "p_value"] < 0.001


def test_the_share_held_is_the_share_of_ranks_in_the_middle_nine_tenths(mixed):
    held = calibration.verdicts(mixed).set_index("about")["held"]
    # Even: of a hundred places 5 to 94 lie inside. High: of 50 to 99 those up to 94, 45 of 50.
    assert held["even"] == pytest.approx(0.9) and held["high"] == pytest.approx(0.9)


def test_a_curve_is_how_many_more_ranks_lie_below_than_expected(mixed):
    rows = calibration.curves(mixed).query("about == 'high' and share == 0.5")
    assert rows["gap"].item() == pytest.approx(-0.5)  # none of them lies in the lower half


def test_a_result_has_the_same_table_each_time(mixed):
    assert calibration.verdicts(mixed).equals(calibration.verdicts(mixed))
