"""Tables of one import on disk: all of them or none, the version before kept, and brought back.

Below `.intake` in the scenario's folder: `ready` (see `model.evidence.whole_set`), and a numbered
folder per import, with the tables as they were before it and a note of what it wrote.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from model.evidence.whole_set import NEW, PLACE, READY, finish
from model.runs import whole_file

BEFORE, NOTE = "before", "note.json"
KEPT = 20  # imports that can be undone, the newest first


class NothingToUndo(ValueError):
    """No import can be brought back; the message is one line that says why."""


def write(folder: Path, tables: Mapping[str, bytes], what: str) -> None:
    """Put these tables (name without .csv -> content) in place, all or none, and keep the old ones.

    what: a line on the import. Raises OSError where nothing was written.
    """
    folder = Path(folder)
    settle(folder)
    before = {name: (folder / f"{name}.csv").read_bytes() for name in tables}
    _put(folder, tables, before, {"what": what})


def undo(folder: Path) -> str:
    """Bring back the tables before the last import, all or none; what that import was.

    Raises NothingToUndo where there is none, or where a table was changed since, and OSError.
    """
    folder = Path(folder)
    settle(folder)
    kept = _kept(folder)
    if not kept:
        raise NothingToUndo("no import can be undone: none is kept")
    last = kept[-1]
    note = json.loads((last / NOTE).read_text(encoding="utf-8"))
    for name, digest in note["written"].items():
        if _digest((folder / f"{name}.csv").read_bytes()) != digest:
            message = f"{name}.csv was changed since the last import; put it back by hand"
            raise NothingToUndo(f"{message}: {last / BEFORE} has it as it was")
    old = {path.stem: path.read_bytes() for path in (last / BEFORE).glob("*.csv")}
    _put(folder, old, {}, {"what": note["what"], "undoes": last.name})
    return note["what"]


def settle(folder: Path) -> None:
    """Finish an import or undo that was cut off after its tables counted; drop one that was not."""
    finish(folder)
    place = Path(folder) / PLACE
    for left in place.glob("making-*"):
        shutil.rmtree(left, ignore_errors=True)
    with suppress(FileNotFoundError):
        _shelve(place)


def _put(folder: Path, tables: Mapping[str, bytes], before: Mapping[str, bytes], note: dict):
    making = folder / PLACE / f"making-{uuid4().hex}"
    try:
        _fill(making, tables, before, note)
        # the step from which on the new tables count
        os.rename(making, folder / PLACE / READY)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    settle(folder)


def _fill(making: Path, tables: Mapping[str, bytes], before: Mapping[str, bytes], note: dict):
    for place, contents in ((making / NEW, tables), (making / BEFORE, before)):
        place.mkdir(parents=True)
        for name, content in contents.items():
            whole_file.write(place / f"{name}.csv", content)
    note["at"] = datetime.now(UTC).isoformat(timespec="seconds")
    note["written"] = {name: _digest(content) for name, content in tables.items()}
    whole_file.write(making / NOTE, json.dumps(note, indent=1).encode())


def _shelve(place: Path) -> None:
    """The import in `ready`, all moved out, becomes the newest kept; an undo is taken off."""
    ready = place / READY
    note = json.loads((ready / NOTE).read_text(encoding="utf-8"))
    if undone := note.get("undoes"):
        shutil.rmtree(place / undone, ignore_errors=True)
        # away in one step: half a `ready` could not be told from a whole one
        os.rename(ready, gone := place / f"making-{uuid4().hex}")
        shutil.rmtree(gone, ignore_errors=True)
        return
    kept = _kept(place.parent)
    number = int(kept[-1].name) + 1 if kept else 1
    os.rename(ready, place / f"{number:06}")
    for old in kept[: 1 - KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def _kept(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / PLACE).glob("[0-9]*") if path.is_dir())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
