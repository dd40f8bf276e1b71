"""Refits that are published, killed at random moments, two at once, on a disk that is full.

Each begins with a state folder whose run was published, and another of the same day that is to
take its place: the served run is one of the two, whole, at every moment.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from model.forecast import open_run
from model.runs import Run, publication, store
from model.scenario import SCENARIO_FOLDER, places
from tests.faults.survived import Survived, judge, killed

PUBLISH = [sys.executable, "-m", "model", "refit", "--publish", "--hold-at", "100"]
LONGEST = 8.0  # seconds; by then a refit whose fit is at hand has ended on an idle machine
BEFORE = "before"  # the id of the run that was published before
ANOTHER = "another"  # and of one that a full disk may have room for
DISK = 40  # MiB of the small disk: two runs and a little
READ_AND_SAVE = f"""
import sys
from dataclasses import replace
from model.runs import publication, store
run = store.load(sys.argv[1])
try:
    store.save(replace(run, manifest=run.manifest | {{"id": "{ANOTHER}"}}))
    publication.publish(run.as_of, "{ANOTHER}")
except OSError as problem:
    print("full", problem.errno)
"""


def kills(many: int, chance: random.Random, home: Path) -> dict[str, Survived]:
    """So many kills alone, beside another, and full disks; home: a folder with a served run."""
    run = open_run(SCENARIO_FOLDER)
    counts = {"publish": Survived(), "two at once": Survived()}
    for _ in range(many):
        _to_be_published(run)
        killed(PUBLISH, chance.uniform(0.5, LONGEST), ready=False)
        judge(counts["publish"], lambda: wrong(run) or _goes_on(run))
        _to_be_published(run)
        judge(counts["two at once"], lambda: _beside(chance.uniform(0.5, LONGEST)) or wrong(run))
    if os.geteuid() == 0 and shutil.which("mount"):
        counts["disk full"] = _full_disks(many, chance, run, home)
    return counts


def _to_be_published(run: Run) -> None:
    """Published is a run of the same day under another id; `run` waits, held and undecided."""
    old = run.manifest | {"id": BEFORE, "made_from": "of the evidence before"}
    store.save(replace(run, manifest=old))
    publication.publish(run.as_of, BEFORE)
    publication.hold(run.id)


def wrong(run: Run) -> str:
    """What is wrong with what is served; "" where it is one of the two, whole and as it was."""
    served = open_run(SCENARIO_FOLDER)
    if served is None:
        return "no run is served"
    if served.id not in (run.id, BEFORE, ANOTHER):
        return f"served is {served.id}"
    told = publication.published(run.as_of)
    if told is not None and store.load(told.run).published != run.published:
        return "the published run is another"
    return "" if served.published == run.published else "the served run is another"


def _goes_on(run: Run) -> str:
    """The next refit publishes, whatever the killed one left."""
    done = subprocess.run(PUBLISH, cwd=places.ROOT, capture_output=True, text=True, check=False)
    told = publication.published(run.as_of)
    if done.returncode or told is None or told.run != run.id or publication.held(run.id):
        return f"the next refit ended with {done.returncode}: {done.stderr[-200:]}"
    return ""


def _beside(after: float) -> str:
    """Two at once, one of them killed: the other ends well."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    other = subprocess.Popen(PUBLISH, cwd=places.ROOT, **quiet)
    killed(PUBLISH, after, ready=False)
    code = other.wait()
    return f"the other ended with {code}" if code else ""


def _full_disks(many: int, chance: random.Random, run: Run, home: Path) -> Survived:
    """On a disk with a random rest of room a run is stored and published as far as it goes."""
    count = Survived()
    for _ in range(many):
        with _small_disk(home) as disk:
            shutil.copytree(store.folder_of(run.id), disk / "runs" / run.id)
            os.environ["ARAXES_HOME"] = str(disk)
            publication.publish(run.as_of, run.id)
            room = shutil.disk_usage(disk).free
            (disk / "filler").write_bytes(bytes(int(room * chance.uniform(0.6, 1.0))))
            command = [sys.executable, "-c", READ_AND_SAVE, run.id]
            subprocess.run(command, cwd=places.ROOT, capture_output=True, check=True)
            judge(count, lambda: wrong(run) if _whole(run) else "the served run is not as it was")
            os.environ["ARAXES_HOME"] = str(home)
    return count


def _whole(run: Run) -> bool:
    published = publication.published(run.as_of)
    loaded = store.load(run.id), store.load(published.run)
    return all(one.published == run.published for one in loaded)


@contextmanager
def _small_disk(beside: Path) -> Iterator[Path]:
    with TemporaryDirectory(dir=beside.parent) as folder:
        size = f"size={DISK}m"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)
