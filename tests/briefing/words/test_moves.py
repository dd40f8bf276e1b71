"""What moved a headline and what may move it next, in words: parts add up, small ones together."""

from datetime import date

import pandas as pd
import pytest

from briefing.words.inspect import moves
from model.changes.difference import Difference

DAY = date(2023, 12, 31)


@pytest.fixture
def found(fitted):
    """A made-up move of the treaty by +10 points: 6 from an event, 0.04 from three small parts."""
    event = fitted.evidence.events["event"].iloc[0]
    parts = pd.DataFrame(
        [
            ("peace_treaty", "waiting", "", 0.0308, 0.003),
            ("peace_treaty", "events", event, 0.06, 0.004),
            ("peace_treaty", "record", "", 0.0002, 0.003),
            ("peace_treaty", "cases", "", 0.0009, 0.004),
            ("peace_treaty", "events", "", -0.0007, 0.0),
            ("peace_treaty", "noise", "", 0.0088, 0.005),
        ],
        columns=["outcome", "kind", "about", "share", "mcse"],
    )
    move = ("peace_treaty", "Peace treaty", DAY, 0.2, 0.3, 0.1, 0.006)
    columns = "outcome title deadline before now moved mcse".split()
    return Difference("a", "b", DAY, pd.DataFrame([move], columns=columns), parts)


def test_small_parts_are_one_and_nothing_is_lost(found, fitted):
    rows = moves.steps(found, "peace_treaty", fitted)
    assert list(rows["part"]) == ["waiting", "events", "small", "noise"]
    # 0.0002 + 0.0009 - 0.0007; the errors of 0.003 and 0.004 make 0.005
    assert rows["share"].tolist() == pytest.approx([0.0308, 0.06, 0.0004, 0.0088])
    assert rows["mcse"].iloc[2] == pytest.approx(0.005)
    assert rows["share"].sum() == pytest.approx(0.1)


def test_a_move_is_said_with_both_ends_and_its_parts(found, fitted):
    rows, move = moves.steps(found, "peace_treaty", fitted), found.moves.iloc[0].to_dict()
    said = moves.sentence(move)
    assert said == "Peace treaty by 31 December 2023: 20% → 30%, +10 points."
    alt = moves.alt(rows, move)
    assert said in alt and "Monte Carlo noise +1 point." in alt
    assert list(moves.in_words(rows)["Moves it by"])[1] == "+6.0 points"


def test_a_signpost_says_by_when_and_what_low_and_high_look_like(fitted):
    driver = fitted.scenario.driver("russian_commitment")
    columns = "outcome day kind id title expected at_low at_high low_level high_level".split()
    rows = [
        ("peace_treaty", DAY, "driver", driver.id, driver.title, 0.02, 0.1, 0.3, -1.2, 0.6),
        ("peace_treaty", DAY, "outcome", "csto_exit", "CSTO exit", 0.01, 0.2, 0.4, None, None),
    ]
    table = moves.signposts_in_words(pd.DataFrame(rows, columns=columns), fitted.scenario)
    assert list(table["Expected movement"]) == ["2.0 points", "1.0 points"]
    assert table["If low"].iloc[0] == f"10%: −1.2 or less. {driver.levels[1]}"
    assert table["If high"].iloc[0] == f"30%: +0.6 or more. {driver.levels[3]}"
    assert table["If high"].iloc[1] == "40%: it has happened"
