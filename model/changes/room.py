"""Room in the state folder: the runs of fits that visitors ask for take so many bytes and no more.

A run that is gone is fitted again from the same evidence, under the same id.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from model.changes import run_log
from model.runs import store

MOST = 2_000_000_000  # bytes of all runs: some 500
YOUNG = timedelta(days=1)  # whoever asked for a run may still be looking at it


def taken() -> int:
    """Bytes of all stored runs."""
    return sum(_size(store.folder_of(id)) for id in store.stored()["id"])


def make(
    relied_on: Collection[str],
    days: Collection[date],
    most: int = MOST,
    now: datetime | None = None,
) -> list[str]:
    """Remove the oldest runs until all take at most `most` bytes; the ids of those removed.

    relied_on: ids that stay. days: as-of days whose runs stay. Published and held runs stay, and
    those made within a day of `now` (by default the present). Raises OSError.
    """
    excess, gone = taken() - most, []
    table = run_log.runs().set_index("run")
    kept_days = {day.isoformat() for day in days}
    for id in reversed(run_log.prunable(0)):
        if excess <= 0:
            break
        row = table.loc[id]
        young = (now or datetime.now(UTC)) - datetime.fromisoformat(row["made"]) < YOUNG
        if id in relied_on or row["as_of"] in kept_days or young:
            continue
        excess -= _size(store.folder_of(id))
        store.remove(id)
        gone.append(id)
    return gone


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
