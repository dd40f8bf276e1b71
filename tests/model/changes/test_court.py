"""How far headlines moved between two runs, and which moves are too far."""

from datetime import date

import numpy as np
import pytest

from model.changes.court import moves, too_far
from model.forecast import forecast


@pytest.fixture(scope="module")
def table(earlier, fitted):
    return moves(earlier, fitted)


def test_a_move_is_the_difference_of_two_forecasts_by_one_deadline(table, earlier, fitted):
    before, now = (forecast(run, deadline=date(2023, 12, 31)) for run in (earlier, fitted))
    for row in table.itertuples():
        chances = [answer.row(row.outcome)["probability"] for answer in (before, now)]
        assert [row.before, row.now] == chances and row.deadline == date(2023, 12, 31)
        assert row.moved == chances[1] - chances[0]
        errors = [answer.row(row.outcome)["mcse"] for answer in (before, now)]
        assert row.mcse == pytest.approx(np.sqrt(errors[0] ** 2 + errors[1] ** 2))


def test_too_far_is_further_than_the_points_either_way(table):
    made_up = table.assign(moved=[0.031, -0.05, 0.05, 0.0501, -0.2, 0.0])
    far = too_far(made_up, 5.0)
    # 5.01 points and -20, the furthest first; 5 points are not more than 5
    assert list(far["moved"]) == [-0.2, 0.0501]


def test_a_deadline_that_the_earlier_run_does_not_reach_is_refused(earlier, fitted):
    # 36 months after 21 August 2023 is 20 August 2026
    with pytest.raises(ValueError, match=f"run {earlier.id}: deadline 2026-09-01"):
        moves(earlier, fitted, date(2026, 9, 1))
