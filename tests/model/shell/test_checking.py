"""What `check` calls well a fit can be given: what no rule foresees is tried."""

import shutil

import pytest

from model.check.check import problems
from model.shell import checking
from tests.model.check.broken_folder import FOLDER, replace
from tests.slow_cases import slow


def test_the_data_as_they_stand_can_be_fitted():
    assert checking.unfit(FOLDER) is None


@pytest.mark.parametrize("day", ["2010-01-01", slow("2023-12-01")])
def test_a_record_that_begins_before_the_clocks_or_after_the_first_day_is_told(
    tmp_path, capsys, day
):
    folder = shutil.copytree(FOLDER, tmp_path / "scenario")
    replace(folder, "record_from = 2020-11-10", f"record_from = {day}")
    assert problems(folder) == []
    assert checking.check(folder) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("scenario.toml:1:file: no fit as of 2021-01-01 can be made")
    assert line.count("; ") == 2


def test_a_fault_of_the_tables_is_told_before_anything_is_tried(tmp_path, capsys):
    folder = shutil.copytree(FOLDER, tmp_path / "scenario")
    (folder / "events.csv").unlink()
    assert checking.check(folder) == 1
    assert "the file is missing" in capsys.readouterr().out
