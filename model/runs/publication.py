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
    told = _read(_path(PUBLISHED, as_of.isoformat()))
    return None if told is None else Published(as_of, told["run"], told["at"], told["reason"])


def last_published(by: date) -> Published | None:
    """What was published of the latest day that is no later than `by`; None where nothing was."""
    days = (date.fromisoformat(path.stem) for path in (home() / PUBLISHED).glob("[0-9]*.json"))
    found = (published(day) for day in sorted(days, reverse=True) if day <= by)
    return next((one for one in found if one is not None), None)


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
    told = []
    for note in notes:
        with suppress(FileNotFoundError):  # released meanwhile
            told.append(f"{note.parent.name}/{note.stem} {note.stat().st_mtime_ns}")
    return tuple(sorted(told))


class Held(NamedTuple):
    """A run that waits for a person: of which day, and the sentence on what moved too far."""

    run: str
    as_of: date
    reason: str


def decisions() -> list[Held]:
    """The held runs that were compared and wait for a person, by day."""
    notes = ((path.stem, _read(path)) for path in (home() / HELD).glob("[!.]*.json"))
    found = [
        Held(run, date.fromisoformat(told["as_of"]), told["reason"])
        for run, told in notes
        if told  # nothing in it: not compared yet
    ]
    return sorted(found, key=lambda held: held.as_of)


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
