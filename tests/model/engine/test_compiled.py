"""A kernel's machine code is found by what it comes from, wherever the clone stands."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from model.engine import compiled, kernels
from model.engine.compiled import ByContent

ENGINE = Path(compiled.__file__).parent
SOLVED = """
from model.engine import kernels, joint_probabilities
print(joint_probabilities([[[0.0, -1.0]]], [[[0, 1.0], [0, 0]]], 0.5)[0, 0].tolist())
print(sum(kernels.solve.stats.cache_hits.values()))
"""


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def clone(folder):
    """Another copy of the files that the machine code comes from."""
    folder.mkdir()
    for name in compiled.MADE_FROM:
        shutil.copy(ENGINE / name, folder)
    return str(folder / "kernels.py")


def place(file):
    return ByContent.from_function(kernels.solve.py_func, file)


def test_two_clones_share_machine_code_in_the_users_cache(own_cache, tmp_path):
    here, there = (place(clone(tmp_path / name)) for name in ("here", "there"))
    assert here.get_cache_path() == there.get_cache_path()
    assert here.get_source_stamp() == there.get_source_stamp()
    assert own_cache in Path(here.get_cache_path()).parents


def test_a_process_with_another_home_compiles_nothing_anew(tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    before = compiled.kept_in()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert compiled.kept_in() == before


@pytest.mark.parametrize("name", compiled.MADE_FROM)
def test_any_change_to_what_it_comes_from_is_another_place(own_cache, tmp_path, name):
    before = place(clone(tmp_path / "before"))
    changed = Path(clone(tmp_path / "after"))
    (changed.parent / name).write_text("# changed\n" + (ENGINE / name).read_text())
    after = place(str(changed))
    assert before.get_cache_path() != after.get_cache_path()
    assert before.get_source_stamp() != after.get_source_stamp()


def test_where_the_users_cache_cannot_be_written_it_stays_beside_the_source(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    file = clone(tmp_path / "clone")
    assert place(file).get_cache_path() == str(tmp_path / "clone" / "__pycache__")


def test_all_that_kernels_are_compiled_from_is_in_the_digest():
    """A file of the engine that kernels take code from must be named, or old code would be run."""
    words = [line.split() for line in (ENGINE / "kernels.py").read_text().splitlines()]
    taken = {
        word[1].removeprefix("model.engine.") + ".py"
        for word in words
        if word[:1] == ["from"] and word[1].startswith("model.")
    }
    assert taken - {"compiled.py"} | {"kernels.py"} == set(compiled.MADE_FROM)


@pytest.mark.slow
def test_two_processes_that_compile_at_once_agree_and_a_third_compiles_nothing(tmp_path):
    root = ENGINE.parents[1]
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(root)}
    started = [
        subprocess.Popen([sys.executable, "-c", SOLVED], env=env, text=True, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    first, second = (process.communicate()[0].splitlines() for process in started)
    third = subprocess.run(
        [sys.executable, "-c", SOLVED], env=env, text=True, capture_output=True, check=True
    ).stdout.splitlines()
    assert first[0] == second[0] == third[0]
    assert third[1] == "1"
