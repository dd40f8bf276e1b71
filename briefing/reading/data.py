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
    """A CSV, also one that a spreadsheet has saved again; raises Unreadable."""
    try:
        lines = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as problem:
        raise Unreadable(f"not a CSV in UTF-8 ({problem})") from None
    first = ",".join(lines[0]).rstrip(",; ") if lines else ""
    told = first.removeprefix(MARK) if first.startswith(MARK) else ""
    head, *rows = (lines[1:] if told else lines) or [[]]
    rows = [dict(zip(head, row, strict=False)) for row in rows]
    return Content(told, tuple(_items(rows)))


def json_file(content: bytes) -> Content:
    """Our JSON; raises Unreadable for another."""
    try:
        found = json.loads(content)
        rows, named = found["rows"], found["units"]
        told = json.dumps(found.get("provenance"), ensure_ascii=False)
        items = [*_units(named), *_items([dict(row) for row in rows])]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unreadable('not JSON with "provenance", "units" and "rows"') from None
    return Content(told, tuple(items))


def parquet_file(content: bytes) -> Content:
    """A Parquet file; raises Unreadable."""
    try:
        read = pyarrow.parquet.read_table(BytesIO(content))
    except (pyarrow.ArrowException, OSError) as problem:
        raise Unreadable(f"not Parquet ({str(problem).splitlines()[0]})") from None
    named = {
        one.name: (one.metadata or {}).get(b"unit", b"").decode("utf-8", "replace")
        for one in read.schema
    }
    told = (read.schema.metadata or {}).get(TOOL.encode(), b"").decode("utf-8", "replace")
    writer = pyarrow.parquet.read_metadata(BytesIO(content)).created_by or ""
    ours = writer.startswith("parquet-cpp-arrow")
    items = (*_units(named), *_items(read.to_pylist()))
    return Content(told, items, saved_by="" if ours else writer)


def _units(named: dict[str, str]) -> list[Item]:
    return [Item(f"unit of {column}", f"{column}: {unit}") for column, unit in named.items()]


def _items(rows: list[dict]) -> list[Item]:
    return list(records("table", rows, naming(rows[0]) if rows else ()))


def naming(row: dict) -> list[str]:
    """The columns that say what a row is about: names and days, with or without their unit."""
    return [column for column in row if _names(column.split(" [")[0])]


def _names(column: str) -> bool:
    unit = units.UNITS.get(column)
    return unit in (units.NAME, units.PLACE) or column in ("date", "day")
