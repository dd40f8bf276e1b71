"""Temporary files go with their process; what a killed one left goes when the next one starts."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from model.shell import temporary_files

ROOT = Path(__file__).parents[3]
WAITING = """
import subprocess, sys, tempfile, time
from model.shell.temporary_files import own_folder
with own_folder():
    child = "import tempfile; print(tempfile.mkdtemp())"
    print(tempfile.mkdtemp(), subprocess.run([sys.executable, "-c", child], capture_output=True,
        text=True).stdout.strip(), flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


@pytest.fixture
def waiting():
    """A process that has made temporary files and waits, and the folder that holds them."""
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    own, of_child = (Path(word) for word in process.stdout.readline().split())
    assert own.parent == of_child.parent and own.parent.name.startswith(temporary_files.PREFIX)
    yield process, own.parent
    process.kill()
    process.communicate()


def test_what_a_killed_process_left_is_gone_once_another_starts(waiting, temporary):
    process, left = waiting
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert len([*left.iterdir()]) == 3  # its file, its child's, and the lock
    with temporary_files.own_folder():
        assert not left.exists()
    assert [*temporary.iterdir()] == []


def test_what_a_living_process_has_is_left_alone_and_so_is_what_is_not_ours(waiting, temporary):
    _, held = waiting
    foreign = temporary / f"{temporary_files.PREFIX}of-somebody"
    foreign.mkdir()
    temporary_files.sweep()
    assert len([*held.iterdir()]) == 3 and foreign.is_dir()


def test_temporary_files_go_where_they_went_before_once_it_is_over(temporary):
    with pytest.raises(KeyboardInterrupt), temporary_files.own_folder():
        assert Path(tempfile.mkdtemp()).parent.parent == temporary
        raise KeyboardInterrupt
    assert (os.environ["TMPDIR"], tempfile.gettempdir()) == (str(temporary), str(temporary))
    assert [*temporary.iterdir()] == []


def test_where_no_folder_can_be_made_nothing_is_moved(monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", "/proc")
    with temporary_files.own_folder():
        assert tempfile.tempdir == "/proc"
