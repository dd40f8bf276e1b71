"""A run that is put in place again and again, killed in the middle: the step that counts."""

import random
import sys
from pathlib import Path

from model.runs import Run, store
from model.scenario import home
from tests.faults.chaos.scene import at
from tests.faults.chaos.survived import Survived, judge, killed

STORES = """
import sys
from model.runs import store
run = store.load(sys.argv[1])
print("ready", flush=True)
while True:
    store.save(run)
"""


def kills(many: int, chance: random.Random, place: Path, run: Run) -> Survived:
    """So many kills; place: of a state folder of their own."""
    count = Survived()
    with at(place):
        store.save(run)
        for _ in range(many):
            killed([sys.executable, "-c", STORES, run.id], chance.uniform(0.0, 0.3))
            judge(count, lambda: wrong(run))
    return count


def wrong(run: Run) -> str:
    """What is wrong with a run that a killed writer left, and with what the next leaves."""
    if store.load(run.id).published != run.published:
        return "the run is another"
    store.save(run)
    left = [path.name for path in (home() / "runs").iterdir()]
    return "" if left == [run.id] else f"left behind: {left}"
