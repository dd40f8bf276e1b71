"""A scenario's folder as text: what the rules of `model.check` read, faults and all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from model.check.problem import Problem
from model.check.scenario_file import ScenarioFile
from model.evidence.collected import FIRST_AS_OF
from model.scenario import did_you_mean


@dataclass(frozen=True)
class ScenarioFolder:
    """What could be read: tables of text indexed by line of the file, and scenario.toml.

    Rules must put up with anything here; what cannot be read is left to other rules to report.
    """

    tables: dict[str, pd.DataFrame]
    scenario: ScenarioFile | None

    def rows(self, table: str, *columns: str) -> Iterator[tuple]:
        """(line, cell, cell, …); nothing where the table or one of the columns is missing."""
        frame = self.tables.get(table, pd.DataFrame())
        if set(columns) <= set(frame.columns):
            yield from frame[list(columns)].itertuples(name=None)

    def column(self, table: str, column: str) -> list[str] | None:
        """The cells of a column; None where the table or the column is missing."""
        frame = self.tables.get(table)
        return None if frame is None or column not in frame else frame[column].tolist()

    def ids(self, *kinds: str) -> list[str] | None:
        """The scenario's ids of these kinds (outcome, driver, class); None without a scenario."""
        if self.scenario is None:
            return None
        return [id for kind in kinds for id in self.scenario.ids(kind)]

    def as_of_days(self) -> list[date]:
        """The first and the last day that a forecast can be made as of, as far as it can be told.

        The last is the day to which events are collected.
        """
        rows = self.rows("collected", "what", "collected_to")
        ends = [day(text) for _, what, text in rows if what == "events"]
        return sorted({FIRST_AS_OF, max(filter(None, ends), default=FIRST_AS_OF)})


def unknown(kind: str, word: str, known: list[str]) -> str:
    """The message, in three parts, for a word that is not among the known ids."""
    return f"unknown {kind} {word!r}; expected the id of one that exists; " + did_you_mean(
        word, known
    )


def at(table: str, row: int, column: str, message: str) -> Problem:
    """A problem in a table's cell; `row` is the line of the file, `table` its name without .csv."""
    return Problem(f"{table}.csv", row, column, message)


def day(text: str) -> date | None:
    """The day that a text as 2023-09-21 names; None where it names none (the schemas say so)."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def number(text: str) -> float | None:
    """The number that a cell's text holds; None where it holds none."""
    try:
        return float(text)
    except ValueError:
        return None
