"""An import: files of any known kind to changes of the tables, checked, written whole or undone."""

import csv
import io
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from model.check.cells import read_cells
from model.check.check import problems
from model.check.problem import Problem
from model.check.schemas import TABLES
from model.intake import collecting, mapping, rows, sheets, versions
from model.intake.mapping import Layout, Mapping
from model.intake.matching import Match, matches
from model.intake.merging import Merged, merged
from model.intake.proposal import KEYS, Proposal, Proposed
from model.intake.publishers import acled, metaculus, ucdp
from model.intake.sheets import Sheet, Unreadable
from model.runs.turn import turn
from model.scenario.plain_text import counted

HISTORY, QUESTIONS = {"forecaster_username", "probability_yes"}, {"question_title", "post_id"}
Faults = Callable[[Path], list[Problem]]


@dataclass
class Import:
    """What an import would do to a folder's tables.

    read: a line per file on how it was read. unreadable: per file that was not. matches: events
    that may be one. faults: what `check` finds in the tables as they would be. used: the mappings
    that its files fit.
    """

    folder: Path
    proposal: Proposal = field(default_factory=Proposal)
    merged: Merged = field(default_factory=Merged)
    read: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)
    used: list[Mapping] = field(default_factory=list)

    @property
    def refused(self) -> list:
        """Rows that are not taken in."""
        return [*self.proposal.refused, *self.merged.refused]

    @property
    def is_clean(self) -> bool:
        """Whether nothing stands against writing it."""
        return not (self.unreadable or self.refused or self.faults or self.proposal.asked)


def propose(
    folder: Path,
    files: Iterable[Path],
    named: Mapping | None = None,
    check: Faults = problems,
    coded: Iterable[Proposed] = (),
) -> Import:
    """What importing these files would change; nothing is written.

    folder: the scenario's. named: a mapping, beside those of the folder and before them. check:
    what finds the faults of a folder. coded: rows that are in no file: somebody just typed them.
    Raises Unreadable where the folder's own tables, or its mappings, cannot be read.
    """
    made = Import(Path(folder))
    versions.finish(folder)
    tables = _tables(made.folder)
    known = [own.under(named) if named else own for _, own in mapping.built_in(folder)]
    known += [named or Mapping()]
    _read_files(made, list(files), known, tables)
    made.proposal.rows += coded
    _sources(made, tables, known)
    made.matches = _matches(made, tables)
    made.proposal.rows = _without_doubles(made)
    made.proposal.rows += collecting.collected(made.proposal, made.used, tables)
    everything = [*made.proposal.rows, *made.proposal.quarantined]
    made.merged = merged(tables, everything)
    if made.merged.tables:
        made.faults = _checked(made, check)
    return made


def bring_in(
    folder: Path,
    files: Iterable[Path],
    named: Mapping | None = None,
    check: Faults = problems,
    partly: bool = False,
    coded: Iterable[Proposed] = (),
) -> tuple[Import, bool]:
    """`propose`, and write it where nothing stands against it; the import, and whether it is so.

    partly: rows that are refused keep no other out. One import at a time. Raises as `propose`, and
    OSError where the tables cannot be written; they are then as they were.
    """
    with turn("import"):
        made = propose(folder, files, named, check, coded)
        hindered = made.unreadable or made.faults or made.proposal.asked
        if hindered or (made.refused and not partly) or not made.merged.tables:
            return made, False
        source = ", ".join(Path(file).name for file in files) or "what was typed in"
        versions.write(folder, _bytes(made.merged.tables), f"import of {source}")
    return made, True


def undo(folder: Path) -> str:
    """Bring back the tables before the last import; what it was. Raises as `versions.undo`."""
    with turn("import"):
        return versions.undo(folder)


def _tables(folder: Path) -> dict[str, pd.DataFrame]:
    if not folder.is_dir():
        raise Unreadable(f"{folder}: there is no such folder; name a scenario's folder")
    return {name: _own_table(folder, name) for name in KEYS}


def _own_table(folder: Path, name: str) -> pd.DataFrame:
    """One of the scenario's tables as text; raises Unreadable where rows cannot go into it."""
    table, faults = read_cells(folder, name)
    missing = [] if table is None else [c for c in TABLES[name].columns if c not in table]
    if table is not None and not missing:
        return table
    fault = f"{name}.csv has no column {missing[0]!r}" if missing else faults[0]
    raise Unreadable(f"{fault}; until then nothing can be taken in; see `python -m model check`")


def _read_files(made: Import, files: list[Path], known: list[Mapping], tables: dict) -> None:
    opened: list[Sheet] = []
    for file in files:
        try:
            if Path(file).suffix.lower() == ".json":
                made.proposal.add(metaculus.propose_json(file, _reader(known, "metaculus")))
            else:
                opened.append(sheets.read(file))
                made.read += [f"{opened[-1].file}: {note}" for note in opened[-1].notes]
        except Unreadable as problem:
            made.unreadable.append(str(problem))
        except OSError as problem:
            made.unreadable.append(f"{file}: {problem.strerror or problem}")
    for sheet in opened:
        try:
            made.proposal.add(_proposed(made, sheet, opened, known, tables))
        except Unreadable as problem:
            made.unreadable.append(str(problem))


def _proposed(made: Import, sheet: Sheet, opened: list[Sheet], known: list, tables: dict):
    columns = set(sheet.columns)
    if columns >= QUESTIONS and not columns >= HISTORY:
        return Proposal()  # read with the history that it belongs to
    layout, own = _layout(sheet, known, tables)
    made.used += [own] if own not in made.used else []
    made.read.append(f"{sheet.file}: {counted(len(sheet.rows), 'row')}, {layout.title}")
    if layout.reader == "ucdp":
        return ucdp.propose(sheet, own, min(tables["battle_deaths"]["month"], default="1989-01"))
    if layout.reader == "acled":
        return acled.propose(sheet, own)
    if layout.reader == "metaculus":
        questions = [other for other in opened if set(other.columns) >= QUESTIONS]
        return metaculus.propose_csv(sheet, next(iter(questions), None), own)
    return rows.propose(sheet, layout, own, tuple(tables[layout.table].columns))


def _layout(sheet: Sheet, known: list[Mapping], tables: dict) -> tuple[Layout, Mapping]:
    """A mapping's layout, or our own format; raises Unreadable for a file that is neither."""
    if fitting := mapping.layout_of(sheet, known):
        return fitting
    for table, frame in tables.items():
        if set(KEYS[table]) <= set(sheet.columns) <= set(frame.columns):
            layout = Layout(title=f"our own {table}", table=table, needs=KEYS[table])
            return layout, Mapping().under(known[-1])
    shown = ", ".join(sheet.columns[:6])
    message = f"its columns ({shown} …) are those of no table here and of no mapping"
    raise Unreadable(
        f"{sheet.file}: {message}; name one with --mapping, see model/intake/README.md"
    )


def _reader(known: list[Mapping], reader: str) -> Mapping:
    own = [m for m in known for layout in m.layouts if layout.reader == reader]
    return own[0] if own else Mapping()


def _sources(made: Import, tables: dict, known: list[Mapping]) -> None:
    """A row for each source that is new: from a mapping, or asked for."""
    sources = {own.name or name: own for m in known for name, own in m.sources.items()}
    listed = set(tables["sources"]["source"]) | {
        row.cells["source"] for row in made.proposal.of("sources")
    }
    for row in made.proposal.of("events"):
        name = row.cells["source"]
        if name in listed:
            continue
        listed.add(name)
        own = sources.get(name)
        if own is None or not own.country or not own.kind:
            made.proposal.asked.append(name)
            continue
        cells = {"source": name, "country": own.country, "kind": own.kind, "note": own.note}
        made.proposal.rows.append(Proposed("sources", cells, row.file, row.line))


def _matches(made: Import, tables: dict) -> list[Match]:
    old = tables["events"].to_dict("records")
    there = {cells["event"] for cells in old}
    new = [row.cells for row in made.proposal.of("events") if row.cells["event"] not in there]
    return matches(new, old)


def _without_doubles(made: Import) -> list[Proposed]:
    """The rows without events that are there already under another id, and their codings."""
    doubled = {match.new: match.old for match in made.matches if match.is_same_report}
    for new, old in doubled.items():
        made.proposal.decided.append(f"{new} is the report {old}, which is there; left out")
    left = set(doubled) | {row.cells["id"] for row in made.proposal.quarantined}
    events = ("events", "codings")
    return [
        row
        for row in made.proposal.rows
        if not (row.table in events and row.cells["event"] in left)
    ]


def _checked(made: Import, check: Faults) -> list[Problem]:
    """What `check` finds in a copy of the folder with the new tables."""
    with TemporaryDirectory(prefix="araxes-import-") as place:
        hidden = shutil.ignore_patterns(".*")
        copy = Path(shutil.copytree(made.folder, Path(place) / made.folder.name, ignore=hidden))
        for name, content in _bytes(made.merged.tables).items():
            (copy / f"{name}.csv").write_bytes(content)
        faults = check(copy)
    # a source that is asked for has no row yet
    return [fault for fault in faults if not (made.proposal.asked and fault.column == "source")]


def _bytes(tables: dict[str, pd.DataFrame]) -> dict[str, bytes]:
    return {name: _csv(table) for name, table in tables.items()}


def _csv(table: pd.DataFrame) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.itertuples(index=False))
    return text.getvalue().encode("utf-8")
