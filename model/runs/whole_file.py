"""Files that are there whole or not at all."""

import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from glob import escape
from pathlib import Path
from uuid import uuid4

OLD = 3600.0  # seconds; no writer takes so long, so whoever began such a file was killed


def write(path: Path, content: bytes) -> None:
    """Replace `path` in one step: killed at any moment, it is the old file or the whole new one.

    Raises OSError where the folder is missing or cannot be written.
    """
    write_by(path, lambda temporary: temporary.write_bytes(content))


def write_by(path: Path, make: Callable[[Path], object]) -> None:
    """`write` for content that `make` writes to the path it is given, which ends as `path` does.

    Raises OSError as `write` does, and what `make` raises; `path` is then as it was.
    """
    path = Path(path)
    _sweep(path)
    # a name of its own: two processes that write the same file must not share it
    temporary = path.with_name(f".{path.stem}-{uuid4().hex}{path.suffix}")
    try:
        make(temporary)
        with open(temporary, "rb+") as file:
            # or after a power cut the new name could stand before an empty file
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _sweep(path: Path) -> None:
    """Remove what killed writers of this file left beside it."""
    name = re.compile(rf"\.{re.escape(path.stem)}-[0-9a-f]{{32}}{re.escape(path.suffix)}")
    for left in path.parent.glob(f".{escape(path.stem)}-*"):
        with suppress(OSError):  # another writer may sweep at the same time
            if name.fullmatch(left.name) and time.time() - left.stat().st_mtime > OLD:
                left.unlink()
