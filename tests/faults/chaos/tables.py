"""Tables that are put in place again and again, by one writer or two, killed in the middle.

Each writes and undoes tables of one number in turn; whoever reads finds all of one number.
"""

import random
import subprocess
import sys
from pathlib import Path

from model.evidence.whole_set import finish
from model.intake import versions
from model.scenario import places
from tests.faults.chaos.scene import at
from tests.faults.chaos.survived import Survived, judge, killed

TABLES = ("codings", "collected", "events", "sources")
IMPORTS = """
import random, sys
from pathlib import Path
from model.intake import versions
from model.runs.turn import turn
folder, names = Path(sys.argv[1]), sys.argv[2:]
print("ready", flush=True)
while True:
    with turn("import"):
        number = b"%d\\n" % random.randrange(10**9) * 2000
        versions.write(folder, {name: number for name in names}, "an import")
        if random.random() < 0.5:
            versions.undo(folder)
"""


ONE, TWO = "tables put in place, killed", "the same beside another"


def kills(many: int, chance: random.Random, place: Path) -> dict[str, Survived]:
    """So many kills of one writer, and of two at once; place: a folder to make one in."""
    folder = place / "tables"
    folder.mkdir()
    for name in TABLES:
        (folder / f"{name}.csv").write_bytes(b"0\n")
    command = [sys.executable, "-c", IMPORTS, str(folder), *TABLES]
    counts = {ONE: Survived(), TWO: Survived()}
    with at(place / "locks"):
        for _ in range(many):
            killed(command, chance.uniform(0.0, 0.3))
            judge(counts[ONE], lambda: wrong(folder))
            _beside(command, chance.uniform(0.0, 0.3))
            judge(counts[TWO], lambda: wrong(folder))
    return counts


def _beside(command: list[str], after: float) -> None:
    """Kill one import while another runs, and then that one too."""
    other = subprocess.Popen(command, cwd=places.ROOT, stdout=subprocess.DEVNULL)
    killed(command, after)
    other.kill()
    other.wait()


def wrong(folder: Path) -> str:
    """What is wrong with the tables that a killed import left; "" where nothing is."""
    finish(folder)
    if len({(folder / f"{name}.csv").read_bytes() for name in TABLES}) > 1:
        return "tables of two imports stand side by side"
    before = (folder / "events.csv").read_bytes()
    versions.write(folder, {name: b"next\n" for name in TABLES}, "the next")
    versions.undo(folder)
    if (folder / "events.csv").read_bytes() != before:
        return "the next import cannot be undone"
    left = [path.name for path in (folder / ".intake").iterdir() if not path.name.isdigit()]
    return f"left behind: {', '.join(left)}" if left else ""
