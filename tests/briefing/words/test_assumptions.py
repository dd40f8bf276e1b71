"""Assumptions in words: one line per setting, verbs and days included."""

from datetime import date

import pandas as pd
import pytest

from briefing.words import assumptions, explain
from model.assumptions import (
    AddedEvent,
    Assumptions,
    Belief,
    Dated,
    DriverAssumption,
    LeftOut,
    OutcomeAssumption,
    SwitchAssumption,
)
from model.scenario import SCENARIO_FOLDER, load_scenario

SCENARIO = load_scenario(SCENARIO_FOLDER)
AS_OF = date(2023, 9, 21)
EFFECT = "western_mediation -> peace_treaty"


def test_what_moves_with_a_setting_is_said_with_its_size_and_day():
    moved = pd.DataFrame(
        {
            "title": ["Armenia's turn", "Talks"],
            "change": [0.42, -0.06],
            "day": [date(2024, 3, 1)] * 2,
        }
    )
    said = explain.follows(moved)
    assert said == "With that, by 1 Mar 2024: Armenia's turn +0.4, Talks −0.1."
    assert explain.follows(moved.head(0)) == ""


@pytest.mark.parametrize(
    ("assumption", "line"),
    [
        (
            DriverAssumption(id="western_mediation", level=1.5, verb="assume"),
            "learn that Western mediation is +1.5 from 22 Mar 2024",
        ),
        (
            DriverAssumption(
                id="western_mediation",
                path=(
                    Dated(from_=date(2023, 10, 1), level=0.5),
                    Dated(from_=date(2023, 12, 1), level=-1),
                ),
            ),
            "bring Western mediation to +0.5 from 1 Oct 2023, then −1.0 from 1 Dec 2023",
        ),
        (
            DriverAssumption(id="western_mediation", level=1.5, until=date(2024, 3, 1)),
            "bring Western mediation to +1.5 from 21 Sep 2023 until 1 Mar 2024, then as the model "
            "expects",
        ),
        (
            OutcomeAssumption(id="corridor_open", on=date(2023, 11, 1), verb="make"),
            "bring about Corridor open on 1 Nov 2023",
        ),
        (
            OutcomeAssumption(id="corridor_open", by=date(2023, 11, 1), happens=False),
            "learn that Corridor open has not happened by 1 Nov 2023",
        ),
        (
            SwitchAssumption(id="treaty_text_agreed", on=True, until=date(2024, 1, 1)),
            "turn on “Treaty text agreed” from 21 Sep 2023 until 1 Jan 2024, then as it was",
        ),
        (
            SwitchAssumption(id="peacekeepers_task_gone", on=False, from_=date(2023, 11, 1)),
            "turn off “Peacekeepers' task gone” from 1 Nov 2023",
        ),
        (
            Belief(effect=EFFECT, hazard_ratio=(0.8, 1.6)),
            "change the model: effect Western mediation → Peace treaty 0.8 to 1.6 times "
            "(90% interval)",
        ),
        (
            Belief(influence="turkish_backing -> iranian_deterrence", adds=(-0.025, 0)),
            "change the model: influence Turkey's backing of Azerbaijan → Iran's deterrence "
            "−0.025 to 0 points a month (90% interval)",
        ),
        (
            Belief(outcome="peace_treaty", factor=2),
            "change the model: hazard of Peace treaty × 2",
        ),
        (LeftOut(event="E20230921-2"), "leave out event E20230921-2"),
        (LeftOut(case="UCDP-419-1946"), "leave out reference case UCDP-419-1946"),
    ],
)
def test_each_setting_is_a_line(assumption, line):
    assert assumptions.setting(assumption, SCENARIO, AS_OF) == line


def test_beside_a_level_stands_how_far_it_is_from_the_present_one():
    # In tenths that add up: 1.0 less -0.94, shown as -0.9, is 1.9 and not 1.94.
    moved = DriverAssumption(id="western_mediation", level=1.0)
    line = assumptions.setting(moved, SCENARIO, AS_OF, {"western_mediation": -0.94})
    assert line == "bring Western mediation to +1.0 (up 1.9 from −0.9 now) from 21 Sep 2023"


@pytest.mark.parametrize(
    ("verb", "starts"),
    [("make", "keep Western mediation at"), ("assume", "learn that Western mediation is still at")],
)
def test_a_level_at_which_a_driver_stands_already_is_said_to_be_kept(verb, starts):
    kept = DriverAssumption(id="western_mediation", level=1.0, from_=AS_OF, verb=verb)
    line = assumptions.setting(kept, SCENARIO, AS_OF, {"western_mediation": 1.04})
    assert line == f"{starts} +1.0, where it stands now, from 21 Sep 2023"


def test_to_bring_about_by_a_day_is_to_bring_about_on_it():
    by = OutcomeAssumption(id="corridor_open", by=date(2023, 11, 1), verb="make")
    assert assumptions.supposed(by) == ("make", "on", True)


def test_what_is_added_and_a_countrys_media_left_out_are_lines():
    added = AddedEvent(
        what="The base at Gyumri closes",
        date=date(2023, 9, 1),
        driver="russian_commitment",
        strength=-2.5,
    )
    assumed = Assumptions(
        left_out=[{"country": "Russia"}, {"country": "unknown"}, {"country": "several"}],
        events=[added],
    )
    assert assumptions.settings(assumed, SCENARIO, AS_OF) == [
        "leave out the media of Russia",
        "leave out sources whose country is not known",
        "leave out sources of several countries",
        "add the event “The base at Gyumri closes” of 1 Sep 2023: Russia's commitment to Armenia "
        "−2.5",
    ]
    the = Assumptions(left_out=[{"country": "United States"}])
    assert assumptions.settings(the, SCENARIO, AS_OF) == [
        "leave out the media of the United States"
    ]
    assert assumptions.subject(added, SCENARIO) == "What-if event: The base at Gyumri closes"
