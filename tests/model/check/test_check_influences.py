"""`check` finds what is wrong with an influence of one driver on another."""

import re
import shutil
from pathlib import Path

import pytest

from model.check.check import problems
from model.check.influence_rules import influences_without_a_circle
from model.check.scenario_file import ScenarioFile
from model.check.scenario_folder import ScenarioFolder
from model.scenario import load_scenario
from tests.model.check.broken_folder import FOLDER, only, place, replace, row_where, set_cell

SCENARIO = load_scenario(FOLDER)
FIRST = SCENARIO.influences[0]
AFTER = f'[[influence]]\nfrom = "{FIRST.from_}"\nto = "{FIRST.to}"'


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "scenario"))


def set_adds(folder, new, after=AFTER):
    text = (folder / "scenario.toml").read_text(encoding="utf-8")
    old = re.search(r"adds = .*", text[text.index(after) :])[0]
    return replace(folder, old, f"adds = {new}", after)


def add(folder, start, end):
    with open(folder / "scenario.toml", "a", encoding="utf-8") as file:
        file.write(
            f'\n[[influence]]\nfrom = "{start}"\nto = "{end}"\nadds = [-0.02, 0.04]\n'
            'basis = "judgement"\nclaims = []\nsource = "ours"\nsource_url = ""\nreason = "why"\n'
        )


@pytest.mark.parametrize(
    ("old", "new", "column", "hint"),
    [
        ('from = "', 'from = "x', "from", "unknown driver"),
        ('to = "', 'to = "x', "to", "unknown driver"),
        ('claims = ["', 'claims = ["x', "claims", "unknown claim"),
        ("adds =", "add =", "add", "did you mean 'adds'?"),
    ],
)
def test_a_fault_of_an_influence_is_named_in_its_line(folder, old, new, column, hint):
    row = replace(folder, old, new, "[[influence]]")
    faults = [problem for problem in problems(folder) if problem.row == row]
    assert column in {problem.column for problem in faults}
    assert any(hint in problem.message for problem in faults), faults


@pytest.mark.parametrize(
    ("interval", "hint"),
    [
        ([0.02, -0.08], "upside down"),
        ([-0.01, 0.005], "the interval is 0.015 wide; expected 0.02 or more, in levels per month"),
        ([-0.3, -0.1], "the centre is -0.2 on a claim alone; expected within 0.1 of 0"),
    ],
)
def test_an_interval_that_cannot_be_is_named(folder, interval, hint):
    row = set_adds(folder, interval)
    problem = only(folder)
    assert place(problem) == ("scenario.toml", row, "adds") and hint in problem.message


def test_a_contested_claim_keeps_what_is_added_around_nought(folder):
    claim = row_where(folder, "claims", claim=FIRST.claims[0])
    set_cell(folder, "claims", claim, "contested", "yes")
    row = set_adds(folder, [-0.08, -0.01])
    told = [problem for problem in problems(folder) if place(problem)[1:] == (row, "adds")]
    assert [p.message for p in told] == [
        f"claim {FIRST.claims[0]} is contested; expected an interval that spans 0; widen or move it"
    ]


def test_a_circle_of_influences_is_one_line_that_names_it(folder):
    add(folder, "iranian_deterrence", "russian_commitment")
    problem = only(folder)
    assert problem.column == "to"
    (circle,) = re.findall(r"influences go in a circle, (.*); expected none", problem.message)
    around = circle.split(" -> ")
    assert around[0] == around[-1] and {"iranian_deterrence", "russian_commitment"} <= set(around)


def test_a_circle_is_reported_at_an_arrow_of_its_own():
    # `b -> a` stands in the text of the circle `bb -> aa -> bb`, and is no arrow of it.
    arrows = [("b", "a"), ("bb", "aa"), ("aa", "bb")]
    text = "".join(f'[[influence]]\nfrom = "{start}"\nto = "{end}"\n' for start, end in arrows)
    (problem,) = influences_without_a_circle(ScenarioFolder({}, ScenarioFile(text)))
    assert problem.row in (6, 9)  # three lines per arrow, `to` the last of them


def test_a_driver_that_acts_on_itself_is_a_circle_too(folder):
    add(folder, "western_mediation", "western_mediation")
    assert "western_mediation -> western_mediation;" in only(folder).message


def test_a_new_influence_needs_no_change_of_code(folder):
    add(folder, "western_mediation", "negotiation_momentum")
    assert problems(folder) == []
    assert load_scenario(folder).influences[-1].adds == (-0.02, 0.04)
