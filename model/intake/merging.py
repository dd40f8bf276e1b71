"""Proposed rows into the tables: what is added, changed, there already, and what stands against it.

Tables are text as their files have them, so that a row that nobody touches stays to the byte.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from model.intake.days import is_day
from model.intake.matching import words_of
from model.intake.proposal import KEYS, Proposed, Refused

YEARLY, MONTHLY = "UCDP Georeferenced", "UCDP Candidate"
Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Change:
    """A row that is added (before: None) or changed. cells: column -> (before, after)."""

    table: str
    id: str
    cells: dict[str, tuple[str, str]]
    added: bool

    def __str__(self) -> str:
        if self.added:
            return f"+ {self.id}"
        cells = "; ".join(f"{name}: {old!r} -> {new!r}" for name, (old, new) in self.cells.items())
        return f"~ {self.id}: {cells}"


@dataclass
class Merged:
    """The tables as they would be (those that change), and how they come to be so."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    there: int = 0
    refused: list[Refused] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)


def merged(tables: Tables, rows: list[Proposed]) -> Merged:
    """`rows` put into copies of `tables` (text, one column each of the file), in their order."""
    result, seen = Merged(), {}
    for table, frame in tables.items():
        own = [row for row in rows if row.table == table]
        if own:
            _into(result, table, frame, own, seen)
    return result


def _into(result: Merged, table: str, frame: pd.DataFrame, rows: list[Proposed], seen: dict):
    key = list(KEYS[table])
    all_rows = frame.to_dict("records")
    before = all_rows[:]
    place = {tuple(row[column] for column in key): number for number, row in enumerate(all_rows)}
    for row in rows:
        id = tuple(row.cells[column] for column in key)
        if (table, id) in seen and seen[table, id].cells != row.cells:
            why = f"stands in {seen[table, id].where} too, with other cells; keep one of them"
            result.refused.append(Refused(row.file, row.line, row.id, why))
        elif why := _older(row, before, place.get(id)):
            result.decided.append(why)
        elif id in place:
            _changed(result, row, all_rows[place[id]])
        else:
            place[id] = len(all_rows)
            all_rows.append({column: row.cells.get(column, "") for column in frame.columns})
            cells = {column: ("", text) for column, text in all_rows[-1].items()}
            result.changes.append(Change(table, row.id, cells, added=True))
        seen.setdefault((table, id), row)
    if any(change.table == table for change in result.changes):
        result.tables[table] = pd.DataFrame(_in_order(table, all_rows), columns=frame.columns)


def _changed(result: Merged, row: Proposed, before: dict[str, str]) -> None:
    """Change a row where its cells differ; a blank says nothing against what is there."""
    cells = {
        column: (before[column], text)
        for column, text in row.cells.items()
        if column in before and text and text != before[column]
    }
    if not cells:
        result.there += 1
        return
    before.update({column: after for column, (_, after) in cells.items()})
    result.changes.append(Change(row.table, row.id, cells, added=False))


def _older(row: Proposed, before: list[dict], place: int | None) -> str:
    """Why a row does not replace or join what is there, as a decision to print; "" if it does.

    before: the table's rows without those of this import, of which each is an incident of its own.
    """
    if row.table == "battle_deaths" and place is not None and place < len(before):
        source, new = before[place]["source"], row.cells["source"]
        if source.startswith(YEARLY) and new.startswith(MONTHLY):
            return f"{row.where}: {row.id} stays as the yearly {source} has it"
    if row.table == "border_clashes" and place is None:
        twin = next((cells for cells in before if _one_incident(cells, row.cells)), None)
        if twin is not None:
            where = f"{twin['date']}, {twin['place']}"
            return f"{row.where}: {row.id} is the incident of {where}, which is there; left out"
    return ""


def _one_incident(old: dict[str, str], new: dict[str, str]) -> bool:
    """A day apart at most, and a place name in common."""
    if not (is_day(old["date"]) and is_day(new["date"])):
        return False
    apart = date.fromisoformat(old["date"]) - date.fromisoformat(new["date"])
    return abs(apart.days) <= 1 and bool(words_of(old["place"]) & words_of(new["place"]))


def _in_order(table: str, rows: list[dict]) -> list[dict]:
    """Deaths and incidents by time, whatever came when; other tables keep their order."""
    if table == "battle_deaths":
        return sorted(rows, key=lambda cells: (cells["month"], cells["place"]))
    if table in ("border_clashes", "crowd", "published_judgements"):
        return sorted(rows, key=lambda cells: cells["date"])
    if table == "sources":
        return sorted(rows, key=lambda cells: cells["source"])
    return rows
