"""Waiting for the evidence to change: a folder whose files are looked at, without a busy loop."""

import time
from collections.abc import Iterator
from pathlib import Path

from model.evidence.evidence import stamp

PAUSE = 2.0  # seconds between two looks
SETTLED = 2.0  # seconds without a change, so that no half-copied folder is fitted


def as_files_change(folder: Path) -> Iterator[str]:
    """The stamp of a folder at once, and again each time its files have changed and come to rest.

    Ends only when whoever asks does. Raises OSError where the folder cannot be read.
    """
    seen = ""
    while True:
        now = _stamp(folder)
        if now != seen:
            time.sleep(SETTLED)
            if not now or _stamp(folder) != now:
                continue
            seen = now
            yield now
        time.sleep(PAUSE)


def _stamp(folder: Path) -> str:
    """The folder's stamp; "" where a file went away while it was looked at."""
    try:
        return stamp(folder)
    except FileNotFoundError:
        return ""
