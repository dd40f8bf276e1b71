"""A set of tables that is put in place together: a writer that is cut off is finished by a reader.

`.intake/ready` in a scenario's folder holds new tables, complete, from the moment on at which they
count. Moving them out one by one can end at any point: whoever reads next moves the rest.
"""

import os
from contextlib import suppress
from pathlib import Path

PLACE = ".intake"
READY, NEW = "ready", "new"


def finish(folder: Path) -> None:
    """Put in place what a writer had ready; nothing where there is none, as nearly always.

    Raises OSError where the folder cannot be written.
    """
    new = Path(folder) / PLACE / READY / NEW
    if not new.is_dir():
        return
    for table in sorted(new.glob("*.csv")):
        # another reader may move it at the same time
        with suppress(FileNotFoundError):
            os.replace(table, Path(folder) / table.name)
