"""The built-in sets as they are asked of a run: no driver is moved against the story of its set."""

from dataclasses import replace

import numpy as np
import pytest

from model.explain.built_in import built_in
from model.fit.drivers import unsaturate
from model.forecast.levels import fitted_levels


def standing(run, driver, level):
    """The run with a driver at a level on the as-of day in each draw, and on its way as before."""
    d = run.scenario.driver_ids.index(driver)
    raw = run.paths["raw_path"].copy()
    raw[:, :, d] += unsaturate(level) - raw[:, :1, d]
    return replace(run, paths=run.paths | {"raw_path": raw})


def levels_of(run, name):
    return {driver.id: driver.level for driver in built_in(run)[name].drivers}


def test_a_set_brings_a_driver_to_its_level_or_keeps_it_where_it_stands(thin):
    assert fitted_levels(thin)["corridor_progress"] < 0.9
    assert levels_of(thin, "Ankara all in") == {"turkish_backing": 1.6, "corridor_progress": 0.9}
    further = standing(thin, "corridor_progress", 1.7)
    assert levels_of(further, "Ankara all in")["corridor_progress"] == 1.7


def test_every_level_of_a_built_in_set_gives_way_to_the_side_of_its_story(thin):
    for name, assumed in thin.evidence.sets.items():
        for driver in assumed.drivers:
            side = "higher" if driver.level > 0 else "lower"
            assert driver.unless == side, (name, driver.id)


@pytest.mark.parametrize("level", [-1.9, 0.0, 1.9])
def test_wherever_drivers_stand_no_set_moves_one_against_its_story(thin, level):
    raw = np.full_like(thin.paths["raw_path"], unsaturate(level))
    run = replace(thin, paths=thin.paths | {"raw_path": raw})
    for name, stated in thin.evidence.sets.items():
        for driver, asked in zip(stated.drivers, built_in(run)[name].drivers, strict=True):
            way = 1 if driver.unless == "higher" else -1
            assert way * (asked.level - level) >= 0, (name, driver.id)
