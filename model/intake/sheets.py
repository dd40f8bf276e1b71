"""A table as a person made it: any delimiter, encoding and header that Excel leaves, or one line.

What cannot be read is refused with one line, which tells the remedy.
"""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from model.scenario.plain_text import as_meant, counted

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx, and .xls
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
NUMBERED = re.compile(r"\d(\.\d+)?E\+\d{1,3}", re.IGNORECASE)  # what Excel makes of a long id
SEPARATOR = re.compile(r"sep=([,;\t])\r?(?=\n)")  # a first line for Excel, no row
MOST_BYTES = 200_000_000


class Unreadable(ValueError):
    """A file that cannot be taken in; the message is one line with the remedy."""


@dataclass(frozen=True)
class Row:
    """A row of a file: its line there (header 1), and its cells by column as plain text."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A file's rows. columns: in small letters, words joined by _. notes: how it had to be read."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def read(path: Path) -> Sheet:
    """The table in a file; raises Unreadable, one line, and OSError where there is no file."""
    path = Path(path)
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"{path.name} is larger than 200 MB; cut it to the countries you need")
    text, encoding = _decoded(path.read_bytes(), path.name)
    named = SEPARATOR.match(text)
    delimiter = named[1] if named else _delimiter(text)
    lines = _lines(text, delimiter, path.name, 1 if named else 0)
    columns, width = _header(lines, path.name)
    rows, dropped = _rows(lines, columns, width, path.name)
    _refuse_numbered(rows, path.name)
    notes = [*encoding, *_of_delimiter(delimiter), *_of_header(lines, columns), *dropped]
    return Sheet(path.name, columns, tuple(rows), tuple(notes))


def _decoded(content: bytes, name: str) -> tuple[str, list[str]]:
    if content.startswith(WORKBOOKS):
        raise Unreadable(f"{name} is an Excel workbook; save it in Excel as CSV UTF-8")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _or_refused(content, "utf-16", name), ["read as UTF-16"]
    if b"\x00" in content:
        raise Unreadable(f"{name} is no text; save it as CSV UTF-8")
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return _or_refused(content, "cp1252", name), ["read as Windows-1252"]


def _or_refused(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable(f"{name} is in no encoding known here; save it as CSV UTF-8") from None


def _delimiter(text: str) -> str:
    """The one of which the first line has most outside quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=outside.count)


def _lines(text: str, delimiter: str, name: str, skipped: int) -> list[tuple[int, list[str]]]:
    """(line of the file, cells) of every row with anything in it, but for the first `skipped`."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append((line, [_plain_spaces(cell) for cell in cells]))
            line = reader.line_num + 1
    except csv.Error:
        message = f"a quote opened in line {line} is not closed; close it, or double it in a text"
        raise Unreadable(f"{name}: {message}") from None
    filled = [(line, cells) for line, cells in rows[skipped:] if any(cells)]
    if not filled:
        raise Unreadable(f"{name} is empty; expected a header line and rows")
    return filled


def _plain_spaces(cell: str) -> str:
    # pages and Word put spaces that do not break into names, which are then other names
    return as_meant(cell.replace("\N{NO-BREAK SPACE}", " ").strip())


def plain(header: str) -> str:
    """A column's name in small letters, spaces, stops and hyphens as one `_`."""
    return re.sub(r"[\s\-./]+", "_", header.strip().lower()).strip("_")


def _header(lines: list[tuple[int, list[str]]], name: str) -> tuple[tuple[str, ...], int]:
    """The columns, and how many cells stand in front of those that are empty to the end."""
    cells = lines[0][1]
    width = max(place for _, row in lines for place, cell in enumerate(row, 1) if cell)
    columns = [plain(cell) for cell in cells[:width]]
    if len(columns) < width or "" in columns:
        message = "cells stand under no name of the header"
        remedy = "put a text with a comma in quotes, or name the column"
        raise Unreadable(f"{name}: {message}; {remedy}")
    twice = [column for column, times in Counter(columns).items() if times > 1]
    if twice:
        raise Unreadable(f"{name}: the header has {twice[0]!r} twice; rename or drop one")
    return tuple(columns), width


def _rows(
    lines: list[tuple[int, list[str]]], columns: tuple[str, ...], width: int, name: str
) -> tuple[list[Row], list[str]]:
    header, body = lines[0][1][:width], lines[1:]
    again = [line for line, cells in body if cells[:width] == header]
    kept = [(line, cells[:width]) for line, cells in body if cells[:width] != header]
    short = [line for line, cells in kept if len(cells) < width]
    if short:
        message = f"line {short[0]} has too few cells ({counted(len(short), 'such line')})"
        raise Unreadable(f"{name}: {message}; put a text with a comma or a line break in quotes")
    rows = [Row(line, dict(zip(columns, cells, strict=True))) for line, cells in kept]
    notes = [f"the header is repeated in line {again[0]}, and was skipped"] if again else []
    extra = max((len(cells) for _, cells in lines), default=width) - width
    notes += [f"{extra} empty columns at the end were skipped"] if extra else []
    return rows, notes


def _refuse_numbered(rows: list[Row], name: str) -> None:
    for row in rows:
        for column, cell in row.cells.items():
            if NUMBERED.fullmatch(cell):
                message = f"{column!r} of line {row.line} is {cell}: Excel made a number of an id"
                remedy = "set the column to Text in Excel and fill the ids in again"
                raise Unreadable(f"{name}: {message}; {remedy}")


def _of_delimiter(delimiter: str) -> list[str]:
    return [] if delimiter == "," else [f"separated by {DELIMITERS[delimiter]}"]


def _of_header(lines: list[tuple[int, list[str]]], columns: tuple[str, ...]) -> list[str]:
    changed = [cell for cell, column in zip(lines[0][1], columns, strict=False) if cell != column]
    return [f"header read in small letters, such as {columns[0]!r}"] if changed else []
