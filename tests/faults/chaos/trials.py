"""Trials: a scene is laid, an act is done to it and cut short, what is left is looked at."""

import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from model.record.ledger import store as ledger
from model.runs import Run
from tests.faults.chaos import acts, hardships
from tests.faults.chaos.scene import Right, Scene, at, copy, digest, made, wrong
from tests.faults.chaos.survived import Survived, judge
from tests.faults.chaos.writers import Writer, done, done_elsewhen, moment

DONE = {"refit": 3, "import": 0, "publish": 0, "export": 0}  # so short a fit fails the gate
ROOM = 16 * 2**20  # bytes: more than any act needs
BACK = 0.05, 150.0  # days by which a clock is set back; the newest evidence is older still
GOES_ON_EVERY = {"refit": 25}  # after every so many kills (else 5) the act is done to its end


@dataclass(frozen=True)
class Trials:
    """What trials need: the scene to lay, what may stand after an act, how long each takes.

    took: seconds of the CPU by act; storing: of a fit, from its last draw to its end.
    """

    scene: Scene
    right: Right
    took: dict[str, float]
    storing: float
    chance: random.Random
    numbers: Iterator[int]

    @contextmanager
    def laid(self, place: Path | None = None) -> Iterator[Scene]:
        """A scene of its own, gone after the trial."""
        place = place or self.scene.place.with_name(f"scene{next(self.numbers)}")
        scene = copy(self.scene, place)
        try:
            yield scene
        finally:
            for path in (scene.said, scene.progress):
                path.unlink(missing_ok=True)
            _emptied(place)

    def kills(self, act: str, many: int) -> Survived:
        """So many kills of one act, at any moment of it; half of those of a fit while it stores."""
        survived, every = Survived(), GOES_ON_EVERY.get(act, 5)
        while survived.tried < many:
            with self.laid() as scene:
                if self._killed(act, scene, survived.tried % 2 == 1):
                    again = survived.tried % every == 0
                    judge(survived, partial(self._left, scene, act, again))
        return survived

    def _killed(self, act: str, scene: Scene, late: bool) -> bool:
        writer = Writer(act, scene)
        if act != "refit" or not late:
            return writer.kill(moment(self.chance, self.took[act]))
        writer.until_it_stores()
        return writer.kill(moment(self.chance, self.storing))

    def _left(self, scene: Scene, act: str, again: bool) -> str:
        """What is wrong with what is left, and, if asked, what comes of the next writer."""
        if fault := wrong(scene, self.right):
            return fault
        return self._goes_on(scene, act) if again else ""

    def _goes_on(self, scene: Scene, act: str) -> str:
        code = done(act, scene)
        if code != DONE[act]:
            return f"the next {act} ended with {code}: {scene.said.read_text()[-300:]}"
        return wrong(scene, self.right)

    def pairs(self, act: str, many: int) -> Survived:
        """Two at once, one of them killed: the other ends well."""
        survived = Survived()
        for _ in range(many):
            with self.laid() as scene:
                judge(survived, partial(self._pair, act, scene))
        return survived

    def _pair(self, act: str, scene: Scene) -> str:
        other, writer = Writer(act, scene), Writer(act, scene)
        writer.kill(moment(self.chance, self.took[act]))
        code = other.end()
        if code != DONE[act]:
            return f"the other ended with {code}: {scene.said.read_text()[-300:]}"
        return wrong(scene, self.right)

    def full_disks(self, act: str, many: int) -> Survived:
        """The act on a disk with a random rest of room, and again once there is more."""

        def trial(scene: Scene) -> str:
            with hardships.room_for(scene.place, self.chance.randrange(ROOM)):
                return self._borne(scene, done(act, scene))

        return self._on_small_disks(act, many, trial)

    def read_only(self, act: str, many: int) -> Survived:
        """The act on a disk that cannot be written, and again once it can be."""

        def trial(scene: Scene) -> str:
            with hardships.read_only(scene.place):
                return self._borne(scene, done(act, scene))

        return self._on_small_disks(act, many, trial)

    def _on_small_disks(self, act: str, many: int, trial) -> Survived:
        survived = Survived()
        for _ in range(many):
            place = self.scene.place.with_name(f"disk{next(self.numbers)}")
            place.mkdir()
            with hardships.small_disk(place), self.laid(place) as scene:
                judge(survived, lambda: trial(scene) or self._goes_on(scene, act))
        return survived

    def clocks_set_back(self, act: str, many: int, library: str) -> Survived:
        """The act by a clock that is hours to months behind, and again by the right one."""
        survived = Survived()
        for _ in range(many):
            with self.laid() as scene:
                judge(survived, partial(self._late, act, scene, library))
        return survived

    def _late(self, act: str, scene: Scene, library: str) -> str:
        code = done_elsewhen(act, scene, library, self.chance.uniform(*BACK))
        if code != DONE[act]:
            return f"by a late clock it ended with {code}: {scene.said.read_text()[-300:]}"
        return self._borne(scene, code) or self._goes_on(scene, act)

    def _borne(self, scene: Scene, code: int) -> str:
        return "it ended in a traceback" if code == acts.FAULT else wrong(scene, self.right)


def prepared(place: Path, run: Run, chance: random.Random, names: Sequence[str]) -> Trials:
    """Trials of this served run in an empty folder: each act is done once, and timed."""
    scene = made(place / "scene", run)
    took, storing, tables, many = {}, 0.0, {digest(scene)}, {rows(scene)}
    for act in names:
        tried = copy(scene, place / act)
        writer = Writer(act, tried)
        if act == "refit":
            writer.until_it_stores()
            storing = -writer.seconds
        if writer.end() != DONE[act]:
            raise RuntimeError(f"{act} ended with {writer.end()}: {tried.said.read_text()[-500:]}")
        took[act] = writer.seconds
        tables.add(digest(tried))
        many.add(rows(tried))
    right = Right(run.published, frozenset(tables), frozenset(many))
    return Trials(scene, right, took, took.get("refit", 0.0) + storing, chance, count())


def rows(scene: Scene) -> int:
    """How many forecasts its ledger has."""
    with at(scene.home):
        return len(ledger.rows("forecasts"))


def _emptied(place: Path) -> None:
    """Remove what is in a folder, and the folder unless it is a disk."""
    for path in place.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    if not place.is_mount():
        place.rmdir()
