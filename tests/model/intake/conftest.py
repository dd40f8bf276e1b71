"""A copy of the scenario, and tables written as somebody's program leaves them."""

import shutil
from pathlib import Path

import pytest

from model.scenario import SCENARIO_FOLDER

FILES = Path(__file__).parent / "files"


@pytest.fixture
def folder(tmp_path):
    """A copy of the scenario's folder, without what imports keep."""
    hidden = shutil.ignore_patterns(".*")
    return Path(shutil.copytree(SCENARIO_FOLDER, tmp_path / "scenario", ignore=hidden))


@pytest.fixture
def written(tmp_path):
    """Write a text, or bytes, under a name; its path."""

    def write(content, name="mine.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write
