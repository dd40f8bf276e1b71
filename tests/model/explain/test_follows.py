"""What moves with a setting, and by how much."""

from datetime import timedelta

import numpy as np
import pytest

from model.assumptions import NOTHING, Assumptions, DriverAssumption
from model.explain.follows import moved_drivers
from model.fit.drivers import saturate
from model.forecast.learning import learn

FIRST, SECOND, THIRD = "russian_commitment", "azerbaijani_coercion", "iranian_deterrence"


def supposing(verb="make", **fields):
    return Assumptions(drivers=(DriverAssumption(id=FIRST, verb=verb, **fields),))


def test_of_nothing_and_of_a_driver_that_acts_on_no_other_nothing_follows(thin):
    day = thin.as_of + timedelta(days=365)
    assert moved_drivers(thin, NOTHING, day).empty
    alone = Assumptions(drivers=(DriverAssumption(id="corridor_progress", level=2.0),))
    assert moved_drivers(thin, alone, day).empty


def test_moscow_stepping_back_moves_baku_ankara_and_yerevan_and_more_so_later(thin):
    changes = []
    for days in (91, 365):
        day = thin.as_of + timedelta(days=days)
        table = moved_drivers(thin, supposing(level=-2.0), day)
        assert set(table["day"]) == {day}
        assert list(table["change"].abs()) == sorted(table["change"].abs(), reverse=True)
        changes.append(table.set_index("driver")["change"])
    assert FIRST not in changes[1] and (changes[1] > 0).all()
    assert {SECOND, "armenian_diversification", "turkish_backing"} <= set(changes[1].index)
    assert (changes[1][changes[0].index] > changes[0]).all()


def test_a_change_under_a_twentieth_of_a_level_is_left_out(thin):
    table = moved_drivers(thin, supposing(level=-2.0), thin.as_of + timedelta(days=31))
    assert (table["change"].abs() >= 0.05).all() and THIRD not in set(table["driver"])


def test_what_is_assumed_weighs_the_draws(thin):
    day = thin.as_of + timedelta(days=183)
    told = supposing("assume", level=-1.5, from_=day)
    table = moved_drivers(thin, told, day).set_index("driver")["change"]
    learned = learn(thin, told.drivers, told.drivers)
    weight = np.exp(learned.log_density)
    place = thin.scenario.driver_ids.index(SECOND)
    before = saturate(thin.paths["raw_path"][:, 6, place].astype(float)).mean()
    after = np.average(saturate(learned.path[:, 6, place]), weights=weight)
    assert table.get(SECOND, 0.0) == pytest.approx(
        after - before if abs(after - before) >= 0.05 else 0
    )
