"""The log of refits, good and bad, and the table of stored runs."""

import json
import os
from contextlib import suppress
from datetime import UTC, date, datetime

import pandas as pd

from model.runs import publication, store
from model.scenario import home

FILE, FILE_BEFORE = "refits.jsonl", "refits.before.jsonl"
LARGEST = 2_000_000  # bytes; then a new file is begun, and the one before the last goes
ATTEMPT = "time as_of code run seconds message".split()
COLUMNS = (
    "run as_of made state draws divergences rhat ess_bulk ess_tail seconds events cases version"
).split()


def note(as_of: date | None, code: int, run: str, seconds: float, message: str) -> None:
    """Add a line on a refit that ended with this exit code; run: its id, "" where there is none.

    Raises OSError where the state folder cannot be written.
    """
    row = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "as_of": "" if as_of is None else as_of.isoformat(),
        "code": code,
        "run": run,
        "seconds": round(seconds, 1),
        "message": message[:500],
    }
    home().mkdir(parents=True, exist_ok=True)
    line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
    if (home() / FILE).exists() and (home() / FILE).stat().st_size > LARGEST:
        os.replace(home() / FILE, home() / FILE_BEFORE)
    # one short write at the end of the file: two processes do not mix their lines
    handle = os.open(home() / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        os.write(handle, line)
    finally:
        os.close(handle)


def attempts() -> pd.DataFrame:
    """One row per refit that ended, the newest first; columns as `note` was told, and time.

    A line that a full disk cut short is left out, and so is what is older than two full files.
    """
    rows = []
    for line in [*_lines(FILE_BEFORE), *_lines(FILE)]:
        with suppress(ValueError):
            rows.append(json.loads(line))
    return pd.DataFrame(rows[::-1], columns=ATTEMPT)


def _lines(name: str) -> list[str]:
    try:
        return (home() / name).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []


def runs() -> pd.DataFrame:
    """One row per stored run, the newest first.

    run, as_of, made (texts); state: published, held, passed or failed; draws, divergences, rhat,
    ess_bulk, ess_tail (the worst over headlines), seconds, events and reference cases (counts),
    version of the program.
    """
    shown = _published()
    rows = [_row(store.read_manifest(id) or {}, shown) for id in store.stored()["id"]]
    return pd.DataFrame([row for row in rows if row], columns=COLUMNS)


def _published() -> set[str]:
    days = (home() / publication.PUBLISHED).glob("[0-9]*.json")
    notes = (publication.published(date.fromisoformat(path.stem)) for path in days)
    return {note.run for note in notes if note is not None}


def _row(manifest: dict, published: set[str]) -> dict | None:
    if not manifest:  # removed meanwhile
        return None
    judged, counts = manifest.get("diagnostics", {}), manifest.get("counts", {})
    numbers = {
        name: judged.get(name) for name in ("draws", "divergences", "rhat", "ess_bulk", "ess_tail")
    }
    return numbers | {
        "run": manifest["id"],
        "as_of": manifest["as_of"],
        "made": manifest["made"],
        "state": _state(manifest, published),
        "seconds": manifest.get("seconds"),
        "events": counts.get("events"),
        "cases": counts.get("reference_cases"),
        "version": manifest.get("version", ""),
    }


def _state(manifest: dict, published: set[str]) -> str:
    if not manifest["served"]:
        return "failed"
    if manifest["id"] in published:
        return "published"
    return "passed" if publication.held(manifest["id"]) is None else "held"


def prunable(keep: int) -> list[str]:
    """The ids of the runs that may go so that the newest `keep` stay, newest first.

    Published and held runs always stay: the record and a person's decision are about them.
    """
    table = runs()
    rest = table.iloc[keep:]
    return list(rest.loc[~rest["state"].isin(("published", "held")), "run"])
