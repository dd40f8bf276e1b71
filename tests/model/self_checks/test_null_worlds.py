"""Null worlds: nothing happens in them, and as much is reported."""

import numpy as np
import pandas as pd
import pytest

from model.fit.observations import observations, occurrences
from model.runs import Settings
from model.self_checks.null_worlds import chances, false_alarms, null_world
from tests.model import real_evidence


@pytest.fixture(scope="module")
def world():
    return null_world(real_evidence.evidence(), np.random.default_rng(1))


def test_nothing_happens_in_a_null_world(world):
    assert not any(occurrences(world).values())
    weeks = observations(world).weeks
    assert not weeks.event.any() and not weeks.acting.any()
    # One clock an outcome, so that no truce or turn starts one anew.
    assert len(set(map(tuple, weeks.clock))) == 1


def test_as_much_is_reported_as_in_the_real_one_on_other_days(world):
    real = real_evidence.evidence()
    days = ["date", "known_on"]
    assert sorted(world.events[days].to_numpy().tolist()) == sorted(
        real.events[days].to_numpy().tolist()
    )
    assert (world.events["date"] != real.events["date"]).mean() > 0.9


def test_no_month_is_deadlier_than_a_quiet_one(world):
    real = real_evidence.evidence().deaths
    for place, rows in world.deaths.groupby("place"):
        of_place = real.loc[real["place"] == place, "deaths"]
        assert rows["deaths"].max() <= of_place.median() < of_place.max()
    assert not world.deaths["unassigned_in_year"].any()


def test_false_alarms_by_hand():
    worlds = pd.DataFrame(
        {
            "world": [0, 0, 1, 1],
            "outcome": ["war", "peace"] * 2,
            "chance": [0.6, 0.1, 0.3, 0.05],
        }
    )
    table = false_alarms(worlds).set_index("outcome")
    assert table.loc["all"].to_dict() == {
        "worlds": 2,
        "mean": pytest.approx(0.2625),
        "highest": 0.6,
        "above_20": 0.5,
        "above_50": 0.25,
    }
    assert table.loc["war", "above_20"] == 1 and table.loc["peace", "above_20"] == 0


@pytest.mark.slow
def test_a_null_world_is_fitted_and_asked():
    settings = Settings(draws=100, tune=200, chains=2)
    table = chances(real_evidence.evidence(), 1, settings)
    assert table["outcome"].to_list() == [*real_evidence.evidence().scenario.outcome_ids]
    assert table["chance"].between(0, 1).all()
