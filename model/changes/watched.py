"""Which two runs a watch compares, and what it says of them."""

from datetime import date
from pathlib import Path

import pandas as pd

from model.forecast import open_run
from model.forecast.served import served_days
from model.runs import Run, publication, store


def pair(folder: Path, as_of: date | None = None, since: date | None = None) -> tuple[Run, Run]:
    """The run before and the run now.

    Now is the run served as of `as_of`, by default of the newest day that has one. Before is the
    served run of `since`; by default the run published last of an earlier day, else that of the
    fitted day before. Raises ValueError, one plain line, where one of them is not there.
    """
    days = served_days(folder)
    day = as_of or (days[-1] if days else None)
    if day is None:
        raise ValueError("no run is served yet; fit one with `python -m model refit`")
    now = _served(folder, day)
    if since is not None:
        return _served(folder, since), now
    last = publication.last_published(date.fromordinal(day.toordinal() - 1))
    if last is not None:
        return store.load(last.run), now
    earlier = [other for other in days if other < day]
    if not earlier:
        raise ValueError(f"no run of a day before {day} is there to compare with; fit one")
    return _served(folder, earlier[-1]), now


def _served(folder: Path, day: date) -> Run:
    run = open_run(folder, day)
    if run is None:
        raise ValueError(f"no run of {day} is served; `python -m model refit --as-of {day}`")
    return run


def in_words(before: Run, now: Run, far: pd.DataFrame, threshold: float) -> str:
    """A line on what was compared, and one per headline that moved further than the threshold.

    far: rows of `court.moves`. threshold: percentage points.
    """
    head = f"From {before.as_of} (run {before.id}) to {now.as_of} (run {now.id}): "
    if far.empty:
        return f"{head}no headline moved by more than {threshold:g} points."
    lines = [
        f"{row.title}: {100 * row.before:.1f} → {100 * row.now:.1f} % by {row.deadline} "
        f"({100 * row.moved:+.1f} ± {100 * row.mcse:.1f})"
        for row in far.itertuples()
    ]
    return "\n".join([f"{head}moved by more than {threshold:g} points:", *lines])
