"""Linear algebra on one thread, while many small matrices are worked on one after the other.

The threads of BLAS wait for each other by spinning: on matrices this small that is most of the CPU
time, and every other visitor's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from threadpoolctl import threadpool_limits

_LOCK = Lock()
_inside: list[threadpool_limits] = []  # one for each who is inside; the first has set the limit


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep BLAS to one thread, in the whole process, until the last who came in has gone."""
    with _LOCK:
        limit = None if _inside else threadpool_limits(limits=1, user_api="blas")
        _inside.append(limit or _inside[0])
    try:
        yield
    finally:
        with _LOCK:
            limit = _inside.pop()
            if not _inside:
                limit.restore_original_limits()
