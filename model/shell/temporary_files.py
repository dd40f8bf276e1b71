"""Temporary files of a command or a server: in a folder of their own, which goes when it ends.

Killed, it leaves the folder behind; the next one to start removes it, since the lock of a process
that is gone is nobody's.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "araxes-own-"
LOCK = "held"


@contextmanager
def own_folder() -> Iterator[None]:
    """Meanwhile this process, and each that it starts, has its temporary files in one folder.

    Where none can be made they go where they went before.
    """
    sweep()
    try:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    except OSError:
        yield
        return
    try:
        with _held(folder), _as_temporary(folder):
            yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """While it is open, the folder is somebody's, also for other processes."""
    with open(folder / "new", "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # named only now: whoever sweeps must not find it open to all
        (folder / "new").rename(folder / LOCK)
        yield


@contextmanager
def _as_temporary(folder: Path) -> Iterator[None]:
    before, variable = tempfile.tempdir, os.environ.get("TMPDIR")
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
        os.environ.pop("TMPDIR")
        if variable is not None:
            os.environ["TMPDIR"] = variable


def sweep() -> None:
    """Remove the folders of processes that were killed."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # it is another user's, or held, or somebody else sweeps it
            with open(left / LOCK, "rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left, ignore_errors=True)
