"""`check` finds what is past the day of collecting, gaps in the deaths, one report twice."""

import shutil
from pathlib import Path

import pytest

from model.check.check import problems
from tests.model.check.broken_folder import FOLDER, lines, only, place, row_where, set_cell, write


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "scenario"))


def test_an_event_known_past_the_day_of_collecting_is_named(folder):
    row = row_where(folder, "collected", what="events")
    set_cell(folder, "collected", row, "collected_to", "2025-12-27")
    found = problems(folder)
    assert {fault.file for fault in found} == {"events.csv"}
    assert "is past 2025-12-27" in found[0].message


def test_a_table_that_does_not_say_up_to_when_it_is_collected_is_named(folder):
    rows = [row for row in lines(folder, "collected") if row[0] != "switches"]
    write(folder, "collected", rows)
    assert "'switches' has no row" in only(folder).message


def test_a_missing_month_of_deaths_is_a_gap_and_not_quiet(folder):
    rows = [row for row in lines(folder, "battle_deaths") if row[0] != "2024-05"]
    write(folder, "battle_deaths", rows)
    problem = only(folder)
    assert problem.column == "month" and "between 2024-04 and 2024-06" in problem.message


def test_a_misspelled_place_is_a_month_without_the_place(folder):
    row = row_where(folder, "battle_deaths", month="2024-05", place="Armenia")
    set_cell(folder, "battle_deaths", row, "place", "Armenja")
    assert "2024-05 has no row of 'Armenia'" in only(folder).message


def test_deaths_collected_to_another_day_than_their_last_months_end_are_named(folder):
    row = row_where(folder, "collected", what="battle_deaths")
    set_cell(folder, "collected", row, "collected_to", "2025-11-30")
    assert place(only(folder)) == ("collected.csv", row, "collected_to")


def test_one_report_under_two_ids_and_origins_is_named(folder):
    header, *rows = lines(folder, "events")
    twin = ["E-twin", *rows[9][1:]]
    twin[header.index("origin")] = "of-its-own"
    twin[header.index("what_happened")] = rows[9][header.index("what_happened")].upper()
    write(folder, "events", [header, *rows, twin])
    coded = lines(folder, "codings")
    own = next(row for row in coded if row[0] == rows[9][0])
    write(folder, "codings", [*coded, ["E-twin", *own[1:]]])
    problem = only(folder)
    assert problem.message.startswith(f"'E-twin' tells what {rows[9][0]!r} tells in row 11")


def test_an_event_known_more_than_three_years_before_it_happens_is_named(folder):
    row = row_where(folder, "events", event="E20251228-1")
    set_cell(folder, "events", row, "known_on", "2021-12-28")
    assert "more than three years before 2025-12-28" in only(folder).message


def test_a_weight_that_no_second_coder_has_read_may_be_blank(folder):
    set_cell(folder, "codings", 5, "second_coder", "")
    assert problems(folder) == []
