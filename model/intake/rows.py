"""A table of rows, by a mapping or in our own format, as rows of ours."""

import calendar
from datetime import date

from model.evidence.evidence import DATES
from model.intake.days import is_day, read_days
from model.intake.mapping import Layout, Mapping
from model.intake.proposal import KEYS, Proposal, Proposed, refuse
from model.intake.sheets import Row, Sheet, plain
from model.scenario.plain_text import counted

LISTS = {"actors", "outcomes", "traits"}  # several words in a cell, joined by ;
DAYS = DATES | {"published_judgements": ("date", "known_on")}


def propose(sheet: Sheet, layout: Layout, mapping: Mapping, columns: tuple[str, ...]) -> Proposal:
    """What a sheet's rows become in `layout.table`.

    columns: those of our table. A month stands for its first day, and is known on its last. A row
    named in the mapping's quarantine, or whose word the mapping maps to nothing, is held.
    """
    cells = [_cells(row, layout, columns) for row in sheet.rows]
    _read_days(cells, sheet, layout, mapping)
    proposal = Proposal()
    for row, own in zip(sheet.rows, cells, strict=True):
        _settle(proposal, sheet, row, own, layout, mapping)
    if theirs := [row for row in proposal.rows if _says(row) and row.id not in mapping.words]:
        line = f"{counted(len(theirs), 'row')} in the file's own words; write yours under [words]"
        proposal.decided += [f"{sheet.file}: {line}"] if layout.columns else []
    once = [row for row in proposal.rows if row.cells.get("second_coder") == ""]
    if once:
        weights = counted(len(once), "weight")
        line = f"{weights} by one coder alone, to count as less sure than by two"
        proposal.decided.append(f"{sheet.file}: {line}")
    return proposal


def _cells(row: Row, layout: Layout, columns: tuple[str, ...]) -> dict[str, str]:
    theirs = {column: plain(layout.columns.get(column, column)) for column in columns}
    own = {column: row.cells.get(name, "") for column, name in theirs.items()}
    for column in own:
        text = own[column] or layout.fill.get(column, "")
        own[column] = _ours(column, text, layout)
    return own


def _ours(column: str, text: str, layout: Layout) -> str:
    """A cell in our words: word by word where it is a list."""
    words, starts = layout.values.get(column, {}), layout.starts.get(column, {})
    if column in LISTS:
        listed = [word.strip() for word in text.split(";")]
        return ";".join(filter(None, (words.get(word, word) for word in listed)))
    for theirs, ours in starts.items():
        if text.startswith(theirs):
            text = ours + text.removeprefix(theirs)
    return words.get(text, text)


def _read_days(cells: list[dict], sheet: Sheet, layout: Layout, mapping: Mapping) -> None:
    for column in DAYS.get(layout.table, ()):
        if column == "month" or not cells or column not in cells[0]:
            continue
        where = f"{sheet.file}, column {layout.columns.get(column, column)!r}"
        read = read_days([own[column] for own in cells], where, mapping.day_first)
        for own, text in zip(cells, read, strict=True):
            own[column] = text


def _settle(
    proposal: Proposal, sheet: Sheet, row: Row, own: dict, layout: Layout, mapping: Mapping
) -> None:
    """Take one row in, hold it, or refuse it."""
    _whole_months(own)
    proposed = Proposed(layout.table, own, sheet.file, row.line)
    name = proposed.id
    own |= {c: text for c, text in mapping.words.get(name, {}).items() if c in own}
    if source := mapping.sources.get(own.get("source", "")):
        own["source"] = source.name or own["source"]
    if why := mapping.quarantine.get(name) or _placeless(own):
        proposal.quarantined.append(quarantined(proposed, why))
    elif reason := _faulty(own, layout.table):
        proposal.refused.append(refuse(sheet, row, name, reason))
    else:
        proposal.rows.append(proposed)


def _says(row: Proposed) -> bool:
    return row.table in ("events", "codings", "published_judgements")


def _placeless(own: dict) -> str:
    """Why a judgement has no place: its outcomes are none of the scenario's."""
    outcomes = own.get("outcomes")
    return "it speaks of no outcome of the scenario" if outcomes == "" else ""


def quarantined(proposed: Proposed, why: str) -> Proposed:
    """The row of the table `quarantine` for a row that does not count yet; why: a text."""
    own = proposed.cells
    what = own.get("what_happened") or own.get("judgement") or own.get("reason") or ""
    cells = {
        "table": proposed.table,
        "id": proposed.id,
        "date": own.get("known_on") or own.get("date") or "",
        "what": what,
        "why": why,
        "source_url": own.get("source_url", ""),
    }
    return Proposed("quarantine", cells, proposed.file, proposed.line)


def _whole_months(own: dict) -> None:
    """A month as its first day, known on its last: where the table has no other precision."""
    for column, day in (("date", 1), ("known_on", 0)):
        text = own.get(column, "")
        if len(text) == len("2023-09") and is_day(f"{text}-01"):
            year, month = map(int, text.split("-"))
            own[column] = date(year, month, day or calendar.monthrange(year, month)[1]).isoformat()


def _faulty(own: dict, table: str) -> str:
    """Why a row cannot stand in the table whatever else there is; "" where nothing is found.

    The rest is left to `check`, which reads the tables as they would be.
    """
    for column in KEYS[table]:
        if not own[column]:
            return f"{column} is blank; fill it in"
    for column in DAYS.get(table, ()):
        text = own.get(column, "")
        if text and column != "month" and not is_day(text):
            return f"{column} is {text!r}, which is no day; write it as 2023-09-21"
    return ""
