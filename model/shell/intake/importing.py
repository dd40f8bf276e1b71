"""`python -m model import`: what it prints and asks, and its exit codes."""

import sys
from pathlib import Path

import typer

from model.check.schemas import SOURCE_KINDS
from model.intake import importing
from model.intake.mapping import Mapping, Source
from model.intake.report import report
from model.shell.checking import faults


def bring_in(
    folder: Path, files: list[Path], named: Mapping | None, write: bool, partly: bool, whole: bool
) -> int:
    """Print what an import changes, and write it if asked; the exit code.

    0: nothing stands against it. 1: rows are refused. 2: a file cannot be read, a source has no
    country, or the tables would have faults.
    """
    made = importing.propose(folder, files, named, faults)
    if made.proposal.asked and sys.stdin.isatty():
        named = _with_answers(made.proposal.asked, named)
        made = importing.propose(folder, files, named, faults)
    written = False
    if write:
        made, written = importing.bring_in(folder, files, named, faults, partly)
    print("\n".join(report(made, written, whole)))
    if made.unreadable or made.faults or made.proposal.asked:
        return 2
    return 1 if made.refused and not (written and partly) else 0


def _with_answers(sources: list[str], named: Mapping | None) -> Mapping:
    """The mapping with what a person says of new sources."""
    base = named or Mapping()
    answers = dict(base.sources)
    for name in sources:
        country = typer.prompt(f"Whose media is {name!r} (a country, several or unknown)")
        kind = typer.prompt(f"Its kind ({', '.join(SOURCE_KINDS)})")
        answers[name] = Source(country=country, kind=kind)
    return base.model_copy(update={"sources": answers})
