"""A line of a shell block, run for real as far as a test can.

It runs in the repo's root with this Python's commands first on the path and the state folder that
ARAXES_HOME names. Five kinds of line would otherwise install, never end, take minutes, or run
these tests again:

- `make TARGET`: what make would do is asked of it (`--dry-run`), and what that runs of ours is run
  by these same rules. The environment is not made again: this one is what it would be.
- the dashboard is started on a free port, asked once for its health, and stopped.
- `pytest` collects every test and runs none.
- `pip install` may install nothing and ask nobody: it ends well if all that it asks for is here.
- a bench is imported, and must have a `main`: it takes minutes, and measures the machine.
"""

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser.server import ROOT, serving
from tests.test_setup import make

SERVER, BENCH = "pages.ui.server.serve", "tests.bench."
OURS = ".venv/bin/python -m "  # as the Makefile calls it
DEAR = ("pytest", "make test", f"python -m {BENCH}")
PATIENCE = 300  # seconds


def is_dear(line: str) -> bool:
    """Whether a line takes so long that `make test` leaves it to `make test-slow`."""
    return line.startswith(DEAR)


def run(line: str) -> None:
    """Run one line; raises AssertionError with what it printed where it does not end well."""
    words = shlex.split(line, comments=True)
    if words[0] == "make":
        for command in _made_of(words[1:]):
            run(command)
    elif words[:2] == ["streamlit", "run"]:
        _serve("-m", *words)
    elif words[:3] == ["python", "-m", SERVER]:
        _serve(*words[1:])
    else:
        _end_well(_harmless(words))


def _made_of(arguments: list[str]) -> list[str]:
    """The commands of ours that `make` would run."""
    answer = make("--dry-run", *arguments)
    assert answer.returncode == 0, answer.stderr
    lines = [line for line in answer.stdout.splitlines() if line.startswith(OURS)]
    ours = [line.replace(OURS, "python -m ") for line in lines if not line.startswith(f"{OURS}pip")]
    assert ours, f"make {' '.join(arguments)} runs nothing of ours"
    return ours


def _harmless(words: list[str]) -> list[str]:
    """The command, as a test may run it."""
    if "pytest" in words[:3]:
        return [*words, "--collect-only", "--quiet", "--numprocesses", "0"]
    if words[:2] == ["pip", "install"]:
        return [*words, "--dry-run", "--no-index", "--quiet"]
    if words[2:] and words[2].startswith(BENCH):
        return ["python", "-c", f"from {words[2]} import main"]
    return words


def _serve(*command: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with serving(Path(os.environ["ARAXES_HOME"]), command, Path(folder) / "log"):
            pass  # it was asked for its health, and is stopped


def _end_well(command: list[str]) -> None:
    ours = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    ended = subprocess.run(
        command, cwd=ROOT, env=ours, capture_output=True, text=True, timeout=PATIENCE
    )
    assert ended.returncode == 0, f"{shlex.join(command)}\n{ended.stdout}\n{ended.stderr}"
