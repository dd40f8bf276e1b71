"""Check, fit, gate, compare, publish: what becomes of a day's evidence without anybody at hand.

What is served changes in one step at the very end. A run is held before it is fitted, so that it is
not served, however this ends, before it was compared with what was published last.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from model import refit
from model.changes import court, kept, more_draws
from model.changes.difference import difference
from model.evidence import Evidence
from model.evidence.collected import gap
from model.forecast.served import passing
from model.record.published import publishing
from model.runs import Run, Settings, identity, publication, store
from model.runs.turn import turn
from model.runs.wholeness import UnusableRun
from model.shell import checked, commands
from model.shell.nightly import codes
from model.shell.nightly.reporting import Log

AUTHOR = "refit"  # in the ledger, where the system knows no user
BEFORE = "it was published before, and nothing has changed since"
FIRST = "nothing was published before it, so there is nothing to compare it with"


@dataclass(frozen=True, eq=False)
class Asked:
    """What is to be refitted and published, and how.

    accept: the reason to publish a run that is held, "" where none is given. hold_at: percentage
    points that a headline may move by.
    """

    folder: Path
    as_of: date | None
    settings: Settings
    accept: str = ""
    hold_at: float = court.HOLD_AT


@dataclass(frozen=True, eq=False)
class Ended:
    """How it ended: an exit code of `codes`, the run, why, the headlines that moved."""

    code: int
    run: Run | None
    message: str
    moves: pd.DataFrame = field(default_factory=pd.DataFrame)


def publish(asked: Asked, log: Log) -> Ended:
    """Refit and publish; of two at once one waits, and finds it done.

    Its forecasts go into the ledger before it is served; those of a run that were there already do
    not go in again. Raises OSError where the state folder cannot be written, `refit.RefitError`
    where nothing can be stored, and LedgerError where the ledger cannot be written.
    """
    log.say("check", f"Checking {asked.folder}")
    try:
        checked.insist(asked.folder)
        evidence = refit.known_evidence(asked.folder, asked.as_of)
    except refit.RefitError as problem:
        return Ended(codes.BAD_DATA, None, str(problem))
    if asked.as_of is not None and (unknown := gap(asked.as_of, evidence.as_of)):
        log.say("check", unknown)
    commands.make_ready()
    with turn(f"fit-{evidence.as_of}"):
        run = _passing_run(evidence, asked.settings, log)
        reasons = run.manifest["diagnostics"]["failures"]
        log.say("gate", "; ".join(reasons) or "passed", run=run.id)
        if reasons:
            return Ended(codes.FAILED_GATE, run, "; ".join(reasons))
        return _compared(run, asked, log)


def _passing_run(evidence: Evidence, settings: Settings, log: Log) -> Run:
    """The best stored run of this evidence that passes, or one fitted now; it may fail the gate."""
    for id in passing(identity.made_from(evidence)):
        try:
            run = store.load(id)
        except (FileNotFoundError, UnusableRun):
            continue
        log.say("fit", "fitted before", run=id)
        return run
    ids = [identity.run_id(evidence, tried) for tried in more_draws.settings_tried(settings)]
    for id in ids:
        publication.hold(id)
    with log.progress() as report:
        run = more_draws.found_or_fitted(evidence, settings, report)
        run = more_draws.until_it_passes(run, report)
    for id in ids:
        if id != run.id or not run.manifest["served"]:
            publication.release(id)
    return run


def _compared(run: Run, asked: Asked, log: Log) -> Ended:
    last = publication.last_published(run.as_of)
    if last is not None and (last.as_of, last.run) == (run.as_of, run.id):
        publication.release(run.id)
        return Ended(codes.DONE, run, BEFORE)
    if last is None:
        log.say("compare", FIRST, run=run.id)
        return _published(run, asked.accept, FIRST, pd.DataFrame(), log)
    try:
        before = store.load(last.run)
        moves = court.moves(before, run)
    except (FileNotFoundError, ValueError) as problem:
        reason = f"it cannot be compared with run {last.run}, published last: {problem}"
        return _judged(run, None, pd.DataFrame(), reason, asked, log)
    far = court.too_far(moves, asked.hold_at)
    return _judged(run, before, moves, _moves_in_words(far, last.as_of), asked, log)


def _moves_in_words(far: pd.DataFrame, since: date) -> str:
    """What moved too far, a sentence; "" where nothing did."""
    each = [
        f"{row.title} {100 * row.before:.0f} → {100 * row.now:.0f} % by {row.deadline}"
        for row in far.itertuples()
    ]
    return f"since {since}: {'; '.join(each)}" if each else ""


def _judged(
    run: Run, before: Run | None, moves: pd.DataFrame, reason: str, asked: Asked, log: Log
) -> Ended:
    within = f"no headline moved by more than {asked.hold_at:g} points"
    log.say("compare", reason or within, run=run.id)
    if not reason or asked.accept:
        return _published(run, asked.accept, within, moves, log)
    why = {
        "reason": reason,
        "against": None if before is None else before.id,
        "as_of": run.as_of.isoformat(),
        "hold_at": asked.hold_at,
    }
    publication.hold(run.id, why)
    if before is not None:
        _explained(before, run, log)
    return Ended(codes.HELD, run, reason, moves)


def _explained(before: Run, run: Run, log: Log) -> None:
    """Keep what moved the held run, for whoever decides on it."""
    if kept.kept(run.id) is not None:
        return
    log.say("compare", "What moved it: some fits", run=run.id)
    with log.progress() as report:
        kept.keep(difference(before, run, progress=report))


def _published(run: Run, accepted: str, otherwise: str, moves: pd.DataFrame, log: Log) -> Ended:
    """Publish it; the reason given for it stands in the record, else `otherwise` in what is said.

    accepted: the reason to publish what is held, or "".
    """
    rows = publishing.publish(run, publishing.user() or AUTHOR)
    publication.publish(run.as_of, run.id, accepted)
    publication.release(run.id)  # last: until then a kill leaves what was served
    message = f"Run {run.id} is the published one of {run.as_of}"
    log.say("publish", message, run=run.id, forecasts=len(rows))
    return Ended(codes.DONE, run, accepted or otherwise, moves)
