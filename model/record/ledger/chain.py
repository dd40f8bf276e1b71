"""The hash that chains each row of a ledger to the row before, and where a chain is broken.

A row's hash covers its number, its content and the hash of the row before, so that no row can be
changed, dropped or moved without every later hash. Who rewrites all of them is found by a hash
that was noted elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

START = "0" * 64  # what stands before the first row
CHAINED = ("number", "previous", "hash")


@dataclass(frozen=True)
class Break:
    """The first row, by its number from 1 on, at which a chain is not as it was written."""

    number: int
    why: str


def digest(number: int, previous: str, content: Mapping) -> str:
    """Sixty-four hexadecimal digits that stand for a row and, by `previous`, for all before it.

    content: column -> text, number, day, time or None. The same on every machine and database.
    """
    text = json.dumps(
        [number, previous, content], sort_keys=True, ensure_ascii=False, default=_as_text
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _as_text(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"no column of a ledger holds {type(value).__name__}")


def content_of(row: Mapping) -> dict:
    """A row without its place in the chain."""
    return {name: value for name, value in row.items() if name not in CHAINED}


def first_break(rows: Iterable[Mapping], written: int, head: str) -> Break | None:
    """Where the chain is broken first; None where every row is as it was written.

    rows: by their number. written: how many rows there have been. head: the last one's hash.
    """
    number, previous = 0, START
    for row in rows:
        number += 1
        if why := _fault(row, number, previous):
            return Break(number, why)
        previous = row["hash"]
    if number < written:
        return Break(number + 1, f"it is missing, and so is all after it: {written} were written")
    if previous != head:
        return Break(number, f"the ledger ends otherwise than after the {written} rows written")
    return None


def _fault(row: Mapping, number: int, previous: str) -> str:
    if row["number"] != number:
        return f"it is missing: row {row['number']} stands in its place"
    if row["previous"] != previous:
        return "it does not follow the row before it: one of them was moved, or put in"
    if row["hash"] != digest(number, previous, content_of(row)):
        return "it was changed after it was written: its content does not give its hash"
    return ""
