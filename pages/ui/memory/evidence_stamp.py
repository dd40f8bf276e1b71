"""The stamp of the evidence's files, which is part of every key: a page asks for it at every piece.

A look at the times of the files takes a tenth of what the stamp itself takes.
"""

import os
from functools import lru_cache
from pathlib import Path

from model.evidence import evidence

FOLDERS = 8  # and states of one, whose stamps are remembered


def stamp(folder: Path) -> str:
    """What `model.evidence.evidence.stamp` says of the folder as it now stands."""
    return _stamp(folder, tuple(sorted(_written(folder))))


# What is written between the look and the stamp is seen at the next look, which is another key.
@lru_cache(maxsize=FOLDERS)
def _stamp(folder: Path, written: tuple[tuple[str, int], ...]) -> str:
    return evidence.stamp(folder)


def _written(folder: str | Path) -> list[tuple[str, int]]:
    """Each file below a folder, and when it was last written, in nanoseconds."""
    found: list[tuple[str, int]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                found += _written(entry.path)
            elif entry.is_file():
                found.append((entry.path, entry.stat().st_mtime_ns))
    return found
