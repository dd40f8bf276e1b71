"""The walk-forward in words: misses first, counts, what is worse and better."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from briefing.words.held_out import skill
from briefing.words.walk import sentences as walk
from briefing.words.walk import tables as walk_tables
from model.record.walk.crowd import Question
from tests.model.record.walk.made_up import walk_forward

TITLES = {"rain": "Rain", "hail": "Hail storm"}


@pytest.fixture(scope="module")
def made():
    return walk_forward()


def test_every_forecast_is_counted(made):
    # Six days, five terms, two outcomes: 60. Rain of March waits in the forecasts of January to
    # March; nothing is void.
    said = walk.counted(made)
    assert "Of 60 forecasts" in said and "0 are void" in said
    came = int((made.forecasts["resolution"] == "happened").sum())
    assert f"{came} came by their deadline" in said and "31 December 2024" in said


def test_how_it_was_made_and_that_a_fit_failed_the_gate(made):
    said = walk.walked_said(made, "another")
    assert "6 as-of days from 1 January 2024 to 1 June 2024" in said and "2,000 draws" in said
    assert "One of the fits failed the gate" in said and "The model shown here (another)" in said
    assert "of the model that is shown here" in walk.walked_said(made, made.about.version)


def test_a_miss_says_both_sides_what_came_and_which_part_was_off(made):
    worst = pd.DataFrame(
        {
            "outcome": ["rain"],
            "as_of": [date(2024, 1, 1)],
            "deadline": [date(2024, 4, 1)],
            "probability": [0.06],
            "mcse": [0.001],
            "drivers_off": [0.12],
            "class_rate": [0.25],
            "own_record": [0.3],
            "happened": [True],
            "resolved_on": [pd.Timestamp(2024, 3, 1)],
            "alike": [4],
        }
    )
    (said,) = walk.misses_said(worst, TITLES)
    assert said.startswith("**Rain** by 1 April 2024, as of 1 January 2024: 6 in 100 for, 94 in")
    assert "it happened on 1 March 2024" in said and "the drivers lowered it to 6%" in said
    assert "class alone said 25%" in said and said.endswith("less than 50% to what came.")


def test_a_rule_that_is_better_than_the_model_is_named_first(made):
    rows = pd.DataFrame(
        {
            "baseline": ["class_rate", "own_record", "drivers_off"],
            "skill_low": [0.1, -0.5, -0.2],
            "skill_high": [0.3, -0.1, 0.2],
        }
    )
    said = walk.skill_said(rows)
    assert said.index("worse than the region's own record") < said.index("better than the rate")
    assert "not clearly different from one of the three rules" in said


def test_one_block_gives_no_interval_and_a_minus_is_a_minus():
    rows = pd.DataFrame(
        {"skill": [-0.1, 0.0], "skill_low": [np.nan, -0.3], "skill_high": [np.nan, 0.12]}
    )
    assert skill.compared(rows) == {
        "Skill": ["−0.10", "0.00"],
        "90% interval": ["none: one block", "−0.30 to +0.12"],
    }


def test_the_crowd_stands_beside_us_with_how_its_question_differs(made):
    asked = Question(question="Will it rain?", outcome="rain", differs="It asks of drops.")
    forecasts = made.forecasts.assign(crowd=np.nan)
    first = forecasts[forecasts["outcome"] == "rain"].index[0]
    forecasts.loc[first, "crowd"] = 0.4
    with_crowd = replace(made, forecasts=forecasts, about=replace(made.about, questions=(asked,)))
    (said,) = walk.crowd_said(with_crowd)
    assert "It asks of drops." in said and "the crowd 40%, the model" in said


def test_tables_for_readers_have_a_row_a_row(made):
    tables = {
        "skills": walk_tables.skills_in_words(made.skills, TITLES),
        "scores": walk_tables.scores_in_words(made.scores, TITLES),
        "transfer": walk_tables.transfer_in_words(made.transfer, TITLES),
        "sets": walk_tables.sets_in_words(made.sets, {"wet": "It is wet"}),
        "conditionals": walk_tables.conditionals_in_words(made.conditionals, TITLES),
    }
    shown = {name: getattr(made, name) for name in tables}
    shown["conditionals"] = shown["conditionals"].query("met > 0")
    for name, table in tables.items():
        assert len(table) == len(shown[name]) > 0, name
        assert not table.isna().any().any(), name
    assert set(tables["skills"]["Of"]) >= {"All outcomes", "Rain", "3 months ahead"}
    assert list(tables["sets"]["Set"]) == ["It is wet"]


def test_a_condition_that_never_came_is_named_in_a_sentence_and_has_no_row(made):
    rows = pd.DataFrame(
        {"given": ["hail"] * 2, "outcome": "rain", "met": 0, "failed": 9, "came": 0}
    )
    table = pd.concat([made.conditionals, rows], ignore_index=True)
    pd.testing.assert_frame_equal(
        walk_tables.conditionals_in_words(table, TITLES),
        walk_tables.conditionals_in_words(made.conditionals, TITLES),
    )
    said = (
        "None of these happened by any of the deadlines, so two pairs that begin with one have no "
        "score: Hail storm."
    )
    assert walk.never_came(table, TITLES) == said
    assert walk.never_came(table[table["met"] > 0], TITLES) == ""
