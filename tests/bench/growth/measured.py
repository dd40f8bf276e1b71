"""What a piece of work takes in a process of its own: time, CPU seconds, memory."""

import multiprocessing
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time

# On Linux the system counts a process's memory in kilobytes, on macOS in bytes.
PER_MEGABYTE = 1024**2 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Cost:
    """seconds: by the clock; cpu: seconds of all threads; megabytes: the most that was held."""

    seconds: float
    cpu: float
    megabytes: float

    def times(self, factor: float) -> "Cost":
        """What `factor` such pieces one after the other cost."""
        return Cost(factor * self.seconds, factor * self.cpu, self.megabytes)


def cost(prepare: Callable[..., Callable[[], object]], *arguments: object) -> Cost:
    """The cost of the call that `prepare` returns, of the least of three after one not counted."""
    call = prepare(*arguments)
    call()
    return min((_once(call) for _ in range(3)), key=lambda one: one.cpu)


def _once(call: Callable[[], object]) -> Cost:
    clock, cpu = perf_counter(), process_time()
    call()
    seconds, cpu = perf_counter() - clock, process_time() - cpu
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / PER_MEGABYTE
    return Cost(seconds, cpu, held)


def apart(prepare: Callable[..., Callable[[], object]], *arguments: object) -> Cost:
    """`cost` in a process of its own, whose memory holds nothing else."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(cost, (prepare, *arguments))
