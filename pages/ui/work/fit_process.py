"""A fit in a process of its own, how far it is, and why it failed; it ends with the server."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from model.assumptions import NOTHING, Assumptions, files
from model.scenario import places

UNSEEN = 120.0  # seconds after which a fit that no page follows is ended
ROOT = Path(__file__).parents[3]
# Where on the bar each phase of a fit begins and ends: about its share of the time.
PHASES = {
    "compile": (0.02, 0.3),
    "sample": (0.3, 0.95),
    "forecast": (0.95, 1.0),
    "done": (1.0, 1.0),
}


@dataclass(frozen=True)
class Wanted:
    """What is to be fitted: a day, under beliefs or none."""

    as_of: date
    beliefs: Assumptions = NOTHING


@dataclass
class Fit:
    """A fit: its process and its folder, which holds progress.json and output.txt."""

    process: subprocess.Popen
    folder: Path
    cancelled: bool = False
    seen: float = field(default_factory=time.monotonic)

    @property
    def running(self) -> bool:
        """Whether the process has not ended yet."""
        return self.process.poll() is None

    @property
    def failed(self) -> bool:
        """Whether it ended with another code than 0, as a cancelled fit does."""
        return not self.running and self.process.returncode != 0

    def progress(self) -> tuple[float, str]:
        """Share done, 0..1, and what is being done."""
        try:
            progress = json.loads((self.folder / "progress.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):  # not there yet
            return 0.0, "Starting"
        begins, ends = PHASES.get(progress["phase"], (0.0, 0.02))
        share = begins + (ends - begins) * progress["share"]
        return min(1.0, max(0.0, share)), progress["message"] or progress["phase"]

    def reason(self) -> str:
        """The last line of the process's output: why it failed."""
        output = (self.folder / "output.txt").read_text(encoding="utf-8", errors="replace")
        lines = [line.strip() for line in output.splitlines() if line.strip()]
        return lines[-1] if lines else f"it ended with code {self.process.returncode}"

    def cancel(self) -> None:
        """End the process and all that it started; the fit stays on record as failed."""
        # Marked first: whoever sees the process end must not read it as a failure.
        self.cancelled = True
        with suppress(ProcessLookupError, PermissionError):  # it ended meanwhile
            os.killpg(self.process.pid, signal.SIGTERM)

    def watch(self) -> None:
        """Wait until it ends; end it once no page has followed it for `UNSEEN` seconds."""
        while self.running:
            time.sleep(1.0)
            if time.monotonic() - self.seen > UNSEEN:
                self.cancel()
                return

    def clear(self) -> None:
        """Remove its folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def command(as_of: date, beliefs_file: Path | None = None) -> list[str]:
    """What a reader would type in a shell for the same fit, word by word."""
    plain = ["python", "-m", "model", "refit", "--as-of", as_of.isoformat()]
    return plain if beliefs_file is None else [*plain, "--assume", str(beliefs_file)]


def start(wanted: Wanted) -> Fit:
    """Start the fit in a process and a folder of its own; raises OSError where it cannot."""
    folder = Path(tempfile.mkdtemp(prefix="araxes-fit-"))
    file = None if wanted.beliefs.is_empty else folder / "beliefs.toml"
    if file is not None:
        file.write_text(files.to_toml(wanted.beliefs), encoding="utf-8")
    options = ["--if-needed", "--progress-file", str(folder / "progress.json")]
    # Made absolute, because the fit starts in another folder than the server may have.
    environment = os.environ | {
        "ARAXES_HOME": str(places.home().absolute()),
        "ARAXES_ENDS_WITH": str(os.getpid()),
        "TMPDIR": str(folder),  # what a fit that is ended leaves goes with its folder
    }
    with open(folder / "output.txt", "wb") as output:
        process = subprocess.Popen(
            [sys.executable, *command(wanted.as_of, file)[1:], *options],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a group of its own, to be ended as a whole
        )
    fit = Fit(process, folder)
    threading.Thread(target=fit.watch, daemon=True).start()
    return fit
