"""`make soak`: what it counts, and what it would not pass."""

import pytest

from tests.faults.soak import __main__ as soak
from tests.faults.soak.__main__ import Told, warmed
from tests.faults.soak.visitors import Met


@pytest.mark.parametrize(
    ("after", "met", "is_well"),
    [
        (1_040, Met(1, [0.2, 9.9]), True),
        (1_060, Met(1, [0.2]), False),  # 6 % more memory
        (900, Met(1, [0.2, 10.1], hangs=["/brief opened took 10.1 s"]), False),
        (1_000, Met(1, [0.2], ["/compare: an error"]), False),
    ],
)
def test_a_soak_is_well_without_errors_and_hangs_and_with_level_memory(after, met, is_well):
    assert Told("visitors", 1_000, after, met).is_well == is_well


def test_a_part_is_told_in_one_line_with_its_counts():
    line = Told("visitors", 100 * 2**20, 104 * 2**20, Met(3, [0.5, 11.0], ["x"], ["y"])).line()
    assert "3 visits      2 steps   1 errors   1 hangs" in line
    assert line.endswith("slowest 11.00 s  100 to 104 MiB (+4.0%)")


def test_a_step_of_ten_seconds_is_a_hang_and_is_named():
    met = Met()
    met.took("/compare opened", 9.9)
    met.took("/brief turned to", 10.04)
    assert met.seconds == [9.9, 10.04]
    assert met.hangs == ["/brief turned to took 10.0 s"]


@pytest.mark.parametrize(
    ("held", "rounds"),
    [
        ([500, 504], 2),  # 0.8 % in the second round
        ([500, 560, 600, 610, 613, 700], 5),  # 12, 7, 1.7 and 0.5 %
        ([500, 490, 600], 2),  # less than before is level, too
        ([100 * 2**n for n in range(20)], 8),  # a leak: level never
    ],
)
def test_warming_ends_with_the_first_round_that_adds_a_fifth_of_the_limit_or_less(
    held, rounds, monkeypatch
):
    monkeypatch.setattr(soak, "REST", 0.0)
    left = iter(held)
    assert warmed(lambda: next(left), Met) == held[:rounds]
