"""The flip point: every change is verified by a forecast, and one step less is not enough."""

from datetime import date

import pytest

from model.assumptions import NOTHING, Assumptions, DriverAssumption
from model.explain.flip_point import STEP, flip_points
from model.explain.tornado import chance, present_levels, with_driver

DEADLINE = date(2023, 12, 31)


@pytest.fixture(scope="module", params=[("peace_treaty", 0.02), ("russian_withdrawal", 0.14)])
def flips(fitted, request):
    outcome, threshold = request.param
    now = chance(fitted, NOTHING, outcome, DEADLINE)
    return outcome, threshold, now, flip_points(fitted, NOTHING, outcome, threshold, DEADLINE)


def applied(setting) -> Assumptions:
    field = "drivers" if isinstance(setting, DriverAssumption) else "outcomes"
    return Assumptions(**{field: (setting,)})


def test_every_change_takes_the_outcome_past_the_threshold(fitted, flips):
    outcome, threshold, now, table = flips
    assert len(table) > 0
    for row in table.itertuples():
        then = chance(fitted, applied(row.setting), outcome, DEADLINE)
        assert then == row.probability
        assert (then >= threshold) if threshold > now else (then <= threshold)


def test_a_driver_goes_no_further_than_it_must(fitted, flips):
    outcome, threshold, now, table = flips
    drivers = table[table["kind"] == "driver"]
    assert len(drivers) > 0
    for row in drivers.itertuples():
        rises = row.setting.level > present_levels(fitted)[row.id]
        nearer = round(row.setting.level - (STEP if rises else -STEP), 1)
        almost = row.setting.model_copy(update={"level": nearer})
        then = chance(fitted, with_driver(NOTHING, almost), outcome, DEADLINE)
        assert (then < threshold) if threshold > now else (then > threshold)


def test_the_least_surprising_change_stands_first(flips):
    *_, table = flips
    assert list(table["chance"]) == sorted(table["chance"], reverse=True)
    chance = table["chance"].clip(lower=1e-12)  # no rarer than this is told apart
    assert (table["one_in"] * chance).to_numpy() == pytest.approx(1)


def test_there_may_be_no_single_change(fitted):
    assert flip_points(fitted, NOTHING, "csto_exit", 0.9, DEADLINE).empty


def test_an_outcome_is_no_change_of_its_own(fitted):
    table = flip_points(fitted, NOTHING, "turkish_involvement", 0.01, DEADLINE)
    assert "turkish_involvement" not in set(table["id"])
    assert "renewed_offensive" in set(table["id"])  # fighting is what brings a third party in
