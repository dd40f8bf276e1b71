"""`make chaos`: writers are killed at random moments, and what is left is looked at.

Killed are the commands that write: a refit, an import, a refit that is published, exports; and in
turn the steps in which a run and a set of tables are put in place. Each is also done beside another
of its kind that is killed, on a disk that is full or cannot be written, and by a clock set back.

It survived if after it the served run is one of the two that may be, whole and as its hashes say,
every stored run can be read, the tables are those before or those after, the ledger's chain holds,
each exported file is absent or whole, and the next writer ends well.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from model.forecast import open_run
from model.runs import Run
from model.scenario import SCENARIO_FOLDER
from tests.faults.chaos import hardships, steps, tables
from tests.faults.chaos.survived import Survived
from tests.faults.chaos.trials import DONE, Trials, prepared

Told = tuple[str, Survived | str]  # of what kind, and what became of it or why it was not tried


def chaos(
    kills: int, others: int, seed: int, run: Run, place: Path, acts: Sequence[str] = (*DONE,)
) -> Iterator[Told]:
    """Every kind of trial, told of as it ends; place: an empty folder, on a disk for state.

    kills: of each act and each step. others: trials of each act with each hardship.
    """
    chance = random.Random(seed)
    trials = prepared(place, run, chance, acts)
    for act in acts:
        yield f"{act} killed", trials.kills(act, kills)
    yield "a run put in place, killed", steps.kills(kills, chance, place / "steps", run)
    yield from tables.kills(kills, chance, place).items()
    for act in acts:
        yield from _hardships(trials, act, others)


def _hardships(trials: Trials, act: str, many: int) -> Iterator[Told]:
    """An act beside another, and with what disks and clocks do to it."""
    yield f"two of {act}, one killed", trials.pairs(act, many)
    for what, trial in (("disk full", trials.full_disks), ("read-only", trials.read_only)):
        can = hardships.can_mount()
        yield f"{act}, {what}", trial(act, many) if can else "only root can make a small disk"
    library = hardships.faketime()
    told = trials.clocks_set_back(act, many, library) if library else "there is no libfaketime"
    yield f"{act}, clock set back", told


def main() -> int:
    """Print a line per kind, then each fault; 1 if there is one."""
    options = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    options.add_argument("--kills", type=int, default=50, help="of each act and each step")
    options.add_argument("--others", type=int, default=5, help="of each act with each hardship")
    options.add_argument("--acts", nargs="+", choices=DONE, default=[*DONE])
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    run = open_run(SCENARIO_FOLDER)
    if run is None:
        print("no run is fitted yet: make refit")
        return 1
    began, faults = time.monotonic(), []
    with TemporaryDirectory() as folder:
        how = asked.kills, asked.others, asked.seed, run, Path(folder), asked.acts
        for kind, count in chaos(*how):
            print(line(kind, count), flush=True)
            faults += [] if isinstance(count, str) else [f"{kind}: {f}" for f in count.faults]
    print("\n".join(faults) if faults else "no faults")
    print(f"run {run.id}, seed {asked.seed}, {time.monotonic() - began:.0f} s")
    return 1 if faults else 0


def line(kind: str, count: Survived | str) -> str:
    """One kind as a line of the table."""
    told = f"not tried: {count}"
    if not isinstance(count, str):
        told = f"{count.survived:>4} of {count.tried:>4} survived"
    return f"{kind:<34} {told}"


if __name__ == "__main__":
    sys.exit(main())
