"""What spreadsheets leave in a table of the scenario's is one line for each cause."""

import csv
import io
import shutil
from datetime import date

import pytest

from model.check.cells import read_cells
from model.check.check import problems
from tests.model.check.broken_folder import FOLDER, lines, only, place
from tests.slow_cases import slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    hidden = shutil.ignore_patterns(".*")
    return shutil.copytree(FOLDER, tmp_path_factory.mktemp("left") / "scenario", ignore=hidden)


@pytest.fixture
def events(folder):
    """The rows of events.csv, the header first; afterwards the table is as it was."""
    yield lines(FOLDER, "events")
    shutil.copy(FOLDER / "events.csv", folder / "events.csv")


def written(folder, rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    (folder / "events.csv").write_text(text.getvalue(), encoding="utf-8")
    return folder


def as_in_europe(text):
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text


LEFT = {
    "blank rows": (lambda rows: [*rows, [""] * 11, [""] * 11], "2 rows are blank (line 380, 381)"),
    "a row of commas that is shorter": (lambda rows: [*rows, ["", ""]], "1 row is blank"),
    "the header again": (lambda rows: [*rows[:9], rows[0], *rows[9:]], "the header once more"),
    "a comma at each end": (lambda rows: [[*row, ""] for row in rows], "1 column is without a"),
    "capitals": (lambda rows: [[c.upper() for c in rows[0]], *rows[1:]], "as 'EVENT'; expected"),
    "an id as a number": (
        lambda rows: [rows[0], ["2.02E+07", *rows[1][1:]], *rows[2:]],
        "a number that a spreadsheet made of an id",
    ),
}


@pytest.mark.parametrize(
    "what", [next(iter(LEFT)), *(slow(what) for what in list(LEFT)[1:])], ids=str
)
def test_each_is_one_line_and_hides_nothing_else(what, folder, events):
    leave, said = LEFT[what]
    fault = only(written(folder, leave(events)))
    assert said in fault.message and fault.message.count("; ") == 2


def test_what_else_is_wrong_with_the_table_is_told_beside_it(folder, events):
    events[3][1] = "soon"
    first, second = problems(written(folder, [*events, [""] * 11]))
    assert place(first) == ("events.csv", 4, "date") and "is blank" not in first.message
    assert place(second) == ("events.csv", 380, "event") and "1 row is blank" in second.message


def test_a_column_that_is_written_otherwise_throughout_is_one_line_with_its_count(folder, events):
    days = [events[0].index(name) for name in ("date", "known_on")]
    other = [
        [as_in_europe(cell) if n in days else cell for n, cell in enumerate(row)] for row in events
    ]
    faults = problems(written(folder, other))
    assert [fault.column for fault in faults] == ["date", "known_on"]
    # 378 events; the first is of 27 September 2020
    assert faults[0].message.startswith("'27/09/2020' is not a day (378 cells of this column); ")
    assert all(fault.message.count("; ") == 2 for fault in faults)


@pytest.mark.parametrize(
    "content, said",
    [(b"PK\x03\x04\xff", "Excel workbook"), ("a,b\n".encode("utf-16"), "UTF-16")],
)
def test_a_file_that_is_no_text_in_utf_8_is_told_what_it_is(tmp_path, content, said):
    (tmp_path / "events.csv").write_bytes(content)
    table, (fault,) = read_cells(tmp_path, "events")
    assert table is None and said in fault.message and fault.message.count("; ") == 2
