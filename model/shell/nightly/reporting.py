"""Where a refit has got to, on standard error: a bar, plain lines, or JSON for a log collector."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from model import refit
from model.shell import commands


class Log:
    """Lines about a refit; as_json: one JSON object per line, else only the bar of a terminal."""

    def __init__(self, as_json: bool = False, progress_file: Path | None = None):
        self.as_json, self.progress_file = as_json, progress_file
        self.phase = ""

    def say(self, step: str, message: str, **facts: object) -> None:
        """A step has begun or ended: check, fit, gate, compare, publish, end."""
        if not self.as_json:
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = {"time": now, "step": step, "message": message} | facts
        print(json.dumps(line, ensure_ascii=False, default=str), file=sys.stderr, flush=True)

    @contextmanager
    def progress(self) -> Iterator[refit.Progress]:
        """A `Progress` that draws the bar and writes the file that was asked for."""
        with commands.progress_bar(quiet=self.as_json) as bar:
            task = bar.add_task("", total=1.0)

            def report(phase: str, share: float, line: str) -> None:
                bar.update(task, description=line, completed=share)
                if self.progress_file is not None:
                    commands.write_progress(self.progress_file, phase, share, line)
                if (phase, line) != self.phase:  # a line per step, not one per third of a second
                    self.phase = phase, line
                    self.say("fit", line, phase=phase)

            yield report
