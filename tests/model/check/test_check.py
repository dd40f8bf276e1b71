"""`check` finds one broken thing at a time in the tables, and several at once."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from model.check.cells import read_cells
from model.check.check import check, problems
from model.scenario import load_scenario
from tests.model.check.broken_folder import (
    FOLDER,
    lines,
    only,
    place,
    row_where,
    set_cell,
    set_interval,
    write,
)
from tests.slow_cases import sampled

SCENARIO = load_scenario(FOLDER)
OUTCOME, DRIVER = SCENARIO.outcome_ids[0], SCENARIO.driver_ids[0]
TABLES = sorted(path.stem for path in FOLDER.glob("*.csv"))
# table, column, what stands in the cell, what the answer says
MISTYPED = [
    ("events", "known_on", "2203-09-21", "lies in the future"),
    ("events", "date", "2062-01-08", "lies in the future"),
    ("events", "date", "0001-01-01", "lies too far back"),
    ("events", "date", "1899-12-30", "lies too far back"),
    ("events", "date", "\u0662\u0660\u0662\u0663-01-01", "is not a day"),
    ("battle_deaths", "deaths", "1e30", "is not allowed here"),
    ("battle_deaths", "deaths", "99999999999", "below 10 million"),
]
UNFIT = [
    ("codings", "first_coder", "5", "a whole number from -3 to 3"),
    ("codings", "second_coder", "1.5", "a whole number from -3 to 3"),
    ("events", "date", "2023-13-01", "a day as YYYY-MM-DD"),
    ("events", "date", "1 May 2023", "a day as YYYY-MM-DD"),
    ("events", "reliability", "E", "one of A, B, C, D"),
    ("events", "precision", "year", "one of day, month"),
    ("events", "source_url", "www.example.org", "http://"),
    ("events", "what_happened", "", "blank"),
    ("reference_cases", "event", "2", "one of 0, 1"),
    ("reference_cases", "quality", "good", "one of strong, medium, weak"),
    ("reference_cases", "start", "2023-02-30", "a day as YYYY-MM-DD"),
    ("case_codings", "second_reader", "0.5", "one of 0, 1"),
    ("reference_rates", "exposure_years", "0", "above 0"),
    ("battle_deaths", "deaths", "-1", "a whole number from 0 up"),
    ("battle_deaths", "month", "2018-13", "YYYY-MM"),
    ("border_clashes", "in_armenia_proper", "yes", "one of 0, 1"),
    ("crowd", "probability", "40", "a probability from 0 to 1"),
    ("resolutions", "status", "done", "one of happened, not_happened, open"),
    ("claims", "contested", "maybe", "one of yes, no"),
    ("published_judgements", "probability", "likely", "a probability from 0 to 1"),
]
ASTRAY = [
    ("codings", "event", "E19990101-1", "event"),
    ("reference_cases", "class", "wars", "class"),
    ("case_codings", "case", "UCDP-0-1900", "case"),
    ("case_codings", "trait", "stormy", "trait of war_end_to_agreement"),
    ("case_codings", "trait", "precondition", "trait of war_end_to_agreement"),
    ("reference_rates", "class", "wars", "class"),
    ("resolutions", "outcome", "peace", "outcome"),
    ("events", "kind", "peace_begun", "outcome"),
    ("published_judgements", "outcomes", f"{OUTCOME};peace", "outcome"),
    ("claims", "from", "weather", "driver or outcome"),
    ("claims", "to", "weather", "outcome"),
    ("reference_cases", "traits", "stormy", "trait"),
]


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "scenario"))


def test_an_outcome_that_happened_without_a_day_is_told(folder):
    row = row_where(folder, "resolutions", status="happened")
    set_cell(folder, "resolutions", row, "date", "")
    assert place(only(folder)) == ("resolutions.csv", row, "date")
    set_cell(folder, "resolutions", row, "status", "open")  # what is open has none
    assert problems(folder) == []


def test_the_data_as_they_stand_are_fine(capsys):
    assert problems(FOLDER) == []
    assert check(FOLDER) == 0
    (line,) = capsys.readouterr().out.splitlines()
    for table in TABLES:
        assert f"{table} {len(lines(FOLDER, table)) - 1}" in line


def test_a_problem_is_one_line_of_file_row_column_and_three_parts(folder, capsys):
    set_cell(folder, "codings", 7, "first_coder", "5")
    assert check(folder) == 1
    assert capsys.readouterr().out == (
        "codings.csv:7:first_coder: '5' is not allowed here; "
        "expected a whole number from -3 to 3; correct the number\n"
    )


def test_a_misspelled_driver_is_answered_with_the_nearest(folder):
    driver = set_cell(folder, "codings", 4, "driver", "")
    set_cell(folder, "codings", 4, "driver", driver[:-1])
    problem = only(folder)
    assert place(problem) == ("codings.csv", 4, "driver")
    assert f"unknown driver '{driver[:-1]}'" in problem.message
    assert problem.message.endswith(f"did you mean '{driver}'?")


@pytest.mark.parametrize(
    ("table", "column", "value", "expected"),
    sampled(UNFIT, 2),
)
def test_a_cell_that_does_not_fit_is_named(folder, table, column, value, expected):
    set_cell(folder, table, 3, column, value)
    faults = [problem for problem in problems(folder) if problem.column == column]
    assert [place(problem) for problem in faults] == [(f"{table}.csv", 3, column)]
    assert expected in faults[0].message


@pytest.mark.parametrize(("table", "column", "value", "expected"), sampled(MISTYPED, 3))
def test_a_mistyped_year_or_count_is_named(folder, table, column, value, expected):
    set_cell(folder, table, 3, column, value)
    faults = [problem for problem in problems(folder) if place(problem)[1:] == (3, column)]
    assert expected in faults[0].message


@pytest.mark.parametrize(
    ("table", "column", "value", "kind"),
    sampled(ASTRAY, 2),
)
def test_an_id_that_leads_nowhere_is_named(folder, table, column, value, kind):
    set_cell(folder, table, 2, column, value)
    faults = [p for p in problems(folder) if place(p) == (f"{table}.csv", 2, column)]
    assert len(faults) == 1
    assert faults[0].message.startswith(f"unknown {kind}")


@pytest.mark.parametrize("trait", ["formal_treaty", "precondition"])
def test_a_case_that_nobody_read_is_named(folder, trait):
    header, *rows = lines(folder, "case_codings")
    gone = next(row for row in rows if row[1] == trait)
    write(folder, "case_codings", [header, *(row for row in rows if row != gone)])
    problem = only(folder)
    row = row_where(folder, "reference_cases", case=gone[0])
    assert place(problem) == ("reference_cases.csv", row, "case")
    assert problem.message == (
        f"{gone[0]!r} is not read for {trait!r}; expected a row of two readers; "
        "add it to case_codings.csv"
    )


def test_a_case_that_has_not_ended_needs_no_reading_of_its_ending(folder):
    read = {row[0] for row in lines(folder, "case_codings")}
    case = row_where(folder, "reference_cases", **{"class": "war_end_to_agreement", "event": "0"})
    assert lines(folder, "reference_cases")[case - 1][0] not in read
    assert problems(folder) == []


def test_an_event_may_stand_for_readers_alone_and_is_counted(folder, capsys):
    header, *rows = lines(folder, "codings")
    event = rows[-1][0]
    events = {row[0] for row in lines(folder, "events")[1:]}
    without = len(events - {row[0] for row in rows}) + 1
    write(folder, "codings", [header, *(row for row in rows if row[0] != event)])
    assert check(folder) == 0
    assert f"without a coding: {without}" in capsys.readouterr().out


def test_a_source_without_a_row_of_its_own_is_named_and_so_is_its_spare_row(folder):
    before = set_cell(folder, "events", 2, "source", "Nobody's Gazette")
    alone = before not in [row[-2] for row in lines(folder, "events")[1:]]
    faults = {place(problem): problem.message for problem in problems(folder)}
    spare = ("sources.csv", row_where(folder, "sources", source=before), "source")
    assert faults.pop(("events.csv", 2, "source")).startswith(
        'source "Nobody\'s Gazette" has no row'
    )
    assert set(faults) == ({spare} if alone else set())


def test_a_source_of_no_event_is_named(folder):
    header, *rows = lines(folder, "sources")
    write(folder, "sources", [header, *rows, ["Nobody's Gazette", "Norway", "outlet", ""]])
    problem = only(folder)
    assert place(problem) == ("sources.csv", len(rows) + 2, "source")
    assert "that of no event" in problem.message


def test_a_duplicated_id_is_named_with_the_row_it_repeats(folder):
    header, *rows = lines(folder, "events")
    write(folder, "events", [header, *rows, rows[2]])
    problem = only(folder)
    assert place(problem) == ("events.csv", len(rows) + 2, "event")
    assert f"'{rows[2][0]}' stands in row 4 too" in problem.message


def test_two_codings_of_one_event_to_one_driver_are_named(folder):
    header, *rows = lines(folder, "codings")
    write(folder, "codings", [header, *rows, rows[0]])
    problem = only(folder)
    assert place(problem) == ("codings.csv", len(rows) + 2, "event")
    assert "stands in row 2 too" in problem.message


def test_one_origin_cannot_move_a_driver_both_ways(folder):
    first, second = [row for row in lines(folder, "codings")[1:] if row[1] == DRIVER][:2]
    origin = lines(folder, "events")[row_where(folder, "events", event=first[0]) - 1][8]
    set_cell(folder, "events", row_where(folder, "events", event=second[0]), "origin", origin)
    for coding, weight in ((first, "2"), (second, "-1")):
        row = row_where(folder, "codings", event=coding[0], driver=DRIVER)
        set_cell(folder, "codings", row, "first_coder", weight)
        set_cell(folder, "codings", row, "second_coder", weight)
    problem = only(folder)
    assert place(problem) == ("codings.csv", row, "first_coder")
    assert "expected one sign" in problem.message


def test_a_month_row_is_known_inside_its_month(folder):
    row = row_where(folder, "events", precision="month", date="2022-09-01")
    set_cell(folder, "events", row, "known_on", "2022-10-01")
    problem = only(folder)
    assert place(problem) == ("events.csv", row, "known_on")
    assert problem.message.endswith("write its last, 2022-09-30")


def test_a_month_row_is_dated_the_first(folder):
    row = row_where(folder, "events", precision="month", date="2022-09-01")
    set_cell(folder, "events", row, "date", "2022-09-05")
    problem = only(folder)
    assert place(problem) == ("events.csv", row, "date")
    assert problem.message.endswith("write 2022-09-01")


def test_a_case_cannot_end_before_it_starts(folder):
    set_cell(folder, "reference_cases", 5, "end", "1900-01-01")
    problem = only(folder)
    assert place(problem) == ("reference_cases.csv", 5, "end")


def test_a_case_cannot_end_before_it_enters(folder):
    row = row_where(folder, "reference_cases", entry_years="1.0")
    set_cell(folder, "reference_cases", row, "entry_years", "90")
    problem = only(folder)
    assert place(problem) == ("reference_cases.csv", row, "entry_years")


def test_what_ended_at_once_ended(folder):
    row = row_where(folder, "reference_cases", at_once="1")
    set_cell(folder, "reference_cases", row, "event", "0")
    assert place(only(folder)) == ("reference_cases.csv", row, "at_once")


def test_a_cell_of_a_class_runs_forward(folder):
    set_cell(folder, "reference_rates", 2, "from_years", "2")
    set_cell(folder, "reference_rates", 2, "to_years", "1")
    assert place(only(folder)) == ("reference_rates.csv", 2, "to_years")


def test_a_toll_is_the_sum_of_the_sides(folder):
    row = row_where(folder, "border_clashes", deaths_armenia="207")
    set_cell(folder, "border_clashes", row, "deaths", "285")
    problem = only(folder)
    assert place(problem) == ("border_clashes.csv", row, "deaths")
    assert "add up to 286" in problem.message


def test_nothing_is_known_before_it_happens(folder):
    set_cell(folder, "border_clashes", 2, "known_on", "2021-01-01")
    assert place(only(folder)) == ("border_clashes.csv", 2, "known_on")


def test_a_missing_file_is_named(folder):
    (folder / "crowd.csv").unlink()
    problem = only(folder)
    assert place(problem) == ("crowd.csv", 1, "file")
    assert "missing" in problem.message


BROKEN = [b"", b"\n\n", b"\xff\xfe\x00", b'a,b\n"1,2\n', b"a,a\n1,2\n", b"[x]\n", b"="]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *sampled([(f"{table}.csv", b"x\n1\n") for table in TABLES], 6),
        *sampled([("events.csv", content) for content in BROKEN], 3),
        *sampled([("scenario.toml", content) for content in BROKEN], 3),
    ],
)
def test_no_broken_file_ends_in_a_traceback(folder, capsys, name, content):
    (folder / name).write_bytes(content)
    assert check(folder) == 1
    out = capsys.readouterr().out.splitlines()
    assert any(line.startswith(f"{name}:") for line in out)
    assert all(re.fullmatch(r"[\w.]+:\d+:[^:]+: [^;]+; [^;]+; .+", line) for line in out), out


def test_a_folder_in_the_place_of_a_table_is_named(tmp_path):
    (tmp_path / "events.csv").mkdir()
    table, (problem,) = read_cells(tmp_path, "events")
    assert table is None and place(problem) == ("events.csv", 1, "file")
    assert problem.message.startswith("cannot be read (")


def test_a_table_with_another_separator_has_one_line(folder):
    for table, mark in (("sources", ";"), ("resolutions", "\t")):
        path = folder / f"{table}.csv"
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=mark).writerows(rows)
    told = {p.file: p.message for p in problems(folder) if p.file.endswith(".csv")}
    assert "separated by semicolons; expected commas" in told["sources.csv"]
    assert "separated by tabs; expected commas" in told["resolutions.csv"]


def test_a_missing_key_is_shown_as_the_scenario_that_ships_has_it(folder):
    path = folder / "scenario.toml"
    for key in ("title", "default_as_of", "question"):
        path.write_text(re.sub(rf"(?m)^{key} = .*\n", "", path.read_text(), count=1))
    told = {p.column: p.message for p in problems(folder)}
    assert "such as title = 'South Caucasus'" in told["title"]
    assert "such as default_as_of = 2023-09-21" in told["default_as_of"]
    assert "such as question = 'Will " in told["question"]


def test_a_missing_column_is_answered_with_the_nearest(folder):
    header, *rows = lines(folder, "codings")
    header[header.index("driver")] = "drvier"
    write(folder, "codings", [header, *rows])
    missing, unexpected = problems(folder)
    assert place(missing) == ("codings.csv", 1, "driver")
    assert missing.message.endswith("did you mean 'drvier'?")
    assert place(unexpected) == ("codings.csv", 1, "drvier")
    assert unexpected.message.endswith("did you mean 'driver'?")


def test_what_changes_between_two_checks_is_seen_though_the_rest_is_not_asked_again(folder):
    row = row_where(folder, "events", event="E20200927-1")
    day = set_cell(folder, "events", row, "date", "2023-02-30")
    first, again = problems(folder), problems(folder)
    assert [place(fault) for fault in first] == [("events.csv", row, "date")]
    assert again == first
    set_cell(folder, "events", row, "date", day)
    assert problems(folder) == []


@pytest.mark.parametrize("table", sampled(TABLES, 4))
def test_columns_taken_away_are_named(folder, table):
    # The first two hold the ids, on which most rules lean.
    header, *rows = lines(folder, table)
    write(folder, table, [cells[:1] + cells[2:] for cells in (header, *rows)])
    assert (f"{table}.csv", 1, header[1]) in map(place, problems(folder))
    write(folder, table, [cells[2:] for cells in (header, *rows)])
    assert {(f"{table}.csv", 1, column) for column in header[:2]} <= set(
        map(place, problems(folder))
    )


def test_a_row_with_a_cell_too_many_is_named_once(folder):
    rows = lines(folder, "codings")
    rows[9].append("more")
    write(folder, "codings", rows)
    problem = only(folder)
    assert place(problem) == ("codings.csv", 10, "note")
    assert "expected 6" in problem.message


def test_an_unclosed_quote_is_named_where_it_opens(folder):
    path = folder / "crowd.csv"
    text = path.read_text(encoding="utf-8").splitlines()
    text[4] = text[4].replace(",", ',"', 1)
    path.write_text("\n".join(text), encoding="utf-8")
    assert place(only(folder)) == ("crowd.csv", 5, "file")


def test_wrong_encoding_is_named_where_it_starts(folder):
    rows = (folder / "codings.csv").read_bytes().split(b"\n")
    rows[3] += "é".encode("latin-1")
    (folder / "codings.csv").write_bytes(b"\n".join(rows))
    problem = only(folder)
    assert place(problem) == ("codings.csv", 4, "file")
    assert "UTF-8" in problem.message


def test_lines_count_through_cells_of_several_lines(folder):
    set_cell(folder, "codings", 3, "reason", "two\nlines")
    set_cell(folder, "codings", 5, "first_coder", "9")
    # The cell of two lines pushes the fifth row to line 6.
    assert place(only(folder)) == ("codings.csv", 6, "first_coder")


def test_all_faults_are_reported_at_once(folder, capsys):
    driver = set_cell(folder, "codings", 4, "driver", "")
    set_cell(folder, "codings", 4, "driver", f"{driver}x")
    set_cell(folder, "codings", 9, "first_coder", "5")
    set_cell(folder, "events", 3, "date", "2023-13-01")
    set_cell(folder, "events", 6, "date", "2023-14-01")
    (folder / "crowd.csv").unlink()
    row = set_interval(folder, [1.7, 0.85], "[[effect]]")
    assert check(folder) == 1
    starts = [line.split(": ")[0] for line in capsys.readouterr().out.splitlines()]
    assert starts == [
        "codings.csv:4:driver",
        "codings.csv:9:first_coder",
        "crowd.csv:1:file",
        "events.csv:3:date",
        "events.csv:6:date",
        f"scenario.toml:{row}:hazard_ratio",
    ]


def test_a_folder_that_is_not_there_is_named(tmp_path, capsys):
    assert check(tmp_path / "nowhere") == 1
    assert "there is no such folder" in capsys.readouterr().out
