"""The walk-forward: every day fitted only to what was known, many of them, none made twice."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from model import cluster
from model.evidence import Evidence
from model.evidence.evidence import cut
from model.record.walk.walked_day import day_id, walked_day
from model.runs import Settings, whole_file
from model.scenario import home

STEPS = {"week": {"weeks": 1}, "month": {"months": 1}, "quarter": {"months": 3}}
# Half of a served run's draws: the Monte Carlo error of a chance grows by a factor of 1.4. With
# 150 steps to tune R-hat and effective sizes are as good, and 200 leave some room.
SETTINGS = Settings(draws=500, tune=200)


def as_of_days(first: date, last: date, every: str) -> list[date]:
    """The days from `first` to `last`, a week, month or quarter apart; every: a name in `STEPS`."""
    days, start = [], pd.Timestamp(first)
    while (day := (start + pd.DateOffset(**_times(STEPS[every], len(days)))).date()) <= last:
        days.append(day)
    return days


def _times(step: dict[str, int], count: int) -> dict[str, int]:
    # always from the first day: 31 January, a month later, a month later is else 28 March
    return {unit: size * count for unit, size in step.items()}


@dataclass(frozen=True, eq=False)
class Walk:
    """What is walked: evidence (uncut), as-of days, settings of each day's fit."""

    evidence: Evidence
    days: list[date]
    settings: Settings = SETTINGS

    @cached_property
    def paths(self) -> dict[date, Path]:
        """Where each day's result is or will be, below the user's state folder."""
        folder = home() / "walk_forward" / self.evidence.scenario.id
        return {
            day: folder / f"{day}-{day_id(cut(self.evidence, day), self.settings)}.json"
            for day in self.days
        }

    @property
    def missing(self) -> list[date]:
        """The days that nobody has walked yet, in order."""
        return [day for day, path in self.paths.items() if not path.exists()]


def walked(
    walk: Walk, workers: int | None = None, scheduler: str | None = None
) -> Iterator[dict[str, Any]]:
    """Make what is missing of a walk, store each day whole as it comes, and yield it.

    A day is as `walked_day` returns it; its numbers do not depend on who makes it, nor on the days
    made before. workers, scheduler: see `cluster.results`. Raises what that raises, and OSError
    where the state folder cannot be written.
    """
    for path in walk.paths.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    tasks = [(cut(walk.evidence, day), walk.settings) for day in walk.missing]
    for (evidence, _), made in cluster.results(_made, tasks, workers, scheduler):
        whole_file.write(walk.paths[evidence.as_of], json.dumps(made).encode())
        yield made


def _made(task: tuple[Evidence, Settings]) -> dict[str, Any]:
    return walked_day(*task)


def read(walk: Walk) -> list[dict[str, Any]]:
    """The stored days of a walk, in order, as far as there are."""
    paths = (path for path in walk.paths.values() if path.exists())
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]
