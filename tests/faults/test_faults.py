"""`make fuzz` and `make chaos` on a few cases: no fault, and a fault would be seen."""

import random
import shutil

import pytest

from model.runs import store
from tests.faults import chaos, fuzz, importing, mutations, publishing, survived


def test_no_input_of_a_few_is_worse_than_refused(fitted, fitted_home, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    counts = fuzz.fuzz(60, 7, tmp_path, fitted)
    assert {kind: count.faults for kind, count in counts.items()} == {k: [] for k in fuzz.SHARES}
    assert sum(count.tried for count in counts.values()) == 60
    assert counts["sets"].outcomes["refused"] > 0


def test_what_a_reader_may_not_raise_is_counted_as_a_fault():
    def broken(chance):
        raise KeyError("outcome")

    count = fuzz._counted(broken, range(3))
    assert count.outcomes == {"fault": 3} and count.faults[0] == "seed 0: KeyError: 'outcome'"


@pytest.mark.parametrize("seed", range(20))
def test_a_mutation_changes_what_it_is_given(seed):
    chance, content = random.Random(seed), 'name = "a"\n[[driver]]\nid = "b"\nlevel = 1\n'
    changed = [mutations.text(content, chance) for _ in range(5)]
    assert any(text != content for text in changed)


def test_a_store_that_is_killed_is_survived(fitted, fitted_home, tmp_path, monkeypatch):
    home = tmp_path / "home"
    shutil.copytree(fitted_home / "runs" / fitted.id, home / "runs" / fitted.id)
    monkeypatch.setenv("ARAXES_HOME", str(home))
    command = [chaos.sys.executable, "-c", chaos.STORES, fitted.id]
    survived.killed(command, 0.05)
    assert chaos._stored(fitted) == ""
    (store.folder_of(fitted.id) / "draws.npz").write_bytes(b"")
    count = survived.Survived()
    survived.judge(count, lambda: chaos._stored(fitted))
    assert count.survived == 0 and "draws.npz" in count.faults[0]


@pytest.mark.slow  # some processes
def test_refits_that_are_killed_while_they_publish_leave_the_served_run(
    fitted, fitted_home, tmp_path, monkeypatch
):
    home = tmp_path / "home"
    shutil.copytree(fitted_home / "runs" / fitted.id, home / "runs" / fitted.id)
    monkeypatch.setenv("ARAXES_HOME", str(home))
    counts = publishing.kills(1, random.Random(3), home)
    assert {kind: count.faults for kind, count in counts.items()} == {kind: [] for kind in counts}
    assert counts["publish"].tried == counts["two at once"].tried == 1


def test_a_served_run_that_is_gone_is_a_fault(fitted, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    assert "no run is served" in publishing.wrong(fitted)
    store.save(fitted)
    assert publishing.wrong(fitted) == ""


@pytest.mark.slow  # some processes
def test_imports_that_are_killed_leave_the_tables_of_one_import(tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path / "home"))
    counts = importing.kills(2, random.Random(5), tmp_path)
    assert {kind: count.faults for kind, count in counts.items()} == {kind: [] for kind in counts}
    (tmp_path / "tables" / "events.csv").write_bytes(b"of another")
    assert importing.wrong(tmp_path / "tables") == "tables of two imports stand side by side"
