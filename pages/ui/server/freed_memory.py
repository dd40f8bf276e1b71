"""What the server has freed goes back to the system, where the C library is GNU's.

A visitor's moves run in a thread each. GNU's malloc gives threads arenas of their own, eight a
core, and keeps what was freed in each: the server then holds twice what it uses.
"""

import ctypes
import time

ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
ARENAS = 2
EVERY = 15.0  # seconds


def share_arenas() -> None:
    """Let all threads that start from now on share a few arenas."""
    _called("mallopt", ARENA_MAX, ARENAS)


def give_back() -> None:
    """Return what is free and not at the end of an arena, too."""
    _called("malloc_trim", 0)


def give_back_again_and_again() -> None:
    """Return it every `EVERY` seconds, for as long as the process lives."""
    while True:
        time.sleep(EVERY)
        give_back()


def _called(name: str, *numbers: int) -> None:
    function = getattr(_library(), name, None)
    if function is not None:  # another library than GNU's has no such call, and no such arenas
        function(*numbers)


def _library() -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(None)
    except (OSError, TypeError):  # Windows: there is no name for the process itself
        return None
