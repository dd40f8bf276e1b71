"""`make fuzz`: inputs changed at random go through every reader; what it makes of them is counted.

A reader may accept an input or refuse it in plain lines. Everything else is a fault: another
exception, ten seconds of work or a minute of waiting, and what is accepted and should not be: a
signature that holds over changed bytes, a folder called well that no fit can be given, a chance
that is none.
"""

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from model.forecast import open_run
from model.runs import Run
from model.scenario import SCENARIO_FOLDER
from tests.faults import askers, readers

SLOW = 10.0  # seconds of the processor, so that a busy machine has no more faults than an idle one
HUNG = 60.0  # seconds of the clock, for what waits and works at nothing
SHARES = {
    "sets": 0.3,
    "links": 0.3,
    "scenario": 0.05,
    "tables": 0.1,
    "imports": 0.05,
    "uploads": 0.09,
    "calls": 0.1,
    "addresses": 0.01,
}


@dataclass
class Count:
    """What became of the inputs of one kind, and the faults, each with the seed that makes it."""

    tried: int = 0
    outcomes: Counter = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)

    def line(self, kind: str) -> str:
        told = ", ".join(f"{name} {number}" for name, number in sorted(self.outcomes.items()))
        return f"{kind:<10} {self.tried:>6} tried: {told}; slowest {self.slowest:.2f} s"


def fuzz(
    many: int, seed: int, folder: Path, run: Run, kinds: Collection[str] = SHARES
) -> dict[str, Count]:
    """`many` inputs, shared out among all kinds of which `kinds` are tried, from `seed` on.

    folder: one to write in; run: what files sent in, calls and page addresses are asked of.
    """
    cases = readers.cases(folder) | askers.cases(run)
    if "addresses" in kinds:
        askers.open_each_page()  # what a server does before its first visitor comes
    first = seed * 1_000_000
    return {
        kind: _counted(cases[kind], range(first, first + max(1, int(many * share))))
        for kind, share in SHARES.items()
        if kind in kinds
    }


def _counted(case: Callable[[random.Random], str], seeds: range) -> Count:
    count = Count()
    for seed in seeds:
        began, since = _worked(), time.monotonic()
        try:
            outcome = case(random.Random(seed))
        except Exception as fault:  # noqa: BLE001 - what no reader may raise is what is looked for
            outcome = "fault"
            count.faults.append(f"seed {seed}: {type(fault).__name__}: {str(fault)[:200]}")
        took = _worked() - began
        if took > SLOW or time.monotonic() - since > HUNG:
            count.faults.append(f"seed {seed}: {took:.1f} s")
        count.tried += 1
        count.outcomes[outcome] += 1
        count.slowest = max(count.slowest, took)
    return count


def _worked() -> float:
    """Seconds of the processor that this process and its children have taken."""
    return sum(os.times()[:4])


def main() -> int:
    """Print a line per kind, then each fault; 1 if there is one, or no run to be asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--inputs", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    if (run := open_run(SCENARIO_FOLDER)) is None:
        print("no run is fitted yet: make refit")
        return 1
    with TemporaryDirectory() as folder:
        counts = fuzz(asked.inputs, asked.seed, Path(folder), run)
    for kind, count in counts.items():
        print(count.line(kind))
    faults = [f"{kind}: {fault}" for kind, count in counts.items() for fault in count.faults]
    print("\n".join(faults) if faults else "no faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
