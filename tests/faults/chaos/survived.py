"""A process that is killed after some time, and the count of what survived that."""

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from model.scenario import places


@dataclass
class Survived:
    """Kills tried and survived, and what went wrong in the others."""

    tried: int = 0
    survived: int = 0
    faults: list[str] = field(default_factory=list)


def killed(command: list[str], after: float, ready: bool = True) -> None:
    """Start a command, by `ready` wait for a line of it, and kill it so many seconds later."""
    process = subprocess.Popen(command, cwd=places.ROOT, stdout=subprocess.PIPE)
    if ready and not process.stdout.readline():
        raise RuntimeError("the writer ended before it wrote")  # or nothing would be tried
    time.sleep(after)
    process.kill()
    process.wait()
    process.stdout.close()


def judge(count: Survived, look: Callable[[], str]) -> None:
    """Count one kill; look: what is wrong with what is left, "" where nothing is."""
    count.tried += 1
    try:
        fault = look()
    except Exception as problem:  # noqa: BLE001 - whatever it is, the kill was not survived
        fault = f"{type(problem).__name__}: {problem}"
    if fault:
        count.faults.append(fault)
    else:
        count.survived += 1
