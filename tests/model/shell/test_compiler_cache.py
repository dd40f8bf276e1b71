"""Where the home folder cannot be written, what is compiled goes to the state folder."""

import os

from model.shell import compiler_cache


def test_a_home_that_cannot_be_written_gives_way_to_the_state_folder(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("HOME", str(tmp_path / "file"))
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path / "state"))
    monkeypatch.setenv(compiler_cache.FLAGS, "floatX=float64")
    compiler_cache.settle()
    told = f"floatX=float64,base_compiledir={tmp_path / 'state' / 'compiled'}"
    assert os.environ[compiler_cache.FLAGS] == told
    compiler_cache.settle()  # what is told once is left alone
    assert os.environ[compiler_cache.FLAGS] == told


def test_a_home_of_its_owner_is_used_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv(compiler_cache.FLAGS, raising=False)
    compiler_cache.settle()
    assert compiler_cache.FLAGS not in os.environ
