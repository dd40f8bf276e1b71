"""What is expected to move an outcome most, and the set that opposes a forecast best."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from model.assumptions import NOTHING, Assumptions, DriverAssumption, OutcomeAssumption
from model.explain import indicators as of
from model.explain.built_in import built_in
from model.explain.indicators import indicators
from model.explain.opposing import opposing
from model.explain.tornado import chance
from model.forecast import forecast

DEADLINE, DAY = date(2023, 12, 31), date(2023, 11, 1)
TREATY = "peace_treaty"


@pytest.fixture(scope="module")
def table(fitted):
    return indicators(fitted, TREATY, DEADLINE, DAY).set_index("id", drop=False)


def test_learning_a_drivers_fifth_moves_the_chance_by_the_mean_distance_of_the_fifths():
    # a chance that grows with the level: fifths at 9.5, 29.5, 49.5, 69.5 and 89.5 %, mean 49.5 %;
    # the distances are 40, 20, 0, 20 and 40 points, 24 on average
    level = np.arange(100.0)
    driver = SimpleNamespace(id="any", title="Any")
    row = of._driver(level / 100, DAY, 4, driver, level)
    assert row[4:7] == pytest.approx((0.24, 0.095, 0.895))


def test_what_an_outcome_teaches_agrees_with_learning_that_it_did_not_happen(fitted, table):
    did_not = Assumptions(
        outcomes=(OutcomeAssumption(id="renewed_offensive", by=DAY, happens=False),)
    )
    rows = forecast(fitted, did_not, DEADLINE).outcomes.set_index("outcome")
    without = rows.at[TREATY, "probability"]
    assert table.at["renewed_offensive", "at_low"] == pytest.approx(without, abs=1e-5)


def test_there_is_a_row_a_driver_and_another_outcome_the_largest_first(fitted, table):
    ids = {*fitted.scenario.driver_ids, *fitted.scenario.outcome_ids} - {TREATY}
    assert set(table["id"]) == ids
    assert table["expected"].is_monotonic_decreasing and (table["expected"] >= 0).all()


def test_the_best_case_against_a_small_chance_is_the_set_that_raises_it_most(fitted):
    sets = built_in(fitted)
    worlds = {name: world for name, world in sets.items() if not world.changes_the_fit}
    now = chance(fitted, NOTHING, TREATY, DEADLINE)
    opposed = opposing(fitted, TREATY, sets, now, DEADLINE)
    chances = {name: chance(fitted, world, TREATY, DEADLINE) for name, world in worlds.items()}
    assert opposed.chance == max(chances.values()) > now
    assert chances[opposed.name] == opposed.chance and "1 in" in opposed.surprise


def test_a_large_chance_is_opposed_by_the_set_that_lowers_it_most(fitted):
    sets = {
        "warmer": Assumptions(drivers=(DriverAssumption(id="western_mediation", level=2),)),
        "colder": Assumptions(drivers=(DriverAssumption(id="western_mediation", level=-2),)),
    }
    opposed = opposing(fitted, TREATY, sets, 0.9, DEADLINE)
    assert opposed.name == "colder"


def test_without_a_set_that_moves_it_there_is_no_case_against(fitted):
    now = chance(fitted, NOTHING, TREATY, DEADLINE)
    assert opposing(fitted, TREATY, {}, now, DEADLINE) is None
    assert opposing(fitted, TREATY, {"none": NOTHING}, now, DEADLINE) is None
