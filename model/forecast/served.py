"""Which stored run is served: of a day, and of beliefs that a run was refitted under."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from model.assumptions import NOTHING, Assumptions
from model.beliefs.believed import believed
from model.evidence import load_evidence
from model.evidence.evidence import stamp
from model.runs import Run, identity, store
from model.runs.remembered import per_run
from model.runs.settings import STANDARD
from model.runs.wholeness import UnusableRun
from model.scenario import load_scenario


def open_run(
    folder: Path, as_of: date | None = None, believing: Assumptions = NOTHING
) -> Run | None:
    """The served run of what was known on `as_of` (default: the scenario's day), or None.

    folder: the scenario's. With `believing`, the run fitted under the beliefs of that set. A run
    that is damaged, or stored in a form that is not known here, is as good as none: a fit of the
    same day puts it right.
    """
    as_of = as_of or load_scenario(folder).default_as_of
    id = _wanted_id(folder, as_of, believing, stamp(folder))
    return _opened(id, store.load)


def unusable(folder: Path, as_of: date | None = None, believing: Assumptions = NOTHING) -> str:
    """Why the stored run of a day is of no use, one line; "" where it is, and where there is none.

    The arguments are those of `open_run`.
    """
    as_of = as_of or load_scenario(folder).default_as_of
    try:
        store.load(_wanted_id(folder, as_of, believing, stamp(folder)))
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
    days = {date.fromisoformat(day) for day in store.stored()["as_of"]}
    now = stamp(folder)
    return sorted(day for day in days if _is_served(_wanted_id(folder, day, NOTHING, now)))


@lru_cache(maxsize=64)
def _wanted_id(folder: Path, as_of: date, believing: Assumptions, _stamp: str) -> str:
    # remembered, because a page asks for days that have no run each time it is opened
    return identity.run_id(believed(load_evidence(folder, as_of), believing), STANDARD)


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
