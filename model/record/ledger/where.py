"""Where the ledger is, without the libraries that read it: a page asks this first."""

import os
from pathlib import Path

from model.scenario import places

VARIABLE = "ARAXES_DATABASE_URL"
FILE = "ledger.db"


class LedgerError(ValueError):
    """The ledger cannot be read or written: one plain line."""


def file() -> Path:
    """The path of the ledger's file in the state folder, where no database is named."""
    return places.home() / FILE


def is_file() -> bool:
    """Whether the ledger is that file, and not in a database that is named."""
    return not os.environ.get(VARIABLE)


def may_exist() -> bool:
    """False where certainly nothing was ever published."""
    return not is_file() or file().exists()
