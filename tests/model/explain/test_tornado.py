"""What matters most: the rows are forecasts, the widest first."""

from datetime import date

import numpy as np
import pytest

from model.assumptions import NOTHING, Assumptions, DriverAssumption
from model.explain.tornado import chance, present_levels, tornado, with_driver
from model.forecast import forecast

DEADLINE = date(2023, 12, 31)
SET = Assumptions(
    drivers=(
        DriverAssumption(id="western_mediation", level=1.9),
        DriverAssumption(id="turkish_backing", level=-0.5, from_=date(2023, 11, 1)),
    )
)


def probability(run, assumptions, outcome="peace_treaty"):
    rows = forecast(run, assumptions, DEADLINE).outcomes.set_index("outcome")
    return rows.at[outcome, "probability"]


@pytest.fixture(scope="module")
def table(fitted):
    return tornado(fitted, NOTHING, "peace_treaty", DEADLINE)


def test_each_end_is_the_forecast_with_that_driver_made_so(fitted, table):
    for row in table.head(3).itertuples():
        for level, shown in ((row.low_level, row.at_low), (row.high_level, row.at_high)):
            made = Assumptions(drivers=(DriverAssumption(id=row.driver, level=level),))
            assert shown == probability(fitted, made)


def test_every_driver_has_a_row_the_widest_swing_first(fitted, table):
    assert set(table["driver"]) == set(fitted.scenario.driver_ids)
    assert list(table["swing"]) == sorted(table["swing"], reverse=True)
    assert (table["swing"] == (table["at_high"] - table["at_low"]).abs()).all()


def test_ends_are_a_standard_deviation_of_half_a_year_off_and_within_the_scale(fitted, table):
    assert ((table["low_level"] >= -2) & (table["high_level"] <= 2)).all()
    # a level is 2 tanh(raw / 2), and half a year after 21 September is in the sixth month
    levels = 2 * np.tanh(fitted.paths["raw_path"][:, 6].astype(float) / 2)
    moves = dict(zip(fitted.scenario.driver_ids, np.maximum(0.1, levels.std(axis=0)), strict=True))
    inside = table[(table["low_level"] > -2) & (table["high_level"] < 2)]
    expected = [moves[driver] for driver in inside["driver"]]
    # the ends are in tenths
    assert (inside["level"] - inside["low_level"]).tolist() == pytest.approx(expected, abs=0.0501)
    assert (inside["high_level"] - inside["level"]).tolist() == pytest.approx(expected, abs=0.0501)
    assert max(expected) > 2 * min(expected)  # one step for all would compare unlike moves


def test_the_rest_of_the_set_stays_and_its_driver_moves_from_where_it_is_set(fitted):
    row = tornado(fitted, SET, "peace_treaty", DEADLINE).set_index("driver")
    assert row.at["western_mediation", "level"] == 1.9
    assert row.at["western_mediation", "high_level"] == 2.0  # a usual move more is off the scale
    low = row.at["western_mediation", "low_level"]
    lower = with_driver(SET, DriverAssumption(id="western_mediation", level=low))
    assert row.at["western_mediation", "at_low"] == probability(fitted, lower)
    assert lower.drivers[0] == SET.drivers[1]


def test_levels_are_the_fitted_ones_unless_set(fitted):
    fitted_levels, levels = present_levels(fitted), present_levels(fitted, SET)
    assert levels["turkish_backing"] == -0.5
    assert levels["russian_commitment"] == fitted_levels["russian_commitment"]


def test_a_chance_that_too_few_draws_stand_behind_is_not_a_number(fitted):
    learned = DriverAssumption(id="russian_commitment", level=2, verb="assume")
    refused = chance(fitted, with_driver(NOTHING, learned), "peace_treaty", DEADLINE)
    assert refused != refused
