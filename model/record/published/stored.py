"""All that is stored of a scenario's record, as tables: read once, for pages, files and commands.

A mark says which state of it a file was made of: the ledger only grows, so that a state of it can
be read again for as long as it is whole.
"""

import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from model.record.ledger import where
from model.record.ledger.where import LedgerError
from model.record.walk import stored_walk
from model.scenario import Scenario

FORECAST_COLUMNS = (
    "number run scenario as_of outcome rule term deadline probability low high mcse published "
    "author version assumptions previous hash"
).split()
OVERRIDE_COLUMNS = (
    "number forecast scenario outcome deadline before after reason author made expires version "
    "previous hash"
).split()
WALKED_COLUMNS = "outcome term as_of deadline probability low high mcse".split()
NONE = "0"  # the part of a mark for which nothing is stored
CHAINS = {"forecasts": FORECAST_COLUMNS, "overrides": OVERRIDE_COLUMNS}


class Altered(ValueError):
    """The state that a mark speaks of cannot be read again: one plain line."""


@dataclass(frozen=True, eq=False)
class Stored:
    """The rows of the ledger by their number, and the walk-forward's forecasts.

    forecasts, overrides: as `ledger.tables` has them, of all scenarios, days as dates. walked:
    `WALKED_COLUMNS`, chances 0..1. Empty tables where nothing is stored.
    """

    forecasts: pd.DataFrame = field(default_factory=lambda: table("forecasts", []))
    overrides: pd.DataFrame = field(default_factory=lambda: table("overrides", []))
    walked: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=WALKED_COLUMNS))

    @cached_property
    def mark(self) -> str:
        """`12-3f2a9c0b1d2e.0.81d0…`: rows and last hash of each chain, a digest of what was walked.

        "" where nothing is stored.
        """
        parts = [*map(_of_chain, (self.forecasts, self.overrides)), _of_table(self.walked)]
        return "" if parts == [NONE] * len(parts) else ".".join(parts)

    def of(self, scenario: str) -> "Stored":
        """What is of one scenario, by its id."""
        forecasts, overrides = (
            rows[rows["scenario"] == scenario].reset_index(drop=True)
            for rows in (self.forecasts, self.overrides)
        )
        return replace(self, forecasts=forecasts, overrides=overrides)


def table(chain: str, rows: list[dict]) -> pd.DataFrame:
    """Rows of a chain as a table that has its columns whatever there is."""
    return pd.DataFrame(rows, columns=CHAINS[chain])


def _of_chain(rows: pd.DataFrame) -> str:
    return f"{len(rows)}-{rows['hash'].iloc[-1][:12]}" if len(rows) else NONE


def _of_table(rows: pd.DataFrame) -> str:
    text = rows.to_csv(index=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12] if len(rows) else NONE


def stored(scenario: Scenario) -> Stored:
    """The record as it now stands, with the scenario's walk-forward.

    Raises LedgerError where there is a ledger, or a walk-forward, that cannot be read.
    """
    walked = _walked(scenario)
    if not where.may_exist():
        return Stored(walked=walked)
    # only now: the libraries take a third of a second, and most have published nothing
    from model.record.ledger import store

    return Stored(*(table(chain, store.rows(chain)) for chain in CHAINS), walked)


def _walked(scenario: Scenario) -> pd.DataFrame:
    try:
        rows = stored_walk.read(stored_walk.folder_of(scenario)).forecasts
    except FileNotFoundError:
        return Stored().walked
    except ValueError as problem:
        raise LedgerError(str(problem)) from None
    return rows[WALKED_COLUMNS]


def as_marked(now: Stored, mark: str) -> Stored:
    """The state that a mark speaks of, out of a later one; raises Altered where it is not there."""
    if not mark:
        return Stored()
    counts = [digest.partition("-")[0] for digest in mark.split(".")]
    if len(counts) != len(CHAINS) + 1 or not all(map(str.isdecimal, counts[:-1])):
        raise Altered(f"{mark[:40]!r} marks no state of a record")
    walked = now.walked if counts[-1] != NONE else Stored().walked
    then = Stored(now.forecasts.head(int(counts[0])), now.overrides.head(int(counts[1])), walked)
    if then.mark != mark:
        raise Altered(
            "the record here is not the one that this file was made of: the ledger has other rows, "
            "or fewer, or the walk-forward was made anew"
        )
    return then


def stamp(scenario: Scenario) -> tuple:
    """What changes with every row that is appended, and with every other walk-forward."""
    return _of_file(stored_walk.folder_of(scenario) / stored_walk.ABOUT), ledger_stamp()


def ledger_stamp() -> tuple:
    """What changes with every row that is appended; () where nothing was ever published."""
    if not where.may_exist():
        return ()
    if where.is_file():
        return _of_file(where.file())
    from model.record.ledger import store

    return tuple(sorted(store.heads().items()))


def _of_file(path: Path) -> tuple:
    return (path.stat().st_mtime_ns, path.stat().st_size) if path.exists() else ()
