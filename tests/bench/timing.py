"""Repeated timings of one call."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Timing:
    """Seconds of each of some calls."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def least(self) -> float:
        return min(self.seconds)

    def times(self, factor: float) -> "Timing":
        """What `factor` such calls would take."""
        return Timing(tuple(factor * each for each in self.seconds))


def by_turns(call: Callable[[], object], other: Callable[[], object], runs: int):
    """Time `runs` calls of each in turn, after one each that is not counted.

    Whatever else the machine does meanwhile then slows both alike.
    """
    seconds = [(_seconds(call), _seconds(other)) for _ in range(runs + 1)][1:]
    first, second = zip(*seconds, strict=True)
    return Timing(first), Timing(second)


def _seconds(call: Callable[[], object]) -> float:
    begin = perf_counter()
    call()
    return perf_counter() - begin
