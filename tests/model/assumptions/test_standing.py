"""A level that gives way: brought about where a driver stands short of it, kept where beyond."""

from datetime import date

import pytest

from model.assumptions import Assumptions, Dated, DriverAssumption, faults
from model.assumptions.files import AssumptionsError, from_toml, to_link, to_toml
from model.assumptions.standing import settled
from model.scenario import SCENARIO_FOLDER, last_day, load_scenario

DAY = date(2023, 9, 21)
RISES = """
[[driver]]
id = "corridor_progress"
level = 0.9
unless = "higher"
from = "+120 days"
"""
FALLS = """
[[driver]]
id = "russian_commitment"
level = -1.5
unless = "lower"
"""


def level(text, stands):
    """The level of the one driver of a file, on a day on which it stands there."""
    (driver,) = settled(from_toml(text, DAY), stands).drivers
    assert driver.unless is None
    return driver.level


@pytest.mark.parametrize(
    ("text", "stands", "asked"),
    [
        (RISES, {"corridor_progress": -0.4}, 0.9),
        (RISES, {"corridor_progress": 0.9}, 0.9),
        (RISES, {"corridor_progress": 1.683}, 1.7),  # a decimal, as on a slider
        (RISES, {"turkish_backing": 1.9}, 0.9),
        (FALLS, {"russian_commitment": 0.3}, -1.5),
        (FALLS, {"russian_commitment": -1.71}, -1.7),
    ],
)
def test_a_driver_is_brought_to_the_level_or_kept_beyond_it(text, stands, asked):
    assert level(text, stands) == asked


def test_nothing_else_of_the_set_changes_and_what_is_settled_is_a_plain_set():
    read = from_toml(RISES, DAY)
    plain = settled(read, {"corridor_progress": 1.7})
    expected = DriverAssumption(id="corridor_progress", level=1.7, from_=date(2024, 1, 19))
    assert plain == Assumptions(drivers=(expected,)) == settled(plain, {"corridor_progress": 2.0})
    assert "unless" not in to_toml(plain) and to_link(plain) != to_link(read)


def test_a_level_that_is_not_settled_is_never_answered():
    scenario = load_scenario(SCENARIO_FOLDER)
    (line,) = faults(from_toml(FALLS, DAY), scenario, DAY, last_day(scenario, DAY))
    assert line == (
        "driver 'russian_commitment' is at -1.5 unless it stands lower, and where it stands is "
        "not known here; give the level alone"
    )


def test_only_a_level_gives_way_and_only_to_one_side():
    with pytest.raises(AssumptionsError, match="unless: 'above' where 'higher' or 'lower' was"):
        from_toml(RISES.replace("higher", "above"), DAY)
    with pytest.raises(ValueError, match="takes unless with a level, not with a path"):
        path = (Dated(**{"from": DAY, "level": 1.0}),)
        DriverAssumption(id="corridor_progress", path=path, unless="higher")
