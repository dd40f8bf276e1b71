"""Which stored run is served: of a day, and of beliefs that a run was refitted under."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd

from model.assumptions import NOTHING, Assumptions
from model.beliefs.believed import believed
from model.evidence import load_evidence
from model.evidence.evidence import stamp
from model.runs import Run, Settings, identity, publication, store
from model.runs.remembered import per_run
from model.runs.settings import STANDARD
from model.runs.wholeness import UnusableRun
from model.scenario import load_scenario


def open_run(
    folder: Path, as_of: date | None = None, believing: Assumptions = NOTHING
) -> Run | None:
    """The served run of what was known on `as_of` (default: the scenario's day), or None.

    folder: the scenario's. With `believing`, the run fitted under the beliefs of that set. Of
    several runs of one evidence the one of most draws is served, the standard seed before others.
    While all are held it is the run that was published of that day before, if any. A run that is
    damaged, or stored in a form that is not known here, is as good as none: a fit of the same day
    puts it right.
    """
    as_of = as_of or load_scenario(folder).default_as_of
    runs = _passing(_wanted(folder, as_of, believing, stamp(folder)), store.stored())
    for id in _not_held(runs):
        if (run := _opened(id, store.load)) is not None:
            return run
    before = publication.published(as_of) if runs and believing is NOTHING else None
    return None if before is None else _opened(before.run, store.load)


def held_run(folder: Path, as_of: date | None = None) -> str | None:
    """The id of a run of what was known on `as_of` that is held while no other is served; or None.

    The arguments are those of `open_run`.
    """
    as_of = as_of or load_scenario(folder).default_as_of
    runs = _passing(_wanted(folder, as_of, NOTHING, stamp(folder)), store.stored())
    return runs[0] if runs and not _not_held(runs) else None


def passing(made_from: str) -> list[str]:
    """The ids of the stored runs that pass the gate and are made from the same, the best first.

    made_from: of `model.runs.identity`. Held ones are among them.
    """
    return _passing(made_from, store.stored())


def _passing(made_from: str, runs: pd.DataFrame) -> list[str]:
    runs = runs[(runs["made_from"] == made_from) & runs["served"].astype(bool)]
    settings = [Settings(**row) for row in runs["settings"]]
    # most draws; then the standard seed; then the one that was there first
    rank = [(-s.draws * s.chains, s.seed != STANDARD.seed) for s in settings]
    ranked = sorted(zip(rank, runs["made"], runs["id"], strict=True))
    return [id for *_, id in ranked]


def _not_held(runs: list[str]) -> list[str]:
    return [id for id in runs if publication.held(id) is None]


def unusable(folder: Path, as_of: date | None = None, believing: Assumptions = NOTHING) -> str:
    """Why the stored run of a day is of no use, one line; "" where it is, and where there is none.

    The arguments are those of `open_run`.
    """
    as_of = as_of or load_scenario(folder).default_as_of
    evidence = believed(load_evidence(folder, as_of), believing)
    try:
        store.load(identity.run_id(evidence, STANDARD))
    except UnusableRun as problem:
        return str(problem)
    except FileNotFoundError:
        pass
    return ""


def _opened(id: str, load: Callable[[str], Run]) -> Run | None:
    if not _is_served(id):
        return None
    try:
        return load(id)
    except (UnusableRun, FileNotFoundError):
        return None


def served_days(folder: Path) -> list[date]:
    """The days, in order, whose run is at hand and fitted to the evidence as it now stands.

    folder: the scenario's.
    """
    runs, now = store.stored(), stamp(folder)
    days = sorted({date.fromisoformat(day) for day in runs["as_of"]})
    return [day for day in days if _has_run(_wanted(folder, day, NOTHING, now), runs, day)]


def _has_run(made_from: str, runs: pd.DataFrame, as_of: date) -> bool:
    found = _passing(made_from, runs)
    if not found or _not_held(found):
        return bool(found)
    before = publication.published(as_of)
    return before is not None and _is_served(before.run)


@lru_cache(maxsize=256)
def _wanted(folder: Path, as_of: date, believing: Assumptions, _stamp: str) -> str:
    # remembered, because a page asks for days that have no run each time it is opened
    return identity.made_from(believed(load_evidence(folder, as_of), believing))


def open_believed(run: Run, assumptions: Assumptions) -> Run | None:
    """The served run that was fitted under these beliefs, or None; read from disk once."""
    id = _believed_id(run, assumptions.changes)
    return _opened(id, _loaded)


def basis_id(run: Run, assumptions: Assumptions) -> str:
    """The id of the run that answers: one refitted under the beliefs where there is one."""
    if not assumptions.changes_the_fit:
        return run.id
    id = _believed_id(run, assumptions.changes)
    readable = _is_served(id) and _can_be_read(id, stamp(store.folder_of(id)))
    return id if readable else run.id


@per_run(size=64)
def _believed_id(run: Run, beliefs: Assumptions) -> str:
    settings = replace(STANDARD, **run.manifest["settings"])
    return identity.run_id(believed(run.evidence, beliefs), settings)


# Few whole runs are kept on purpose: a refit under beliefs is asked again at each turn of a slider,
# reading it takes longer than answering from it, and a run of an id never changes.
_loaded = lru_cache(maxsize=4)(store.load)


def _is_served(id: str) -> bool:
    try:
        manifest = store.read_manifest(id)
    except UnusableRun:
        return False
    return manifest is not None and manifest["served"]


# by the files' times, since pages ask at every rerun and the hashes take some milliseconds
@lru_cache(maxsize=64)
def _can_be_read(id: str, _stamp: str) -> bool:
    return _opened(id, store.load) is not None
