"""What is remembered of runs: it is given up when it is old, and when its run is.

A reweighted run has the id of the run that it comes from, so a run is known by its identity.
"""

import weakref
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import RLock


def per_run[T](size: int) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Remember what a function of a run and further, hashable arguments gave last, `size` results.

    The run is not kept alive: its results go with it. They must not hold it themselves. The size is
    over all runs, since a belief that a reader drags makes a run at each step. Two threads that ask
    for the same at once both find it.
    """

    def remembering(function: Callable[..., T]) -> Callable[..., T]:
        results = _Results(size)

        @wraps(function)
        def remembered(run, *arguments):
            key = id(run), arguments
            found = results.of(key)
            if found is None:
                found = (function(run, *arguments),)
                results.keep(key, run, found)
            return found[0]

        return remembered

    return remembering


class _Results:
    """Results by (identity of a run, arguments), the last used last."""

    def __init__(self, size: int):
        self.size, self.kept, self.runs = size, OrderedDict(), {}
        self.lock = RLock()  # a run may die, and its results with it, while a result is kept

    def of(self, key: tuple) -> tuple | None:
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
            return self.kept.get(key)

    def keep(self, key: tuple, run, result: tuple) -> None:
        with self.lock:
            if key[0] not in self.runs:  # an identity is free again only once its run has died
                self.runs[key[0]] = weakref.ref(run, lambda _: self.forget(key[0]))
            self.kept[key] = result
            dropped = self.kept.popitem(last=False) if len(self.kept) > self.size else None
        del dropped  # outside the lock: a run may die with it

    def forget(self, run: int) -> None:
        with self.lock:
            self.runs.pop(run, None)
            dropped = [self.kept.pop(key) for key in list(self.kept) if key[0] == run]
        del dropped
