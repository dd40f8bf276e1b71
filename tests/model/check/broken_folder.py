"""Ways to break one thing in a copy of the data, and to say where it stands."""

import csv
import re
from pathlib import Path

from model.check.check import problems

FOLDER = Path(__file__).parents[3] / "data" / "south_caucasus"


def lines(folder, table):
    with open(folder / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(folder, table, rows):
    with open(folder / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def set_cell(folder, table, row, column, value):
    """Write one cell of a CSV (row 1 is the header) and return what stood there."""
    rows = lines(folder, table)
    place = rows[0].index(column)
    before, rows[row - 1][place] = rows[row - 1][place], value
    write(folder, table, rows)
    return before


def row_where(folder, table, **wanted):
    """The first line of a CSV with these cells."""
    header, *rows = lines(folder, table)
    for row, cells in enumerate(rows, start=2):
        if wanted.items() <= dict(zip(header, cells, strict=True)).items():
            return row
    raise LookupError(wanted)


def replace(folder, old, new, after=""):
    """Replace text in scenario.toml at its first place after `after`; return its line."""
    path = folder / "scenario.toml"
    text = path.read_text(encoding="utf-8")
    start = text.index(old, text.index(after))
    path.write_text(text[:start] + new + text[start + len(old) :], encoding="utf-8")
    return text[:start].count("\n") + 1


def only(folder):
    """The one problem of the folder."""
    faults = problems(folder)
    assert len(faults) == 1, [str(problem) for problem in faults]
    return faults[0]


def place(problem):
    return problem.file, problem.row, problem.column


def set_interval(folder, new, after):
    """Write the first hazard ratio after a text and return its line."""
    text = (folder / "scenario.toml").read_text(encoding="utf-8")
    old = re.search(r"hazard_ratio = .*", text[text.index(after) :])[0]
    return replace(folder, old, f"hazard_ratio = {new}", after)
