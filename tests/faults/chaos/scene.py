"""A state folder, tables and exports as a writer finds them, and what is wrong with them after it.

Each scene begins alike: one run was published, another of the same day waits to take its place, and
a delivery of new evidence lies beside the tables.
"""

import csv
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.material import signature
from briefing.material.signature import Seal
from model.evidence.whole_set import PLACE, finish
from model.forecast import open_run
from model.record.ledger import store as ledger
from model.record.published import publishing
from model.runs import Run, publication, store
from model.scenario import SCENARIO_FOLDER, home

BEFORE = "before"  # the id of the run that was published before
ROWS = 20  # of the delivery, in each table
SOURCE = "Gazette of the deliveries"


@dataclass(frozen=True)
class Scene:
    """Where a writer works: its state folder, its tables, a folder for exports, the delivery."""

    place: Path

    @property
    def home(self) -> Path:
        return self.place / "home"

    @property
    def tables(self) -> Path:
        return self.place / "tables"

    @property
    def exports(self) -> Path:
        return self.place / "exports"

    @property
    def delivery(self) -> list[Path]:
        return sorted((self.place / "delivery").glob("*.csv"))

    @property
    def said(self) -> Path:
        """What the writers print: beside the scene, as a terminal is on no disk."""
        return self.place.with_suffix(".said")

    @property
    def progress(self) -> Path:
        return self.place.with_suffix(".progress")


@dataclass(frozen=True)
class Right:
    """What may stand there after a writer: the runs' forecasts, tables and rows of the ledger.

    tables: digests of all of them together. rows: how many forecasts the ledger has.
    """

    published: dict
    tables: frozenset[str]
    rows: frozenset[int]


@contextmanager
def at(folder: Path) -> Iterator[None]:
    """With this state folder."""
    before = os.environ.get("ARAXES_HOME")
    os.environ["ARAXES_HOME"] = str(folder)
    try:
        yield
    finally:
        del os.environ["ARAXES_HOME"]
        if before is not None:
            os.environ["ARAXES_HOME"] = before


def made(place: Path, run: Run) -> Scene:
    """The scene that all others are copies of, in an empty folder."""
    scene = Scene(place)
    for folder in (scene.exports, scene.place / "delivery"):
        folder.mkdir(parents=True)
    shutil.copytree(SCENARIO_FOLDER, scene.tables, ignore=shutil.ignore_patterns(".*"))
    _deliver(scene)
    with at(scene.home):
        store.save(run)
        old = replace(run, manifest=run.manifest | {"id": BEFORE, "made_from": "the day before"})
        store.save(old)
        publishing.publish(old, "who published before")
        publication.publish(run.as_of, BEFORE)
        publication.hold(run.id)
        signature.signed(b"{\n}", "json")  # makes the key
    return scene


def copy(scene: Scene, place: Path) -> Scene:
    """A scene of its own at `place`, which may be an empty folder."""
    shutil.copytree(scene.place, place, dirs_exist_ok=True)
    return Scene(place)


def _deliver(scene: Scene) -> None:
    """The last events and codings once more, as of other ids, by a source that is new."""
    events = _rows(scene, "events")[-ROWS:]
    known = {row["event"] for row in _rows(scene, "events")}
    new = {row["event"]: _free(row["event"], known) for row in events}
    for row in events:
        id = new[row["event"]]
        words = f"What the gazette tells under {id}"
        row |= {"event": id, "what_happened": words, "origin": id, "source": SOURCE}
        row |= {"source_url": f"https://example.org/{id}"}
    codings = [row for row in _rows(scene, "codings") if row["event"] in new]
    codings = [row | {"event": new[row["event"]]} for row in codings]
    source = {"source": SOURCE, "country": "unknown", "kind": "outlet", "note": ""}
    tables = {"events": events, "codings": codings, "sources": [source]}
    for name, rows in tables.items():
        with open(scene.place / "delivery" / f"{name}.csv", "w", encoding="utf-8") as file:
            writer = csv.DictWriter(file, [*rows[0]])
            writer.writeheader()
            writer.writerows(rows)


def _rows(scene: Scene, table: str) -> list[dict]:
    with open(scene.tables / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _free(id: str, known: set[str]) -> str:
    """An id of the same day that no event has."""
    day = id.split("-")[0]
    number = next(number for number in range(50, 999) if f"{day}-{number}" not in known)
    known.add(f"{day}-{number}")
    return f"{day}-{number}"


def wrong(scene: Scene, right: Right) -> str:
    """What is wrong with what a writer left; "" where nothing is."""
    looks = _told, _rest, _tables, _ledger, _run, _stored
    with at(scene.home):
        return next((fault for look in looks if (fault := look(scene, right))), "")


def _told(scene: Scene, right: Right) -> str:
    said = scene.said.read_text(encoding="utf-8", errors="replace") if scene.said.exists() else ""
    return f"it said {said[-500:]}" if "Traceback" in said else ""


def _run(scene: Scene, right: Right) -> str:
    served = open_run(scene.tables)
    if served is None:
        return "no run is served"
    return "" if served.published == right.published else f"served is {served.id}, another"


def _stored(scene: Scene, right: Right) -> str:
    for id in store.stored()["id"]:
        store.load(id)  # raises for whatever is not as it was stored
    folders = {path.name for path in (home() / "runs").glob("[!.]*")}
    return f"no run, and not swept: {folders}" if folders - {*store.stored()["id"]} else ""


def digest(scene: Scene) -> str:
    """One for all tables as a reader finds them."""
    finish(scene.tables)
    files = sorted(scene.tables.glob("*.csv"))
    told = b"".join(file.name.encode() + file.read_bytes() for file in files)
    return hashlib.sha256(told).hexdigest()


def _tables(scene: Scene, right: Right) -> str:
    if digest(scene) in right.tables:
        return ""
    return f"tables of two imports side by side; {[*(scene.tables / PLACE).glob('*')]}"


def _ledger(scene: Scene, right: Right) -> str:
    broken = [walked.broken for walked in ledger.walk() if walked.broken]
    many = len(ledger.rows("forecasts"))
    if broken or many not in right.rows:
        return f"the ledger has {many} rows, {broken or 'whole'}"
    return ""


def _rest(scene: Scene, right: Right) -> str:
    """What is wrong with the exported files; one that was begun has a name of its own."""
    for path in scene.exports.glob("[!.]*"):
        seal = signature.seal_of(path.read_bytes(), path.suffix[1:])
        if seal is not Seal.whole:
            return f"the signature of {path.name} is {seal.value}"
    return ""
