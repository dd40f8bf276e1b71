"""Readers of tables: CSV, JSON, Parquet."""

import csv
import json
from io import BytesIO, StringIO

import pyarrow.parquet

from briefing.exports.data import units
from briefing.exports.data.files import MARK
from briefing.material.provenance import TOOL
from briefing.reading.content import Content, Item, Unreadable, records


def csv_file(content: bytes) -> Content:
    """A CSV in UTF-8, also one that a spreadsheet has saved again; raises Unreadable."""
    try:
        lines = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as problem:
        raise Unreadable(f"not a CSV in UTF-8 ({problem})") from None
    # The line of provenance is no CSV, so it splits at its commas; a spreadsheet fills it up with
    # empty cells.
    first = ",".join(lines[0]).rstrip(",; ") if lines else ""
    provenance = first.removeprefix(MARK) if first.startswith(MARK) else ""
    head, *rows = (lines[1:] if provenance else lines) or [[]]
    rows = [dict(zip(head, row, strict=False)) for row in rows]
    return Content(provenance, tuple(_items(rows)))


def json_file(content: bytes) -> Content:
    """Our JSON; raises Unreadable for another."""
    try:
        document = json.loads(content)
        rows, units_by_column = document["rows"], document["units"]
        provenance = json.dumps(document.get("provenance"), ensure_ascii=False)
        items = [*_units(units_by_column), *_items([dict(row) for row in rows])]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unreadable('not JSON with "provenance", "units" and "rows"') from None
    return Content(provenance, tuple(items))


def parquet_file(content: bytes) -> Content:
    """A Parquet file: units, then rows; raises Unreadable."""
    try:
        table = pyarrow.parquet.read_table(BytesIO(content))
    except (pyarrow.ArrowException, OSError) as problem:
        raise Unreadable(f"not Parquet ({str(problem).splitlines()[0]})") from None
    units_by_column = {
        field.name: (field.metadata or {}).get(b"unit", b"").decode("utf-8", "replace")
        for field in table.schema
    }
    provenance = (table.schema.metadata or {}).get(TOOL.encode(), b"").decode("utf-8", "replace")
    writer = pyarrow.parquet.read_metadata(BytesIO(content)).created_by or ""
    ours = writer.startswith("parquet-cpp-arrow")
    items = (*_units(units_by_column), *_items(table.to_pylist()))
    return Content(provenance, items, saved_by="" if ours else writer)


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
