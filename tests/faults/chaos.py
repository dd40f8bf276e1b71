"""`make chaos`: writers are killed at random moments, and what is left is looked at.

What is killed: the storing of a run, an export to a file, a brief, an import, a refit that is
published, these two also beside another, and a whole refit where asked. Disks that are full are
tried too. It survived if the old thing or the whole new one is there, is what its hashes and its
signature say, and the next write goes well and leaves nothing else behind.
"""

import argparse
import os
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from briefing.material import signature
from briefing.material.signature import Seal
from model.forecast import open_run
from model.runs import Run, store
from model.scenario import SCENARIO_FOLDER, places
from tests.faults import importing, publishing
from tests.faults.survived import Survived, judge, killed

STORES = """
import sys
from model.runs import store
run = store.load(sys.argv[1])
print("ready", flush=True)
while True:
    store.save(run)
"""
EXPORTS = """
import sys
from pathlib import Path
from briefing.files import briefs, chart_file
from briefing.material.material import Material
from model.runs import store
material, out = Material(store.load(sys.argv[1])), Path(sys.argv[2])
write = briefs.write if out.suffix == ".html" else None
print("ready", flush=True)
while True:
    if write:
        write(out, material)
    else:
        chart_file.write("outcomes", out, material, {})
"""


def chaos(
    kills: int, seed: int, home: Path, refits: int = 0, publishes: int = 0
) -> dict[str, Survived]:
    """So many kills of each kind; home: a state folder with a served run, which is written to.

    publishes: refits that are published, killed alone, beside another, and on a full disk.
    """
    run, chance = open_run(SCENARIO_FOLDER), random.Random(seed)
    table, page = home / "outcomes.csv", home / "brief.html"
    kinds: dict[str, tuple[list[str], Callable[[], str], int]] = {
        "store": ([STORES, run.id], lambda: _stored(run), kills),
        "export": ([EXPORTS, run.id, str(table)], lambda: _exported(table), kills),
        "brief": ([EXPORTS, run.id, str(page)], lambda: _exported(page), kills),
    }
    counts = {}
    for kind, (words, look, many) in kinds.items():
        counts[kind] = count = Survived()
        for _ in range(many):
            killed([sys.executable, "-c", *words], chance.uniform(0.0, 0.5))
            judge(count, look)
    with TemporaryDirectory(dir=home.parent) as place:
        counts |= importing.kills(kills, chance, Path(place))
    if publishes:
        counts |= publishing.kills(publishes, chance, home)
    if refits:
        counts["refit"] = _refits(refits, chance, home)
    return counts


def _stored(run: Run) -> str:
    loaded = store.load(run.id)
    if loaded.published != run.published:
        return "the run is another"
    store.save(run)
    left = [path.name for path in (places.home() / "runs").iterdir()]
    return "" if left == [run.id] else f"left behind: {left}"


def _exported(path: Path) -> str:
    if path.exists():
        seal = signature.seal_of(path.read_bytes(), path.suffix[1:])
        if seal is not Seal.whole:
            return f"the file's signature is {seal.value}"
    for left in path.parent.glob(f".{path.stem}-*"):
        left.unlink()  # what a killed writer leaves has a name of its own, and hides no file
    return ""


def _refits(many: int, chance: random.Random, home: Path) -> Survived:
    """Whole refits in a state folder of their own; the last one is let end."""
    count = Survived()
    with TemporaryDirectory(dir=home.parent) as folder:
        os.environ["ARAXES_HOME"] = folder
        command = [sys.executable, "-m", "model", "refit", "--quick", "--draws", "100"]
        for _ in range(many):
            killed(command, chance.uniform(1.0, 40.0), ready=False)
            judge(count, _nothing_half)
    os.environ["ARAXES_HOME"] = str(home)
    return count


def _nothing_half() -> str:
    for id in store.stored()["id"]:
        store.load(id)
    return ""


def main() -> int:
    """Print a line per kind, then each fault; 1 if there is one."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--refits", type=int, default=0, help="of whole fits, half a minute each")
    options.add_argument("--publishes", type=int, default=10, help="refit --publish, of each kind")
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    run = open_run(SCENARIO_FOLDER)
    if run is None:
        print("no run is fitted yet: make refit")
        return 1
    with TemporaryDirectory() as folder:
        shutil.copytree(store.folder_of(run.id), Path(folder, "runs", run.id))
        os.environ["ARAXES_HOME"] = folder
        given = asked.refits, asked.publishes
        counts = chaos(asked.kills, asked.seed, Path(folder), *given)
    for kind, count in counts.items():
        print(f"{kind:<8} {count.survived} of {count.tried} kills survived")
    faults = [f"{kind}: {fault}" for kind, count in counts.items() for fault in count.faults]
    print("\n".join(faults) if faults else "no faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
