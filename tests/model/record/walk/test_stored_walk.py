"""A walk-forward on disk: read as it was written, or not at all."""

from datetime import date

import pytest

from model.record.walk import stored_walk
from model.scenario import SCENARIO_FOLDER, known_by, load_scenario
from tests.model.record.walk.made_up import walk_forward


@pytest.fixture
def folder(tmp_path):
    stored_walk.write(walk_forward(), tmp_path / "stored")
    return tmp_path / "stored"


def test_it_is_read_as_it_was_written(folder):
    made, read = walk_forward(), stored_walk.read(folder)
    assert read.about == made.about
    for name in stored_walk.TABLES:
        one, other = getattr(made, name), getattr(read, name)
        assert list(one.columns) == list(other.columns) and len(one) == len(other), name
    said = read.forecasts["probability"].to_list()
    assert said == pytest.approx(made.forecasts["probability"].to_list())
    assert read.forecasts["deadline"].to_list() == made.forecasts["deadline"].to_list()


def test_one_changed_digit_is_found(folder):
    path = folder / "forecasts.csv"
    text = path.read_text()
    path.write_text(text.replace("0.25", "0.26", 1))
    with pytest.raises(ValueError, match="forecasts.csv.*backtest"):
        stored_walk.read(folder)


def test_a_table_that_is_missing_is_named(folder):
    (folder / "skills.csv").unlink()
    with pytest.raises(ValueError, match="skills.csv"):
        stored_walk.read(folder)


def test_the_users_own_comes_before_that_which_ships(tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    scenario = load_scenario(SCENARIO_FOLDER)
    assert stored_walk.folder_of(scenario) == stored_walk.SHIPPED / scenario.id
    stored_walk.write(walk_forward(), stored_walk.own_folder(scenario))
    assert stored_walk.folder_of(scenario) == stored_walk.own_folder(scenario)


def test_that_which_ships_is_whole_and_of_this_scenario():
    scenario = load_scenario(SCENARIO_FOLDER)
    shipped = stored_walk.read(stored_walk.SHIPPED / scenario.id)
    assert set(shipped.forecasts["outcome"]) == set(scenario.outcome_ids)
    assert len(shipped.fits) == shipped.forecasts["as_of"].nunique() >= 60


def test_a_version_is_that_of_the_model_whatever_day_a_run_carries_it_of():
    scenario = load_scenario(SCENARIO_FOLDER)
    of_a_day = known_by(scenario, date(2023, 9, 21))
    assert of_a_day != scenario  # its switches have no turn yet
    assert stored_walk.version(of_a_day) == stored_walk.version(scenario)
