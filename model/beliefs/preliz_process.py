"""PreliZ in a process of its own, since it loads PyTensor and Matplotlib: both ends of the pipe.

One JSON object per line goes in, one comes out, in order. The process ends when its input does, so
it cannot outlive whoever started it, however that ended.
"""

import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import weakref
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "model.beliefs.preliz_process")
PATIENCE = 60.0  # seconds until a process that does not answer is ended
POINTS = 201  # of the density, odd so that the middle is one
TAIL = 0.001  # left out at each end


class Worker:
    """The other process: started when first needed, once more if it died, ended with this one.

    command: its words. patience: seconds until an answer that does not come ends it.
    """

    def __init__(self, command: tuple[str, ...] = COMMAND, patience: float = PATIENCE):
        self._command, self._patience = command, patience
        self._turn = threading.Lock()
        self._process: subprocess.Popen | None = None
        self._errors: IO[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process's id, None before the first start."""
        return self._process and self._process.pid

    def start(self) -> None:
        """Start the process unless it runs, and do not wait for it."""
        if self._turn.acquire(blocking=False):
            try:
                self._running()
            finally:
                self._turn.release()

    def ask(self, question: dict) -> dict:
        """The answer to one question, keyword arguments of `fitted`; waits for it.

        Raises RuntimeError, one line, after two deaths without an answer.
        """
        with self._turn:
            for _ in range(2):
                if answer := self._asked(question):
                    return json.loads(answer)
                why = self._buried()
        raise RuntimeError(
            f"PreliZ ended twice without an answer ({why}); expected a distribution; "
            "install the packages of requirements.txt and try again"
        )

    def _asked(self, question: dict) -> str:
        """A whole line of answer, or nothing where the process died or took too long."""
        process = self._running()
        # a pipe has no time limit for reading, but ends when the process does
        watch = threading.Timer(self._patience, process.kill)
        watch.daemon = True
        watch.start()
        try:
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:
            return ""
        except BaseException:
            _end(process)  # or the next question would be given this one's answer
            raise
        finally:
            watch.cancel()
        return answer if answer.endswith("\n") else ""

    def _running(self) -> subprocess.Popen:
        if self._process is None or self._process.poll() is not None:
            # a file, as nobody reads along: a full pipe would stop the process
            self._errors = tempfile.TemporaryFile()
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=os.environ | {"MPLBACKEND": "Agg"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                encoding="utf-8",
            )
            weakref.finalize(self, _end, self._process)
        return self._process

    def _buried(self) -> str:
        """End the process and tell its last words."""
        code = _end(self._process)
        self._errors.seek(0)
        text = self._errors.read().decode("utf-8", "replace")
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        return lines[-1] if lines else f"code {code}"


def _end(process: subprocess.Popen) -> int:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):  # what was written to a dead process is lost
            pipe.close()
    return process.wait()


def fitted(low: float, high: float, mass: float) -> dict:
    """The normal of the logarithm with `mass` between low and high and most entropy, by PreliZ.

    The fields of `elicitation.Elicited` but its interval and median, arrays as lists.

    PreliZ solves it in units of the interval, from -1 to 1: in plain logs its optimiser leaves the
    mean up to 5e-4 off where the interval is far from 1 (measured), so only to 1e-6.
    """
    import numpy as np  # here, for the side that asks imports this file too
    import preliz

    unit = preliz.maxent(preliz.Normal(), -1.0, 1.0, mass, plot=False)
    start, end = math.log(low), math.log(high)
    middle, half = (start + end) / 2, (end - start) / 2
    law = preliz.Normal(middle + half * float(unit.mu), half * float(unit.sigma))
    logs = np.linspace(*law.ppf(np.array([TAIL, 1 - TAIL])), POINTS)
    return {
        "mean_log": law.mu,
        "sd_log": law.sigma,
        "chance_above_one": float(law.sf(0.0)),
        "x": np.exp(logs).tolist(),
        "density": law.pdf(logs).tolist(),
        "quantiles": np.exp(law.ppf(np.arange(1, 100) / 100)).tolist(),
    }


def main() -> None:
    """Answer every line of the standard input, JSON, until it ends."""
    answers = sys.stdout  # kept: what PreliZ itself prints must not come among the answers
    with redirect_stdout(sys.stderr):
        fitted(0.5, 2.0, 0.9)  # compiles before the first question comes
        for line in sys.stdin:
            print(json.dumps(fitted(**json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
