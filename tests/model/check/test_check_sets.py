"""`check` reads the built-in assumption sets: their form, their claims, and what they suppose."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from model.check.check import problems
from model.check.set_rules import set_problems
from model.scenario import load_scenario
from tests.model.check.broken_folder import FOLDER, only, place, set_cell

SET = "moscow_steps_back"
SOUND = 'name = "Made up"\n[[driver]]\nid = "russian_commitment"\nlevel = -1.5\n'


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "scenario"))


def change(folder, old, new):
    """Replace text in one set; the line it stood on."""
    path = folder / "assumptions" / f"{SET}.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_claim_that_does_not_exist_is_named_with_the_nearest(folder):
    line = change(folder, '"C06"', '"C061"')
    problem = only(folder)
    assert place(problem) == (f"assumptions/{SET}.toml", line, "claims")
    assert problem.message.startswith("unknown claim 'C061'; expected ")
    assert problem.message.endswith("did you mean 'C06'?")


def test_a_set_that_cannot_be_read_gets_a_line_per_fault(folder):
    change(folder, "level = -1.6", "level = -15\nlvl = 1")
    faults = problems(folder)
    assert {place(problem) for problem in faults} == {(f"assumptions/{SET}.toml", 1, "file")}
    assert [problem.message.split(":")[0] for problem in faults] == [
        "driver.1.level",
        "driver.1.lvl",
    ]


def test_a_set_that_supposes_what_is_not_there_is_named(folder):
    line = change(folder, '"russian_commitment"', '"russian_comitment"')
    problem = only(folder)
    assert place(problem) == (f"assumptions/{SET}.toml", line, "id")
    assert problem.message.endswith("did you mean 'russian_commitment'?")


def test_a_set_dated_for_some_as_of_days_alone_is_named(folder):
    # The first and the last as-of day, and 36 model months (1,096 days) after each.
    for day, as_of, last in (
        ("2023-09-21", "2026-05-10", "2029-05-10"),
        ("2026-06-15", "2021-01-01", "2024-01-02"),
    ):
        path = folder / "assumptions" / f"{SET}.toml"
        path.write_text(f"{SOUND}from = {day}\n", encoding="utf-8")
        problem = only(folder)
        assert f"the set does not fit the as-of date {as_of}" in problem.message
        assert f"{day} is not between {as_of} and {last}" in problem.message


def test_a_set_whose_days_count_from_the_as_of_day_fits_all_of_them(folder):
    path = folder / "assumptions" / f"{SET}.toml"
    path.write_text(f'{SOUND}from = "+30 days"\nuntil = "+1000 days"\n', encoding="utf-8")
    assert problems(folder) == []


def test_a_fault_of_the_tables_hides_no_unknown_claim(folder):
    set_cell(folder, "codings", 7, "first_coder", "5")
    change(folder, '"C06"', '"C061"')
    files = [problem.file for problem in problems(folder)]
    assert files == [f"assumptions/{SET}.toml", "codings.csv"]


def faults_of_sets(folder):
    """What the rules of sets alone find in a folder."""
    return list(set_problems(folder, [], load_scenario(FOLDER), [date(2023, 9, 21)]))


@pytest.mark.parametrize("id", ["it's", "", 'say "so"'])
def test_a_name_with_quotes_in_it_and_an_empty_one_are_faults_like_others(tmp_path, id):
    (tmp_path / "assumptions").mkdir()
    text = f"[[driver]]\nlevel = 1.0\nid = '''{id}'''\n"
    (tmp_path / "assumptions" / "own.toml").write_text(text, encoding="utf-8")
    (problem,) = faults_of_sets(tmp_path)
    assert problem.column == "id" and f"unknown driver {id!r}" in problem.message


def test_a_folder_in_the_place_of_a_set_is_a_fault_like_others(tmp_path):
    (tmp_path / "assumptions" / "own.toml").mkdir(parents=True)
    (problem,) = faults_of_sets(tmp_path)
    assert place(problem) == ("assumptions/own.toml", 1, "file")
    assert problem.message.startswith("is a folder; ")
