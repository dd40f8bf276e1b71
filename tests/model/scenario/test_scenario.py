"""The scenario file: what it accepts, what it refuses, how it is asked."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from model.scenario import Clock, Effect, Link, did_you_mean, load_scenario
from model.scenario.scenario import ReferenceClass

FOLDER = Path(__file__).parents[3] / "data" / "south_caucasus"
WHY = {"basis": "judgement", "claims": (), "source": "s", "source_url": "", "reason": "r"}


@pytest.fixture(scope="module")
def scenario():
    return load_scenario(FOLDER)


def edited(tmp_path, old, new):
    """A copy of the scenario with one piece of text replaced."""
    shutil.copy(FOLDER / "scenario.toml", tmp_path)
    text = (tmp_path / "scenario.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "scenario.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


def test_every_arrow_runs_between_things_that_exist(scenario):
    assert {effect.from_ for effect in scenario.effects} <= set(scenario.driver_ids)
    assert {effect.to for effect in scenario.effects} <= set(scenario.outcome_ids)
    assert {end for link in scenario.links for end in (link.from_, link.to)} <= set(
        scenario.outcome_ids
    )


def test_parts_are_found_by_their_id(scenario):
    for id in scenario.outcome_ids:
        assert scenario.outcome(id).id == id
    for id in scenario.driver_ids:
        assert scenario.driver(id).id == id
    for id in scenario.class_ids:
        assert scenario.reference_class(id).id == id


def test_an_arrow_is_called_by_its_two_ends():
    ends = {"from": "a", "to": "b"}
    assert Effect(**ends, **WHY, hazard_ratio=(1, 2)).name == "a -> b"
    assert Link(**ends, **WHY, hazard_of="c").name == "a -> b"


def test_a_misspelled_id_is_answered_with_the_nearest(scenario):
    nearest = scenario.outcome_ids[0]
    with pytest.raises(KeyError, match=f"did you mean '{nearest}'"):
        scenario.outcome(nearest[:-1])


def test_a_word_near_nothing_is_answered_with_the_choices():
    assert did_you_mean("zzz", ["north", "south"]) == "choose one of: north, south"
    assert did_you_mean("nroth", ["north", "south"]) == "did you mean 'north'?"
    assert did_you_mean("zzz", []) == "there is none to choose from"


def test_the_scenario_cannot_be_changed(scenario):
    with pytest.raises(ValidationError, match="frozen"):
        scenario.title = "another"


def test_an_unknown_key_is_refused(tmp_path):
    folder = edited(tmp_path, "horizon_months", "horizon_month")
    with pytest.raises(ValidationError, match="horizon_month\n"):
        load_scenario(folder)


def test_an_upside_down_interval_is_refused():
    with pytest.raises(ValidationError, match="upside down"):
        Effect(from_="wind", to="storm", hazard_ratio=(1.7, 0.85), **WHY)


def test_a_hazard_ratio_is_above_nought():
    with pytest.raises(ValidationError, match="greater than 0"):
        Effect(from_="wind", to="storm", hazard_ratio=(0.0, 0.85), **WHY)


def test_numbers_in_quotes_are_refused():
    with pytest.raises(ValidationError, match="valid number"):
        Effect(from_="wind", to="storm", hazard_ratio=("0.5", "0.85"), **WHY)


@pytest.mark.parametrize("sizes", [{}, {"hazard_ratio": (0.5, 2.0), "hazard_of": "gales"}])
def test_a_link_has_one_size(sizes):
    with pytest.raises(ValidationError, match="exactly one of hazard_ratio and hazard_of"):
        Link(from_="wind", to="storm", **sizes, **WHY)


@pytest.mark.parametrize(
    ("kind", "clock"),
    [
        ("duration", {}),
        ("duration", {"shape": (0.5, 1.5), "gate_share": (0.4, 0.9)}),
        ("rate", {"shape": (0.5, 1.5)}),
        ("judgement", {"gate_share": (0.4, 0.9)}),
    ],
)
def test_durations_have_one_clock_and_other_classes_none(kind, clock):
    with pytest.raises(ValidationError, match="class"):
        ReferenceClass(
            id="gales", title="t", kind=kind, rate=(0.1, 0.5), traits={}, note="n", **clock
        )


def test_a_building_time_is_a_share_below_one():
    with pytest.raises(ValidationError, match="less than 1"):
        ReferenceClass(
            id="gales",
            title="t",
            kind="duration",
            rate=(0.1, 0.5),
            traits={},
            note="n",
            gate_share=(0.4, 1.2),
        )


def test_a_clock_is_known_the_day_it_starts_unless_said_otherwise():
    words = {"classes": ("gales",), "why": "w", "source_url": "u"}
    start, later = date(2021, 5, 1), date(2021, 5, 9)
    assert Clock(date=start, **words).known_on == start
    assert Clock(date=start, known_on=later, **words).known_on == later


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="scenario.toml"):
        load_scenario(tmp_path)
