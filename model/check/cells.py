"""A scenario's CSV as text: its cells by line of the file, and what keeps it from being read.

What spreadsheets leave in a table is one line for each cause, however many cells it is found in;
what changes no cell of a row is put right for the rest of the check.
"""

import csv
import io
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from model.check.problem import Problem, read_text
from model.check.scenario_folder import at
from model.evidence.evidence import OPTIONAL

OTHERS = {";": "semicolons", "\t": "tabs", "|": "bars"}  # what may stand between columns
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx, and .xls
WIDE = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16
NUMBERED = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]{1,3}")  # what is made of a long id
MISSING = "the file is missing; every scenario has one; add it, if only its header line"
SHOWN = 3  # lines that are named


@dataclass(frozen=True)
class _Rows:
    """A table's header and rows as read, each row with its line of the file; what is wrong.

    is_lost: whether cells were changed, so that the rest of a check would only say so again.
    """

    header: list[str]
    lines: list[int]
    cells: list[list[str]]
    faults: list[Problem] = field(default_factory=list)
    is_lost: bool = False


def read_cells(folder: Path, name: str) -> tuple[pd.DataFrame | None, list[Problem]]:
    """A CSV as text indexed by line of the file, and what keeps it from being read in full.

    A row with too many or too few cells is reported and read as far as it goes. The table is None
    where the file is missing or no file, not UTF-8, not CSV or empty, where a column stands twice,
    or where a spreadsheet made numbers of ids. One that may be missing
    is then without rows.
    """
    path = folder / f"{name}.csv"
    if name in OPTIONAL and not path.exists():
        return pd.DataFrame(columns=OPTIONAL[name], dtype=str), []
    text, problems = read_text(path, MISSING, "utf-8-sig", refused=_no_text)
    if text is None:
        return None, problems
    # Not by pandas, which fills short rows up without a word.
    return _parse(name, text)


def _parse(name: str, text: str) -> tuple[pd.DataFrame | None, list[Problem]]:
    reader, lines, rows, row = csv.reader(io.StringIO(text, newline=""), strict=True), [], [], 1
    try:
        for cells in reader:
            if cells:
                lines.append(row)
                rows.append(cells)
            row = reader.line_num + 1  # of the file: a cell in quotes may run over several
    except csv.Error as error:
        message = f"cannot be read as CSV from here on ({error}); expected each quote to be closed"
        return None, [at(name, row, "file", f"{message}; close it or double it")]
    if not rows:
        message = "the file is empty; expected a header line; write it or restore the file"
        return None, [at(name, 1, "file", message)]
    if len(rows[0]) == 1 and (other := next((o for o in OTHERS if o in rows[0][0]), "")):
        message = f"the columns are separated by {OTHERS[other]}; expected commas"
        return None, [at(name, 1, "file", f"{message}; save it so, or take it in with `import`")]
    return _frame(name, _Rows(rows[0], lines[1:], rows[1:]))


def _frame(name: str, read: _Rows) -> tuple[pd.DataFrame | None, list[Problem]]:
    from model.check.schemas import TABLES

    meant = _put_right(name, read, [*TABLES[name].columns])
    if meant.is_lost:
        return None, meant.faults
    table, faults = _of_cells(name, meant.header, meant.lines, meant.cells)
    return table, [*meant.faults, *faults]


def _of_cells(
    name: str, header: list[str], lines: list[int], rows: list[list[str]]
) -> tuple[pd.DataFrame | None, list[Problem]]:
    doubled = sorted({column for column in header if header.count(column) > 1})
    if doubled:
        message = "the header has this column twice; expected once; drop or rename one"
        return None, [at(name, 1, column, message) for column in doubled]
    width = len(header)
    uneven = [
        at(
            name,
            line,
            header[min(len(cells), width) - 1],
            f"the row has {len(cells)} cells; expected {width}; put text with a comma in quotes",
        )
        for line, cells in zip(lines, rows, strict=True)
        if len(cells) != width
    ]
    even = [(cells + [""] * width)[:width] for cells in rows]
    return pd.DataFrame(even, columns=header, index=lines, dtype=str), uneven


def _no_text(content: bytes) -> str:
    """What a file is that is no text, as a message in three parts; "" for any other."""
    if content.startswith(WORKBOOKS):
        return "the file is an Excel workbook; expected a CSV; save it in Excel as CSV UTF-8"
    if content.startswith(WIDE):
        return "the text is UTF-16; expected UTF-8; save it as CSV UTF-8"
    return ""


def _put_right(name: str, rows: _Rows, known: list[str]) -> _Rows:
    """The rows as they were meant, with a fault for each cause. known: the table's columns."""
    for step in (_without_nameless, _without_blank, _without_headers):
        rows = step(name, rows)
    return _told_of_ids(name, _plainly_headed(name, rows, known))


def _found(rows: _Rows, name: str, line: int, column: str, message: str, **changes) -> _Rows:
    return replace(rows, faults=[*rows.faults, at(name, line, column, message)], **changes)


def _without_nameless(name: str, rows: _Rows) -> _Rows:
    """Without the columns at the end that have neither a name nor a cell."""
    width = len(rows.header)
    filled = max((n for row in rows.cells for n, cell in enumerate(row, 1) if cell), default=0)
    kept = max(filled, max((n for n, cell in enumerate(rows.header, 1) if cell), default=0))
    if kept >= width:
        return rows
    message = f"{_counted(width - kept, 'column')} without a name at the end; expected none"
    cut = [cells[:kept] for cells in rows.cells]
    todo = "delete what stands right of the table, or the comma at the end of each line"
    changes = {"header": rows.header[:kept], "cells": cut}
    return _found(rows, name, 1, rows.header[kept - 1], f"{message}; {todo}", **changes)


def _without_blank(name: str, rows: _Rows) -> _Rows:
    return _without(name, rows, [not any(cells) for cells in rows.cells], "blank")


def _without_headers(name: str, rows: _Rows) -> _Rows:
    again = [cells == rows.header for cells in rows.cells]
    return _without(name, rows, again, "the header once more")


def _without(name: str, rows: _Rows, gone: list[bool], what: str) -> _Rows:
    if not any(gone):
        return rows
    lines = [line for line, is_gone in zip(rows.lines, gone, strict=True) if is_gone]
    named = ", ".join(map(str, lines[:SHOWN])) + (" …" if len(lines) > SHOWN else "")
    message = f"{_counted(len(lines), 'row')} {what} (line {named}); expected none; delete it"
    kept = [place for place, is_gone in enumerate(gone) if not is_gone]
    changes = {
        "lines": [rows.lines[place] for place in kept],
        "cells": [rows.cells[place] for place in kept],
    }
    return _found(rows, name, lines[0], rows.header[0], message, **changes)


def _plainly_headed(name: str, rows: _Rows, known: list[str]) -> _Rows:
    """With the table's own names, where the header has them in capitals or with spaces."""
    plain = [re.sub(r"[\s\-./]+", "_", column.strip().lower()).strip("_") for column in rows.header]
    if set(known) <= set(rows.header) or not set(known) <= set(plain):
        return rows
    other = next(column for column in rows.header if column not in known)
    message = f"columns are written otherwise, as {other[:40]!r}; expected {', '.join(known)}"
    todo = "write them so, or take the table in with `import`"
    return _found(rows, name, 1, other[:40], f"{message}; {todo}", header=plain)


def _told_of_ids(name: str, rows: _Rows) -> _Rows:
    """With a fault where a spreadsheet made numbers of ids, which nothing brings back."""
    for line, cells in zip(rows.lines, rows.cells, strict=True):
        for column, cell in zip(rows.header, cells, strict=False):
            if NUMBERED.fullmatch(cell):
                message = f"{cell!r} is a number that a spreadsheet made of an id; expected the id"
                todo = "set the column to Text there and fill it in again"
                return _found(rows, name, line, column, f"{message}; {todo}", is_lost=True)
    return rows


def _counted(many: int, noun: str) -> str:
    return f"{many} {noun} is" if many == 1 else f"{many} {noun}s are"
