"""Which run was published of a day, and which runs are held: small files in the state folder.

A held run passed the gate and is not served: it has yet to be compared with what was published
before, or moved further than may go out without a person's word.
"""

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from model.runs import whole_file
from model.scenario import home

PUBLISHED, HELD = "published", "held"


class Published(NamedTuple):
    """The run that was published of a day, when, and the reason given for one that was held."""

    as_of: date
    run: str
    at: str
    reason: str


def publish(as_of: date, run: str, reason: str = "") -> None:
    """Note that `run` is the published one of its day, in place of one before it.

    Raises OSError where the state folder cannot be written.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    _write(PUBLISHED, as_of.isoformat(), {"run": run, "at": now, "reason": reason})


def published(as_of: date) -> Published | None:
    """What was published of this day; None where nothing was."""
    note = _read(_path(PUBLISHED, as_of.isoformat()))
    return None if note is None else Published(as_of, note["run"], note["at"], note["reason"])


def last_published(by: date) -> Published | None:
    """What was published of the latest day that is no later than `by`; None where nothing was."""
    days = (date.fromisoformat(path.stem) for path in (home() / PUBLISHED).glob("[0-9]*.json"))
    notes = (published(day) for day in sorted(days, reverse=True) if day <= by)
    return next((note for note in notes if note is not None), None)


def hold(run: str, why: dict | None = None) -> None:
    """Hold a run, fitted already or about to be; why: JSON on what moved, None while undecided.

    Raises OSError where the state folder cannot be written.
    """
    _write(HELD, run, why or {})


def release(run: str) -> None:
    """A run is held no longer; nothing happens to one that was not."""
    _path(HELD, run).unlink(missing_ok=True)


def held(run: str) -> dict | None:
    """Why a run is held, as `hold` was told ({} while undecided); None where it is not held."""
    return _read(_path(HELD, run))


def stamp() -> tuple[str, ...]:
    """Texts that are others once a run was published, held or released."""
    notes = [note for kind in (PUBLISHED, HELD) for note in (home() / kind).glob("[!.]*.json")]
    stamps = []
    for note in notes:
        with suppress(FileNotFoundError):  # released meanwhile
            stamps.append(f"{note.parent.name}/{note.stem} {note.stat().st_mtime_ns}")
    return tuple(sorted(stamps))


class Held(NamedTuple):
    """A run that waits for a person: of which day, and the sentence on what moved too far."""

    run: str
    as_of: date
    reason: str


def decisions() -> list[Held]:
    """The held runs that were compared and wait for a person, by day."""
    notes = ((path.stem, _read(path)) for path in (home() / HELD).glob("[!.]*.json"))
    waiting = [
        Held(run, date.fromisoformat(note["as_of"]), note["reason"])
        for run, note in notes
        if note  # nothing in it: not compared yet
    ]
    return sorted(waiting, key=lambda held: held.as_of)


def _path(kind: str, name: str) -> Path:
    return home() / kind / f"{name}.json"


def _write(kind: str, name: str, content: dict) -> None:
    path = _path(kind, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    whole_file.write(path, json.dumps(content, indent=1, ensure_ascii=False).encode())


def _read(path: Path) -> dict | None:
    try:
        return json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
