"""`check` reads the built-in assumption sets: their form, their claims, and what they suppose."""

import shutil
from pathlib import Path

import pytest

from model.check.check import problems
from tests.model.check.broken_folder import FOLDER, only, place, set_cell

SET = "moscow_steps_back"


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


def test_a_set_that_cannot_be_read_gets_a_line_a_fault(folder):
    change(folder, "level = -1.5", "level = -15\nlvl = 1")
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


def test_a_set_dated_before_the_default_day_is_named(folder):
    change(folder, "level = -1.5", "level = -1.5\nfrom = 2023-09-20")
    assert "2023-09-20 is not between 2023-09-21 and 2026-09-21" in only(folder).message


def test_a_fault_of_the_tables_hides_no_unknown_claim(folder):
    set_cell(folder, "codings", 7, "first_coder", "5")
    change(folder, '"C06"', '"C061"')
    files = [problem.file for problem in problems(folder)]
    assert files == [f"assumptions/{SET}.toml", "codings.csv"]
