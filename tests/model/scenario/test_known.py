"""A scenario as of a day has no clock and no turn that became known later."""

from datetime import date

import pytest

from model.scenario import SCENARIO_FOLDER, known_by, load_scenario
from model.scenario.switch import NEVER

SCENARIO = load_scenario(SCENARIO_FOLDER)


def clocks(day, outcome):
    return known_by(SCENARIO, day).outcome(outcome).clocks


@pytest.mark.parametrize("day, many", [(date(2025, 8, 7), 1), (date(2025, 8, 8), 2)])
def test_a_clock_is_there_from_the_day_it_became_known(day, many):
    # the declaration of 8 August 2025 set the corridor's second clock
    assert len(clocks(day, "corridor_open")) == many


@pytest.mark.parametrize("day, began", [("2025-03-12", NEVER), ("2025-03-13", date(2025, 3, 13))])
def test_a_switchs_clock_stays_and_has_its_day_once_that_is_known(day, began):
    (clock,) = [c for c in clocks(date.fromisoformat(day), "peace_treaty") if c.switch is not None]
    switch = known_by(SCENARIO, date.fromisoformat(day)).switch("treaty_text_agreed")
    assert clock.date == began and bool(switch.turns) == (began != NEVER)
    assert clock.why == (switch.turns[0].why if switch.turns else switch.says)


def test_on_the_last_day_the_scenario_is_what_its_file_says():
    assert known_by(SCENARIO, NEVER) == SCENARIO


def test_a_scenario_cut_twice_is_the_one_of_the_earlier_day():
    early, late = date(2023, 1, 1), date(2025, 12, 20)
    assert known_by(known_by(SCENARIO, late), early) == known_by(SCENARIO, early)
