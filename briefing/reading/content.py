"""What a reader finds in an exported file: texts and numbers in order, and where each stands."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

DIGITS = 9  # of a number that are compared; programs that save a file again keep 15 or so
# No two ways to match the same digits: what a stranger writes must not be tried over and over.
NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
LONGEST_NUMBER = 40  # characters; programs write 25 or so
LONGEST_TEXT = 100_000  # characters of one text; ours are under 5,000
MOST_ITEMS = 200_000  # texts, numbers and elements of a file; ours have up to 30,000


class Unreadable(ValueError):
    """A file that cannot be read as what its ending says; one plain line."""


class Unknown(ValueError):
    """What the file was made from is not here; one plain line that says what to do."""


@dataclass(frozen=True)
class Item:
    """A text or a number of a file. where: for a person. key: what stays the same from run to run.

    spare: the kind of second copy that it is, which other programs may leave out as a whole: what
    is said of a chart, its workbook, a figure beside its table.
    """

    where: str
    text: str
    key: str = ""
    spare: str = ""

    @property
    def number(self) -> float | None:
        """The text as a number, None where it is none."""
        return float(self.text) if is_number(self.text) else None


@dataclass(frozen=True)
class Picture:
    """A picture inside a document; form is png or svg."""

    where: str
    form: str
    content: bytes


@dataclass(frozen=True)
class Content:
    """Everything that is compared. provenance: the line of JSON, "" where there is none.

    shown: texts that must stand in the drawing of a picture. changed: what the file says against
    itself, one line each. saved_by: the program that wrote it last, where the file names it.
    elements: what else it holds that may run, cover or add something, see `elements.py`.
    """

    provenance: str
    items: Sequence[Item]
    pictures: Sequence[Picture] = ()
    shown: Sequence[str] = ()
    changed: Sequence[str] = ()
    saved_by: str = ""
    elements: Sequence[str] = ()


def is_number(text: str) -> bool:
    """Whether a text is a decimal number of some length that programs write."""
    return len(text) <= LONGEST_NUMBER and NUMBER.fullmatch(text) is not None


def cleaned(value: object) -> str:
    """One line of text without needless space; a number to `DIGITS` digits; "" of none or NaN.

    Raises Unreadable for a text longer than `LONGEST_TEXT`.
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    text = re.sub(r"\s+", " ", str(value)).strip()
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"a text of {len(text):,} characters is far more than any of ours")
    if is_number(text):
        return f"{float(text):.{DIGITS}g}"
    # Spreadsheets write TRUE where we wrote True.
    return text.lower() if text.lower() in ("true", "false") else text


def texts(where: str, lines: Sequence[object], spare: str = "") -> Iterator[Item]:
    """An item per line that is not empty; `spare` as in `Item`."""
    for place, line in enumerate(map(cleaned, lines), start=1):
        if line:
            yield Item(f"{where}, line {place}" if len(lines) > 1 else where, line, "", spare)


def cells(where: str, rows: Sequence[Sequence[object]], named: int = 1) -> Iterator[Item]:
    """A table's items, its first row the head, each row named by its first `named` cells."""
    head = [cleaned(cell) for cell in rows[0]] if rows else []
    yield from (Item(f"{where}, heading", text) for text in head if text)
    seen: dict[str, int] = {}  # two rows may have one name, and each needs its own key
    for row in ([cleaned(cell) for cell in row] for row in rows[1:]):
        name = ", ".join(text for text in row[:named] if text)
        seen[name] = seen.get(name, 0) + 1
        again = f" ({seen[name]})" if seen[name] > 1 else ""
        for column, text in zip(head, row, strict=False):
            place = f"{where}, {name}{again}, {column}"
            yield Item(place, text, place)


def records(where: str, rows: Sequence[dict], named: Sequence[str]) -> Iterator[Item]:
    """A table's items from rows by column; `named`: the columns that say what a row is about."""
    columns = list(rows[0]) if rows else []
    first = [column for column in columns if column in named]
    order = first + [column for column in columns if column not in named]
    table = [order, *([row.get(column) for column in order] for row in rows)]
    yield from cells(where, table, max(1, len(first)))
