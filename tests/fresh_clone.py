"""A folder as a fresh clone is, and `make` in it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NEEDED = ("Makefile", "requirements.txt", "requirements.lock", ".python-version")


def make(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    # A make above this one would hand its own flags down and name itself in messages.
    outside = {key: text for key, text in os.environ.items() if not key.startswith("MAKE")}
    command = ["make", *arguments]
    return subprocess.run(command, cwd=folder, env=outside, capture_output=True, text=True)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with just what making the environment needs."""
    for name in NEEDED:
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path
