"""Visitors who go from page to page, move sliders, leave and come again, for as long as asked.

Without a browser: each speaks to the server over the websocket that a browser uses, and reads every
answer to its end. `python -m tests.faults.soak.visitors ADDRESS MANY SECONDS` prints what they met.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from random import Random

from tests.bench.dashboard.session import Session, visiting

PAGES = ("", "assumptions", "compare", "evidence", "record", "method", "brief")
PAUSE = 2.0, 6.0  # seconds that a visitor looks at an answer
HANG = 10.0  # seconds
STEPS = 12  # of one visit; then the visitor leaves, and comes again
LEVELS = [tenth / 10 for tenth in range(-20, 21)]  # of a slider
MOVES = 0.75  # the share of steps on the Assumptions page that move a slider there


@dataclass
class Met:
    """What visitors met: visits, seconds of each step, and where they met errors and hangs."""

    visits: int = 0
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)

    def add(self, other: "Met") -> None:
        self.visits += other.visits
        self.seconds += other.seconds
        self.errors += other.errors
        self.hangs += other.hangs

    def took(self, what: str, seconds: float) -> None:
        """Count a step; one of `HANG` or more is told of by what it was."""
        self.seconds.append(seconds)
        if seconds >= HANG:
            self.hangs.append(f"{what} took {seconds:.1f} s")


def crowd(address: str, many: int, seconds: float, pause: tuple[float, float] = PAUSE) -> Met:
    """So many visitors at once, in threads of this process."""
    met, end = Met(), time.monotonic() + seconds
    with ThreadPoolExecutor(many) as threads:
        for one in threads.map(lambda seed: _comes(address, Random(seed), end, pause), range(many)):
            met.add(one)
    return met


def _comes(address: str, chance: Random, end: float, pause: tuple[float, float]) -> Met:
    met = Met()
    time.sleep(chance.uniform(0.0, pause[0]))  # or all would come in one instant
    while time.monotonic() < end:
        visit(address, chance, met, STEPS, pause, end)
    return met


def visit(
    address: str,
    chance: Random,
    met: Met,
    steps: int = 1,
    pause: tuple[float, float] = (0.0, 0.0),
    end: float = float("inf"),
) -> None:
    """One visit of some steps; what it meets is added to `met`. end: by the monotonic clock."""
    page = chance.choice(PAGES)
    try:
        begin = time.monotonic()
        with visiting(address, page) as session:
            met.visits += 1
            met.took(f"/{page} opened", time.monotonic() - begin)
            for _ in range(steps - 1):
                time.sleep(chance.uniform(*pause))
                if time.monotonic() > end:
                    return
                page = _step(session, page, chance, met)
    except Exception as problem:  # noqa: BLE001 - whatever it is, a visitor met it
        met.errors.append(f"/{page}: {type(problem).__name__}: {str(problem)[:200]}")


def _step(session: Session, page: str, chance: Random, met: Met) -> str:
    """One step: a slider of the Assumptions moved, or another page; where the visitor is then."""
    begin, sliders = time.monotonic(), session.of_kind("slider")
    if page == "assumptions" and sliders and chance.random() < MOVES:
        slider = chance.choice(sliders)
        now = session.moved.get(slider.id, slider.default[0])
        # where it stands already nothing would move, and no chart would come
        session.move(slider, chance.choice([at for at in LEVELS if abs(at - now) > 0.05]))
        what = f"/{page}, {slider.label} moved"
    else:
        page = chance.choice(PAGES)
        session.turn_to(page)
        what = f"/{page} turned to"
    met.took(what, time.monotonic() - begin)
    return page


if __name__ == "__main__":
    print(json.dumps(asdict(crowd(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))))
