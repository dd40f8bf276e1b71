"""`check` reads the switches: what they set, the clocks that name them, and how they turn."""

import shutil
from pathlib import Path

import pytest

from model.check.check import problems
from tests.model.check.broken_folder import FOLDER, only, place


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "scenario"))


def change(folder, old, new):
    """Replace the first such text in scenario.toml; the line it stood on."""
    path = folder / "scenario.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def add(folder, text):
    with open(folder / "scenario.toml", "a", encoding="utf-8") as file:
        file.write(text)


TURN = '[[switch.turn]]\non = {on}\ndate = {day}\nwhy = "made up"\nsource_url = "made up"\n'
SWITCH = '\n[[switch]]\nid = "dry_run"\ntitle = "Dry run"\nsays = "A dry run was held."\n'


@pytest.mark.parametrize(
    ("old", "new", "column", "message"),
    [
        ('clock = "peace_treaty"', 'clock = "peace_treatty"', "clock", "'peace_treaty'?"),
        ('works = "corridor_open"', 'works = "corridor_opn"', "works", "'corridor_open'?"),
        ('class = "text_to_signature"', 'class = "text_to_sign"', "class", "'text_to_signature'?"),
        ('trait = "precondition"', 'trait = "preconditions"', "trait", "'precondition'?"),
        ('switch = "treaty_text_agreed"', 'switch = "text_agreed"', "switch", "text_agreed'?"),
    ],
)
def test_what_is_not_there_is_named_with_what_was_meant(folder, old, new, column, message):
    line = change(folder, old, new)
    found = [p for p in problems(folder) if p.column == column]
    assert (found[0].file, found[0].row) == ("scenario.toml", line)
    assert found[0].message.endswith(message)


def test_a_switch_sets_one_thing(folder):
    change(folder, 'works = "corridor_open"', 'works = "corridor_open"\nclock = "csto_exit"')
    assert any("a switch sets one thing" in problem.message for problem in problems(folder))


def test_a_switch_that_sets_a_clock_is_named_by_one(folder):
    add(folder, f'{SWITCH}clock = "csto_exit"\n')
    assert only(folder).message.startswith("no clock of 'csto_exit' names this switch")


def test_a_clock_names_a_switch_of_its_own_outcome(folder):
    change(folder, 'clock = "russian_withdrawal"', 'clock = "csto_exit"')
    problem = only(folder)
    assert problem.column == "switch" and "sets no clock of this outcome" in problem.message
    assert "expected `clock = 'russian_withdrawal'` there" in problem.message


def test_works_need_something_to_be_built(folder):
    line = change(folder, 'works = "corridor_open"', 'works = "csto_exit"')
    assert place(only(folder)) == ("scenario.toml", line, "works")


@pytest.mark.parametrize(
    ("turns", "column", "message"),
    [
        ([("false", "2022-01-01")], "on", "a switch is off before its first turn"),
        ([("true", "2022-01-01"), ("true", "2022-02-01")], "on", "turned on twice in a row"),
        ([("true", "2022-02-01"), ("false", "2022-01-01")], "date", "2022-01-01 is not after"),
    ],
)
def test_turns_go_on_and_off_forward_in_time(folder, turns, column, message):
    text = "".join(TURN.format(on=on, day=day) for on, day in turns)
    add(folder, f'{SWITCH}works = "corridor_open"\n{text}')
    problem = only(folder)
    assert problem.column == column and problem.message.startswith(message)


def test_no_turn_is_known_before_its_day(folder):
    add(folder, f'{SWITCH}works = "corridor_open"\n{TURN.format(on="true", day="2022-01-01")}')
    change(folder, "date = 2022-01-01\n", "date = 2022-01-01\nknown_on = 2021-12-31\n")
    assert only(folder).message.startswith("known on 2021-12-31, before 2022-01-01")


def test_a_trait_is_the_regions_while_the_fit_reads_a_clock_of_its_class(folder):
    # The text was agreed on 13 March 2025; the fit takes the region's trait, 1, from then on.
    line = change(folder, 'trait = "precondition"', 'trait = "precondition"')
    text = (folder / "scenario.toml").read_text(encoding="utf-8")
    turn = TURN.format(on="false", day="2025-06-01")
    later = text.replace('\n[[switch]]\nid = "syunik', f'\n{turn}\n[[switch]]\nid = "syunik', 1)
    (folder / "scenario.toml").write_text(later, encoding="utf-8")
    problem = only(folder)
    assert place(problem) == ("scenario.toml", line, "trait")
    assert "while a clock of 'text_to_signature' runs, from 2025-03-13 on" in problem.message
