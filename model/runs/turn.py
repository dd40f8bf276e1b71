"""Whose turn it is: those who change one thing in the state folder come one after another."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from model.scenario import home


@contextmanager
def turn(name: str) -> Iterator[None]:
    """Hold the lock `name` of the state folder, also against other processes.

    The wait ends when its holder lets go or dies. Raises OSError where the folder cannot be
    written.
    """
    folder = home() / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / name, "ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # let go of when the file is closed, also by a kill
        yield
