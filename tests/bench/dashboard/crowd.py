"""Many visitors at once, each moving sliders of the Assumptions page at a human pace."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from random import Random
from threading import Barrier, BrokenBarrierError

from tests.bench.dashboard.session import Session, visiting

PAUSE = 1.5, 2.0  # seconds from one move of a visitor to the next
SLIDERS = 2  # that a visitor moves
PAGE = "assumptions"


@dataclass
class Crowd:
    """Seconds from each move to its chart, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def beside(address: str, visitors: int, seconds: float, meanwhile: Callable[[], object]) -> Crowd:
    """So many sessions in a process of their own, for so long after all have opened the page.

    Until they end `meanwhile` is called again and again; it should take about a second.
    """
    command = [sys.executable, "-m", __name__, address, str(visitors), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        first = process.stdout.readline()  # "open", or the end if not all could open the page
        while process.poll() is None:
            meanwhile()
        return Crowd(**json.loads(process.stdout.read() or first))


def crowd(address: str, visitors: int, seconds: float) -> Crowd:
    """The sessions, in this process; prints a line when all have opened the page."""
    found, ready = Crowd(), Barrier(visitors, action=lambda: print("open", flush=True))
    with ThreadPoolExecutor(visitors) as threads:
        for seed in range(visitors):
            threads.submit(_visit, address, Random(seed), ready, seconds, found)
    return found


def _visit(address: str, random: Random, ready: Barrier, seconds: float, found: Crowd) -> None:
    try:
        with visiting(address, PAGE) as session:
            ready.wait()
            _move(session, random, time.monotonic() + seconds, found)
    except BrokenBarrierError:
        pass  # another visitor's error, which is told
    except Exception as problem:  # noqa: BLE001 - unsaid, the others would wait for ever
        found.errors.append(f"{type(problem).__name__}: {problem}")
        ready.abort()


def _move(session: Session, random: Random, end: float, found: Crowd) -> None:
    """One of the visitor's sliders to a level drawn at random, again and again."""
    own = random.sample(session.of_kind("slider"), SLIDERS)
    next_move = time.monotonic() + random.uniform(0, PAUSE[1])
    while next_move < end:
        time.sleep(max(0.0, next_move - time.monotonic()))
        next_move = time.monotonic() + random.uniform(*PAUSE)
        slider = random.choice(own)
        now = session.moved.get(slider.id, slider.default[0])
        levels = [level / 10 for level in range(-20, 21) if abs(level / 10 - now) > 0.05]
        found.seconds.append(session.move(slider, random.choice(levels)))


if __name__ == "__main__":
    print(json.dumps(asdict(crowd(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))))
