"""Processes that do an act: forks of one that has loaded all libraries, so that the act is timed.

A process from scratch would be killed while it imports, nine times out of ten.
"""

import multiprocessing
import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from multiprocessing.context import ForkServerContext

import psutil

from model.scenario import places
from tests.faults.chaos import acts
from tests.faults.chaos.scene import Scene

LONGEST = 1800.0  # seconds that an act may take on a busy machine
OFTEN = 0.01  # seconds between two looks at a process


@cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.chaos.loaded"])
    return context


class Writer:
    """A process that does an act, from now on. Its time is the CPU's: others may be at work too."""

    def __init__(self, act: str, scene: Scene):
        self.act, self.scene, self.seconds = act, scene, 0.0
        scene.progress.unlink(missing_ok=True)
        self.process = _context().Process(target=acts.act, args=(act, scene.place))
        self.process.start()
        self.began = time.monotonic()

    def end(self) -> int:
        """Wait for its end; its exit code. Raises TimeoutError where it hangs."""
        while self._works():
            if time.monotonic() - self.began > LONGEST:
                self.process.kill()
                raise TimeoutError(f"{self.act} takes more than {LONGEST:.0f} s")
        self.process.join()
        return self.process.exitcode

    def until_it_stores(self) -> None:
        """Wait until a fit has its draws and begins with what is stored, or has ended."""
        while self._works():
            if self.scene.progress.exists() and acts.STORING in self.scene.progress.read_text():
                return

    def kill(self, after: float) -> bool:
        """Kill it in so many seconds of its own; whether it was at work until then."""
        until = self.seconds + after
        while self.seconds < until and self._works():
            pass
        self.process.kill()
        self.process.join()
        return self.process.exitcode < 0

    def _works(self) -> bool:
        """Look at it a moment later: whether it has not ended; `seconds` is what it took so far."""
        time.sleep(OFTEN)
        with suppress(psutil.NoSuchProcess):
            took = psutil.Process(self.process.pid).cpu_times()
            self.seconds = max(self.seconds, took.user + took.system)
        return self.process.is_alive()


def done(act: str, scene: Scene) -> int:
    """Do an act to its end; its exit code."""
    return Writer(act, scene).end()


def done_elsewhen(act: str, scene: Scene, library: str, days: float) -> int:
    """The same by a clock that is so many days behind, in a process from scratch."""
    behind = {"FAKETIME": f"-{days:.3f}d", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    command = [sys.executable, "-m", "tests.faults.chaos.acts", act, str(scene.place)]
    environment = os.environ | behind | {"LD_PRELOAD": library}
    return subprocess.run(command, cwd=places.ROOT, env=environment, timeout=LONGEST).returncode


def moment(chance: random.Random, longest: float) -> float:
    """Seconds: any moment of something that takes `longest`, and a little after."""
    return chance.uniform(0.0, 1.1 * longest)
