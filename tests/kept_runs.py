"""Runs that tests fit, kept in the user's cache: a run is fitted once a machine, not once a clone.

A run's id covers evidence, code, settings and libraries, so a kept run of that id has the same
numbers; its words and sets are those of the scenario's folder, whose digest is part of the name.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from model.evidence import load_evidence
from model.runs import Settings, identity
from model.scenario import places

NEWEST = 6  # so many stay; a change to the code of the fit makes two


def kept_in() -> Path:
    """ARAXES_TEST_RUNS, or `araxes-tests` in the user's cache folder."""
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(os.environ.get("ARAXES_TEST_RUNS") or Path(cache, "araxes-tests")).expanduser()


def home_with_run(home: Path, as_of: date, settings: Settings) -> Path:
    """The state folder `home` with the run of that day in it, fitted where none is kept."""
    from model.refit import refit

    id = identity.run_id(load_evidence(places.SCENARIO_FOLDER, as_of), settings)

    def fit(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ARAXES_HOME", str(folder))
            refit(places.SCENARIO_FOLDER, as_of, settings)

    copy_kept(f"{id}-{_words(places.SCENARIO_FOLDER)}", fit, home / "runs" / id)
    return home


def _words(folder: Path) -> str:
    """Eight hexadecimal digits that stand for every file of the scenario, sentences and all."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]


def copy_kept(id: str, fit: Callable[[Path], None], target: Path) -> None:
    """Copy the run kept under `id` to `target`; one that is missing or damaged is fitted first.

    `fit` is given an empty state folder to store the run in. Other processes wait meanwhile.
    """
    kept_in().mkdir(parents=True, exist_ok=True)
    with FileLock(_lock(id)):
        if not _is_whole(id):
            _keep(id, fit)
        _seal(id).touch()  # used last
        shutil.copytree(kept_in() / id, target)
    _forget_the_oldest()


def _keep(id: str, fit: Callable[[Path], None]) -> None:
    with tempfile.TemporaryDirectory(prefix=f".{id}-", dir=kept_in()) as home:
        fit(Path(home))
        _remove(id)
        (fitted,) = (Path(home) / "runs").iterdir()
        fitted.rename(kept_in() / id)
    _seal(id).write_text(_digest(id))


def _is_whole(id: str) -> bool:
    return _seal(id).exists() and _seal(id).read_text() == _digest(id)


def _digest(id: str) -> str:
    files = sorted(path for path in (kept_in() / id).rglob("*") if path.is_file())
    told = [f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files]
    return "\n".join(told)


def _seal(id: str) -> Path:
    """Holds the digests of the run's files; written last."""
    return kept_in() / f"{id}.whole"


def _lock(id: str) -> Path:
    return kept_in() / f"{id}.lock"


def _forget_the_oldest() -> None:
    """Remove all but the newest runs, and none that another process is using."""
    newest_first = sorted(kept_in().glob("*.whole"), key=_when_used, reverse=True)
    for seal in newest_first[NEWEST:]:
        try:
            with FileLock(_lock(seal.stem), timeout=0):
                _remove(seal.stem)
        except Timeout:
            continue


def _when_used(seal: Path) -> float:
    return seal.stat().st_mtime if seal.exists() else 0.0


def _remove(id: str) -> None:
    _seal(id).unlink(missing_ok=True)
    shutil.rmtree(kept_in() / id, ignore_errors=True)
