"""An interval that a user gives becomes a distribution, found by PreliZ.

PreliZ looks for the normal of the logarithm that holds 90 % of its mass between the two ends and
says least besides (maximum entropy): the family that `model.priors` uses for every interval. It
loads PyTensor, which the dashboard must not, so it runs in a process of its own, kept for the next
question. That process ends with the one that asked.
"""

import json
import math
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import numpy as np
from scipy.special import ndtr

MASS = 0.9
LARGEST = 1e6  # times; the ends of an interval are no further apart
REACH = 3.5  # standard deviations that a drawing shows on each side
POINTS = 201
ROOT = Path(__file__).resolve().parent.parent
# Plain Python in place of compiled code: the first answer comes after 4 s and not after 7.
FLAGS = {"PYTENSOR_FLAGS": "linker=py,optimizer=None", "MPLBACKEND": "agg"}


@dataclass(frozen=True, eq=False)
class Elicited:
    """The distribution of a positive quantity whose logarithm is normal (location, scale).

    value, density: (201,) for a drawing; the density is per unit of the logarithm.
    """

    low: float
    high: float
    location: float
    scale: float
    value: np.ndarray
    density: np.ndarray

    @property
    def median(self) -> float:
        return math.exp(self.location)

    @property
    def chance_above_one(self) -> float:
        """The probability that the quantity is above 1: of a hazard ratio, that it raises."""
        return float(ndtr(self.location / self.scale))


@lru_cache(maxsize=256)
def elicit(low: float, high: float) -> Elicited:
    """The distribution of a 90 % interval; ValueError for ends that are none, in one plain line.

    The first call starts PreliZ and takes some seconds; RuntimeError if it cannot be started.
    """
    if not (0 < low < high < math.inf and high / low <= LARGEST):
        raise ValueError(
            f"{low:g} to {high:g} is no interval; expected two positive numbers, the lower first, "
            f"at most a factor of {LARGEST:,.0f} apart"
        )
    told = _WORKER.ask([math.log(low), math.log(high)])
    log_value = np.array(told["log_value"])
    return Elicited(
        low, high, told["location"], told["scale"], np.exp(log_value), np.array(told["density"])
    )


class _Worker:
    """PreliZ in another process: a line of JSON asks, a line of JSON answers."""

    def __init__(self) -> None:
        self.process: subprocess.Popen | None = None
        self.lock = Lock()

    def ask(self, question: list[float]) -> dict:
        with self.lock:
            for _ in range(2):  # a process that died is replaced once
                answer = self._answer(question)
                if answer:
                    return json.loads(answer)
        raise RuntimeError("PreliZ does not start; try `python -m model.elicitation < /dev/null`")

    def _answer(self, question: list[float]) -> str:
        if self.process is None or self.process.poll() is not None:
            self.process = self._started()
        try:
            self.process.stdin.write(json.dumps(question) + "\n")
            self.process.stdin.flush()
            return self.process.stdout.readline()
        except OSError:
            return ""

    def _started(self) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "model.elicitation"],
            cwd=ROOT,
            env=os.environ | FLAGS,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


_WORKER = _Worker()


def _serve() -> None:
    """Answer until standard input ends, which it does when the asking process does."""
    import preliz

    for line in sys.stdin:
        low, high = json.loads(line)
        found = preliz.Normal()
        preliz.maxent(found, low, high, MASS, plot=False)
        mean, sd = float(found.mu), float(found.sigma)
        log_value = np.linspace(mean - REACH * sd, mean + REACH * sd, POINTS)
        told = {
            "location": mean,
            "scale": sd,
            "log_value": log_value.tolist(),
            "density": np.asarray(found.pdf(log_value)).tolist(),
        }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    _serve()
