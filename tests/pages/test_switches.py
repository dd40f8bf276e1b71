"""The Switches of the Assumptions page: turned on or off, from a day on, as the set has it."""

from datetime import date

import pytest

from model.assumptions import Assumptions, SwitchAssumption
from tests.pages.test_assumptions import button, control, home, opened, own_percent, part, set_of  # noqa: F401
from tests.pages.test_pages import text

TITLE = "Treaty text agreed"
AGREED = Assumptions(switches=(SwitchAssumption(id="treaty_text_agreed", on=True),))
NOVEMBER, JANUARY = date(2023, 11, 1), date(2024, 1, 1)


@pytest.fixture
def switches():
    return part(opened(), "Switches")


def turn(app, way, title=TITLE):
    control(app.segmented_control, f"{title}: what you suppose").set_value(way)
    return app.run()


def test_every_switch_says_how_it_stands_since_when_and_what_it_sets(switches):
    said = text(switches)
    assert "Off as of 21 September 2023: nothing known by then turned it on." in said
    assert "On since 20 September 2023: Karabakh agreed to disarm" in said
    assert "While on, *Peace treaty* counts from its day as *Treaty text agreed to" in said
    assert "acts while a clock of that class runs: none does." in said
    assert "No chance is claimed of a switch" in said and not switches.exception


def test_a_switch_turned_on_stands_in_the_address_and_moves_the_forecast(switches):
    before = own_percent(turn(switches, "Turn it on", "Works in Syunik begun"), "Peace treaty")
    turn(switches, "As it is", "Works in Syunik begun")
    turn(switches, "Turn it on")
    assert set_of(switches) == AGREED
    assert f"Turn on “{TITLE}” from 21 Sep 2023" in text(switches)
    assert own_percent(switches, "Peace treaty") != before


def test_a_condition_of_signing_acts_once_a_text_is_agreed(switches):
    turn(switches, "Turn it on")
    assert "acts while a clock of that class runs: one does." in text(switches)
    free = own_percent(switches, "Peace treaty")  # 21 in 100 in three months, and 13 with one
    turn(switches, "Turn it on", "New constitution demanded")
    bound = own_percent(switches, "Peace treaty")
    assert int(bound.rstrip("%")) < int(free.rstrip("%")) - 4


def test_its_days_are_chosen_and_emptied_again(switches):
    turn(switches, "Turn it on")
    control(switches.date_input, f"{TITLE}, from").set_value(NOVEMBER).run()
    control(switches.date_input, f"{TITLE}, until").set_value(JANUARY).run()
    (switch,) = set_of(switches).switches
    assert (switch.from_, switch.until) == (NOVEMBER, JANUARY)
    control(switches.date_input, f"{TITLE}, until").set_value(None).run()
    assert set_of(switches).switches[0].until is None


def test_a_link_shows_how_a_switch_is_turned_and_as_it_is_takes_it_out():
    app = part(opened(AGREED), "Switches")
    assert control(app.segmented_control, f"{TITLE}: what you suppose").value == "Turn it on"
    turn(app, "As it is")
    assert set_of(app).is_empty


def test_a_switch_is_removed_by_its_name(switches):
    turn(switches, "Turn it on")
    control(switches.pills, "Remove").set_value(0).run()
    assert set_of(switches).is_empty
    shown = control(switches.segmented_control, f"{TITLE}: what you suppose")
    assert shown.value == "As it is"
