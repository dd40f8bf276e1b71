"""An import in lines: read, decided, changed, held, refused, and what stands against it."""

from collections.abc import Iterable, Iterator

from model.check.schemas import SOURCE_KINDS
from model.intake.importing import Import
from model.intake.merging import Change
from model.intake.proposal import Proposed
from model.scenario.plain_text import counted, one_line

SHOWN = 12  # lines of one kind, unless all are asked for
LONGEST = 600  # characters of any line
WIDEST = 160  # characters of a line on a new row


def report(made: Import, written: bool, whole: bool) -> Iterator[str]:
    """The lines of an import: read, decided, changed, held, refused, what stands against it.

    Cells of a stranger's file stand in them, so each is one line, cut where it is far too long.
    """
    for line in _lines(made, written, whole):
        plain = f"{line[: len(line) - len(line.lstrip())]}{one_line(line)}"
        yield plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"


def _lines(made: Import, written: bool, whole: bool) -> Iterator[str]:
    proposal = made.proposal
    yield from _section("Read", made.read, whole)
    yield from _section("Decided", [*proposal.decided, *made.merged.decided], whole)
    yield from _changes(made, whole)
    near = [str(match) for match in made.matches if not match.same_origin]
    yield from _section("Perhaps one fact", near, whole)
    yield from _section("In quarantine", map(_quarantined, proposal.quarantined), True)
    yield from _section("Refused", [str(row) for row in made.refused], True)
    yield from _section("Not read", made.unreadable, True)
    yield from _asked(proposal.asked)
    yield from _section("Faults of the tables as they would be", map(str, made.faults), True)
    yield _last(made, written)


def _quarantined(row: Proposed) -> str:
    return f"{row.where}: {row.cells['id']}: {row.cells['why']}"


def _section(head: str, lines: Iterable[str], whole: bool) -> Iterator[str]:
    lines = list(lines)
    if not lines:
        return
    yield f"{head}:"
    shown = lines if whole else lines[:SHOWN]
    yield from (f"  {line}" for line in shown)
    if len(shown) < len(lines):
        yield f"  and {len(lines) - len(shown)} more; --all shows them"


def _changes(made: Import, whole: bool) -> Iterator[str]:
    for table in made.merged.tables:
        own = [change for change in made.merged.changes if change.table == table]
        added = sum(change.added for change in own)
        head = f"{table}.csv: {counted(added, 'row')} added, {len(own) - added} changed"
        yield from _section(head, [_line(change) for change in own], whole)
    if made.merged.there:
        are = "row is" if made.merged.there == 1 else "rows are"
        yield f"{made.merged.there:,} {are} there already, and the same."


def _line(change: Change) -> str:
    if not change.added:
        return str(change)
    shown = [after for name, (_, after) in change.cells.items() if after and name not in change.id]
    return f"{change}: {' | '.join(shown[1:5])}"[:WIDEST]


def _asked(names: list[str]) -> Iterator[str]:
    if not names:
        return
    yield "New sources; say of each whose media it is and of which kind, in a mapping:"
    for name in names:
        yield f'  [sources."{name}"]\n  country = ""\n  kind = ""'
    yield f"  (kinds: {', '.join(SOURCE_KINDS)})"


def _last(made: Import, written: bool) -> str:
    if written:
        return "Written. --undo brings the tables before it back; refit makes the numbers."
    if not made.merged.tables:
        return "Nothing would change."
    if made.is_clean:
        return "Nothing is written yet: --write does it."
    if made.unreadable or made.faults or made.proposal.asked:
        return "Nothing is written: what is named above stands against it."
    return "Nothing is written: correct the rows that are refused, or leave them out with --partly."
