"""What is remembered of runs: it is given up when it is old, and when its run is.

A reweighted run has the id of the run that it comes from, so a run is known by its identity.
"""

import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
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
        def remembered(run: object, *arguments: Hashable) -> T:
            key = id(run), arguments
            result = results.get(key)
            if result is None:
                result = (function(run, *arguments),)  # in a tuple, as None is a result too
                results.keep(key, run, result)
            return result[0]

        return remembered

    return remembering


class _Results:
    """Results by (identity of a run, arguments), the last used last."""

    def __init__(self, size: int):
        self.size = size
        self.results: OrderedDict[tuple, tuple] = OrderedDict()
        self.runs: dict[int, weakref.ref] = {}
        self.lock = RLock()  # a run may die, and its results with it, while a result is kept

    def get(self, key: tuple) -> tuple | None:
        with self.lock:
            if key in self.results:
                self.results.move_to_end(key)
            return self.results.get(key)

    def keep(self, key: tuple, run: object, result: tuple) -> None:
        with self.lock:
            if key[0] not in self.runs:  # an identity is free again only once its run has died
                self.runs[key[0]] = weakref.ref(run, lambda _: self.forget(key[0]))
            self.results[key] = result
            dropped = self.results.popitem(last=False) if len(self.results) > self.size else None
        del dropped  # outside the lock: a run may die with it

    def forget(self, run: int) -> None:
        with self.lock:
            self.runs.pop(run, None)
            dropped = [self.results.pop(key) for key in list(self.results) if key[0] == run]
        del dropped
