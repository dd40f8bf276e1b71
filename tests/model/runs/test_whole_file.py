"""A file that is written is the old one or the whole new one, whenever the writer is killed."""

import os
import random
import subprocess
import sys
import time

import pytest

from model.runs import whole_file
from model.scenario import ROOT

SIZE = 4_000_000
# Writes the file full of one letter after the other, a to z, again and again.
WRITER = f"""
import runpy
import sys
from itertools import cycle
from pathlib import Path
write = runpy.run_path("model/runs/whole_file.py")["write"]  # without the package, which is slow
print("ready", flush=True)
for letter in cycle(b"abcdefghijklmnopqrstuvwxyz"):
    write(Path(sys.argv[1]), bytes([letter]) * {SIZE})
"""


@pytest.mark.parametrize("seed", range(12))
def test_killed_at_any_moment_the_file_is_the_old_one_or_the_whole_new_one(seed, tmp_path):
    path = tmp_path / "chart.png"
    path.write_bytes(b"old" * 1000)
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout.readline() == "ready\n"
        time.sleep(random.Random(seed).uniform(0, 0.15))
        writer.kill()
    content = path.read_bytes()
    assert content == b"old" * 1000 or content == content[:1] * SIZE


def test_a_writer_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    path = tmp_path / "chart.png"
    path.write_bytes(b"old")

    def broken(temporary):
        temporary.write_bytes(b"half")
        raise RuntimeError("the picture did not come")

    with pytest.raises(RuntimeError):
        whole_file.write_by(path, broken)
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_an_error_and_makes_nothing(tmp_path):
    with pytest.raises(FileNotFoundError):
        whole_file.write(tmp_path / "none" / "chart.png", b"new")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_writer_left_goes_with_the_next_one_an_hour_later(tmp_path):
    path, left = tmp_path / "a[1].csv", f"{'0' * 31}1"
    old, new = tmp_path / f".a[1]-{left}.csv", tmp_path / f".a[1]-{left[::-1]}.csv"
    others = [tmp_path / f".a[1]-{left}.png", tmp_path / ".a[1]-notes.csv", tmp_path / "b.csv"]
    for file in (old, new, *others):
        file.write_text("half")
        hours_ago = time.time() - (0 if file is new else 7200)
        os.utime(file, (hours_ago, hours_ago))
    whole_file.write(path, b"whole")
    assert sorted(tmp_path.iterdir()) == sorted([path, new, *others])
