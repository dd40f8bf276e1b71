"""Runs kept for the tests: fitted once, by one process at a time; damaged ones are fitted again."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests import kept_runs


class Fit:
    """Stands in for a fit: stores a run of one file and counts how often it was made."""

    def __init__(self, id):
        self.id, self.made = id, 0

    def __call__(self, home: Path) -> None:
        self.made += 1
        (home / "runs" / self.id).mkdir(parents=True)
        (home / "runs" / self.id / "draws.npz").write_bytes(b"numbers")


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_TEST_RUNS", str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_a_run_is_fitted_once_and_each_copy_is_the_whole_run(kept, tmp_path):
    fit = Fit("a")
    for copy in ("one", "two"):
        kept_runs.copy_kept("a", fit, tmp_path / copy)
        assert (tmp_path / copy / "draws.npz").read_bytes() == b"numbers"
    assert fit.made == 1


def test_who_asks_meanwhile_waits_for_the_one_that_fits(kept, tmp_path):
    fit = Fit("a")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: kept_runs.copy_kept("a", fit, tmp_path / str(n)), range(4)))
    assert fit.made == 1


@pytest.mark.parametrize("damage", [Path.unlink, lambda file: file.write_bytes(b"numb")])
def test_a_damaged_run_is_fitted_again(kept, tmp_path, damage):
    fit = Fit("a")
    kept_runs.copy_kept("a", fit, tmp_path / "one")
    damage(kept / "a" / "draws.npz")
    kept_runs.copy_kept("a", fit, tmp_path / "two")
    assert fit.made == 2 and (tmp_path / "two" / "draws.npz").read_bytes() == b"numbers"


def test_a_fit_that_fails_keeps_nothing(kept, tmp_path):
    def fails(home):
        Fit("a")(home)
        raise RuntimeError("no draws")

    with pytest.raises(RuntimeError):
        kept_runs.copy_kept("a", fails, tmp_path / "one")
    assert [path.name for path in kept.iterdir() if path.suffix != ".lock"] == []


def test_the_runs_used_last_stay_and_older_ones_go(kept, tmp_path):
    ids = [f"run{place}" for place in range(kept_runs.NEWEST + 1)]
    for place, id in enumerate(ids[:-1]):
        kept_runs.copy_kept(id, Fit(id), tmp_path / id)
        os.utime(kept / f"{id}.whole", (place, place))
    kept_runs.copy_kept(ids[-1], Fit(ids[-1]), tmp_path / ids[-1])
    assert sorted(path.name for path in kept.iterdir() if path.is_dir()) == ids[1:]
    assert len([*kept.glob("*.whole")]) == kept_runs.NEWEST


def test_the_cache_folder_is_the_users(monkeypatch, tmp_path):
    monkeypatch.delenv("ARAXES_TEST_RUNS", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert kept_runs.kept_in() == tmp_path / "araxes-tests"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert kept_runs.kept_in() == Path.home() / ".cache" / "araxes-tests"
