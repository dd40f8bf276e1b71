"""Readers of tables: CSV, JSON, Parquet."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO

import pyarrow.parquet

from briefing.exports.data import units
from briefing.exports.data.files import MARK, from_cell
from briefing.material import signature
from briefing.material.provenance import TOOL
from briefing.reading import elements
from briefing.reading.content import Content, Item, Unreadable, records
from model.scenario import strict_json

MOST_CELLS = 1_000_000  # of a table; ours have some thousands
KEYS = ("provenance", "units", "rows", signature.MARK)
PAIR = re.compile(r'(\w+)": "')  # a pair of JSON of which a spreadsheet took the first quote


def csv_file(content: bytes) -> Content:
    """A CSV in UTF-8, also one that a spreadsheet has saved again; raises Unreadable.

    One that does not say where it is from is read no further.
    """
    if MARK.encode() not in content[:200]:
        return Content("", ())
    try:
        lines = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as problem:
        raise Unreadable(f"not a CSV in UTF-8 ({problem})") from None
    provenance = _provenance_in(lines[0]) if lines else ""
    head, *cells = (lines[1:] if provenance else lines) or [[]]
    rows = [dict(zip(head, row, strict=False)) for row in cells]
    return Content(provenance, tuple(_items(rows)), elements=tuple(_aside(lines[0], head, cells)))


def _aside(first: list[str], head: list[str], rows: list[list[str]]) -> Iterator[str]:
    """What of a CSV no column holds, and columns of one name; the reader takes the last."""
    yield from (f"a column {elements.short(name)} more than once" for name in _repeated(head))
    beyond = [cell for row in rows for cell in row[len(head) :] if cell.strip()]
    behind = ",".join(first).partition(signature.MARK)[2][signature.DIGITS + 1 :].strip(",; ")
    yield from (f"under no column: {elements.short(cell)}" for cell in beyond)
    yield from [f"behind the signature: {elements.short(behind)}"] if behind else []


def _repeated(names: list[str]) -> list[str]:
    return [name for name, many in Counter(names).items() if many > 1]


def _provenance_in(cells: Sequence[str]) -> str:
    """The provenance that a first line holds, "" where it holds none.

    A spreadsheet fills the line up with empty cells. One that splits JSON of earlier versions at
    its commas takes the quotes of each part as the cell's own.
    """
    first = ",".join(cells).rstrip(",; ")
    if not first.startswith(MARK):
        return ""
    text = from_cell(signature.without_mark(first.removeprefix(MARK)))
    return text if _is_json(text) else requoted(cells)


def requoted(cells: Sequence[str]) -> str:
    """Earlier versions' JSON, the outer quotes given back to each cell that lost them."""
    pairs = [cells[0].removeprefix(MARK), *filter(None, (cell.strip() for cell in cells[1:]))]
    return ",".join(f'"{pair}"' if PAIR.match(pair) else pair for pair in pairs)


def _is_json(text: str) -> bool:
    try:
        strict_json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def json_file(content: bytes) -> Content:
    """Our JSON; raises Unreadable for another."""
    try:
        document = strict_json.loads(content)
        rows, units_by_column = document["rows"], document["units"]
        provenance = json.dumps(document.get("provenance"), ensure_ascii=False)
        items = [*_units(units_by_column), *_items([dict(row) for row in rows])]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unreadable('not JSON with "provenance", "units" and "rows"') from None
    return Content(provenance, tuple(items), elements=tuple(_keys(document, rows)))


def _keys(document: dict, rows: list[dict]) -> Iterator[str]:
    """Keys of JSON that are none of ours, and of rows that the first row has none of."""
    yield from (f"a key {elements.short(key)}" for key in document if key not in KEYS)
    for number, row in enumerate(rows, start=1):
        more = (key for key in row if key not in rows[0])
        yield from (f"row {number}, a key {elements.short(key)}" for key in more)


def parquet_file(content: bytes) -> Content:
    """A Parquet file: units, then rows; raises Unreadable."""
    try:
        # From the footer, before anything is unpacked: fifteen bytes may stand for a million rows.
        footer = pyarrow.parquet.read_metadata(BytesIO(content))
        if footer.num_rows * max(1, footer.num_columns) > MOST_CELLS:
            raise Unreadable(f"{footer.num_rows:,} rows are far more than any table of ours has")
        if TOOL.encode() not in (footer.metadata or {}):
            return Content("", ())
        if more := _repeated(footer.schema.names):
            raise Unreadable(f"the column {elements.short(more[0])} stands there more than once")
        table = pyarrow.parquet.read_table(BytesIO(content), use_threads=False)
    except (pyarrow.ArrowException, OSError) as problem:
        raise Unreadable(f"not Parquet ({str(problem).splitlines()[0]})") from None
    units_by_column = {
        field.name: (field.metadata or {}).get(b"unit", b"").decode("utf-8", "replace")
        for field in table.schema
    }
    provenance = (table.schema.metadata or {}).get(TOOL.encode(), b"").decode("utf-8", "replace")
    writer = footer.created_by or ""
    ours = writer.startswith("parquet-cpp-arrow")
    items = (*_units(units_by_column), *_items(table.to_pylist()))
    told = [name.decode("utf-8", "replace") for name in table.schema.metadata or {}]
    more = tuple(f"metadata {elements.short(name)}" for name in told)
    return Content(provenance, items, saved_by="" if ours else writer, elements=more)


def _units(by_column: dict[str, str]) -> list[Item]:
    return [Item(f"unit of {column}", f"{column}: {unit}") for column, unit in by_column.items()]


def _items(rows: list[dict]) -> list[Item]:
    return list(records("table", rows, naming(rows[0]) if rows else ()))


def naming(row: dict) -> list[str]:
    """The columns that say what a row is about: names and days, with or without their unit."""
    return [column for column in row if _names(column.split(" [")[0])]


def _names(column: str) -> bool:
    unit = units.UNITS.get(column)
    return unit in (units.NAME, units.PLACE) or column in ("date", "day")
