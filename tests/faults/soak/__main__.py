"""`make soak`: twenty visitors for ten minutes, and two hundred visits opened and closed.

Counted are errors on any page and waits of ten seconds. The server's memory is taken at rest,
before and after: once its caches are full, which the same visitors see to before anything counts,
in rounds, until one leaves the memory as it was.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import psutil

from model.forecast import open_run
from model.runs import store
from model.scenario import SCENARIO_FOLDER
from tests.browser.server import WARMED_UP, serving
from tests.faults.soak.browsing import soaked
from tests.faults.soak.visitors import Met, visit

GROWTH = 0.05  # of the memory, at most
REST = 20.0  # seconds after the last visitor has left, until memory is taken
ROUND = 0.2  # of the time: a round of warming
ROUNDS = 8  # of warming at most, whatever the memory does
LEVEL = GROWTH * ROUND  # of the memory: caches that still fill faster would go past the limit
MEBIBYTE = 2**20


@dataclass(frozen=True)
class Told:
    """What a part of the soak found: bytes of memory before and after, and what visitors met."""

    what: str
    before: int
    after: int
    met: Met

    @property
    def growth(self) -> float:
        """Of the memory, as a share of what it was before."""
        return self.after / self.before - 1

    @property
    def is_well(self) -> bool:
        return not self.met.errors and not self.met.hangs and self.growth <= GROWTH

    def line(self) -> str:
        """One line of the table."""
        seconds = self.met.seconds or [0.0]
        return (
            f"{self.what:<34} {self.met.visits:>5} visits {len(self.met.seconds):>6} steps "
            f"{len(self.met.errors):>3} errors {len(self.met.hangs):>3} hangs  "
            f"95 % in {np.quantile(seconds, 0.95):5.2f} s, slowest {max(seconds):5.2f} s  "
            f"{self.before / MEBIBYTE:.0f} to {self.after / MEBIBYTE:.0f} MiB ({self.growth:+.1%})"
        )


def told(what: str, memory: Callable[[], int], work: Callable[[], Met]) -> Told:
    """What a piece of work costs in memory, at rest before and after it."""
    before = memory()
    met = work()
    time.sleep(REST)
    return Told(what, before, memory(), met)


def opened_and_closed(address: str, many: int) -> Met:
    """Visits one after another, each of a page, closed as soon as it is there."""
    met, chance = Met(), Random(many)
    for _ in range(many):
        visit(address, chance, met)
    return met


def memory() -> int:
    """Bytes that the server's process holds (resident); the browser that draws for it is apart."""
    return _server().memory_info().rss


def browser_memory() -> int:
    """Bytes of the server's children, shared ones shared out: of a browser nearly all."""
    return sum(one.memory_full_info().pss for one in _server().children(recursive=True))


def _server() -> psutil.Process:
    """The dashboard's server, a child of this process."""
    children = psutil.Process().children()
    (server,) = [one for one in children if WARMED_UP[-1] in one.cmdline()]
    return server


def warmed(memory: Callable[[], int], work: Callable[[], Met]) -> list[int]:
    """Bytes of memory at rest after each round of warming, the last one level with its neighbour.

    The last is not level where the memory has grown through all `ROUNDS`.
    """
    held: list[int] = []
    while len(held) < ROUNDS and (len(held) < 2 or held[-1] > (1 + LEVEL) * held[-2]):
        work()
        time.sleep(REST)
        held.append(memory())
    return held


def soak(address: str, visitors: int, minutes: float, browsers: int, visits: int):
    """Each part of the soak, told of as it ends."""
    seconds = 60.0 * minutes
    rounds = warmed(memory, lambda: soaked(address, visitors, browsers, ROUND * seconds))
    told_of = ", ".join(f"{held / MEBIBYTE:.0f}" for held in rounds)
    print(f"warming, rounds of {ROUND * minutes:g} minutes: {told_of} MiB", flush=True)
    many = f"{visitors} visitors, {minutes:g} minutes"
    yield told(many, memory, lambda: soaked(address, visitors, browsers, seconds))
    yield told("opened and closed", memory, lambda: opened_and_closed(address, visits))


def main() -> int:
    """Print a line per part, then each error; 1 if a part is not well."""
    options = argparse.ArgumentParser(prog="make soak", description=__doc__)
    options.add_argument("--visitors", type=int, default=20)
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--browsers", type=int, default=2, help="of the visitors, in Chromium")
    options.add_argument("--visits", type=int, default=200, help="opened and closed")
    asked = options.parse_args()
    run = open_run(SCENARIO_FOLDER)
    if run is None:
        print("no run is fitted yet: make refit")
        return 1
    with TemporaryDirectory() as folder:
        home = Path(folder, "home")
        shutil.copytree(store.folder_of(run.id), home / "runs" / run.id)
        with serving(home, WARMED_UP, Path(folder, "log")) as address:
            parts = []
            for part in soak(address, **vars(asked)):
                print(part.line(), flush=True)
                parts.append(part)
            drawing = browser_memory() / MEBIBYTE
    for part in parts:
        for told_of in [*part.met.errors[:20], *part.met.hangs[:20]]:
            print(told_of)
    print(f"apart from that, the browser that draws pictures: {drawing:.0f} MiB")
    print(f"run {run.id}, on {os.cpu_count()} cores")
    return 0 if all(part.is_well for part in parts) else 1


if __name__ == "__main__":
    sys.exit(main())
