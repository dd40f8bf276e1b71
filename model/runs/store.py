"""Runs on disk: one folder per run, written whole or not at all, never unpickled.

A run's id is a hash of what it was made from: the evidence as cut at its as-of date, the scenario,
the code of the fit, the settings and the seed. Same inputs, same id, same numbers.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from model import __version__
from model.runs import stored_evidence, wholeness
from model.runs.arrays import AGAIN
from model.runs.identity import digest
from model.runs.observed import Observed
from model.runs.run import Run
from model.runs.turn import turn
from model.runs.wholeness import MANIFEST, DamagedRun, OlderRun, UnusableRun
from model.scenario import Scenario, home

ARRAYS = ("draws", "paths", "observed", "sampling")
PATHS = frozenset({"raw_path", "flow_mean", "flow_root", "adds"})  # as the fit's `futures` has them
LONGEST_ID = 40
ROOM = 10_000_000  # bytes that must be free; a run takes 4 MB


def folder_of(run_id: str) -> Path:
    """The folder where the run of this id is or would be, below the user's state folder.

    Raises FileNotFoundError for what is no id: it may come from anybody and becomes part of a path.
    """
    if not (run_id.isalnum() and run_id.isascii() and len(run_id) <= LONGEST_ID):
        shown = run_id if len(run_id) <= LONGEST_ID else f"{run_id[:LONGEST_ID]}…"
        raise FileNotFoundError(f"{shown!r} is no run's id, which is letters and digits")
    return home() / "runs" / run_id


def problem() -> str | None:
    """Why no run can be stored now, one line, to be asked before a fit; None where one can."""
    runs = home() / "runs"
    try:
        runs.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=runs) as file:
            file.write(bytes(ROOM))
    except OSError as problem:
        return (
            f"no run can be stored in {runs} ({problem.strerror}); make room or give leave to "
            "write, or point ARAXES_HOME to another folder"
        )
    return None


def save(run: Run) -> Path:
    """Write `run` in one step, so that a reader sees all of it or nothing; returns its folder.

    A run of the same id is replaced. Writers wait for each other. Raises OSError where the state
    folder cannot be written.
    """
    target = folder_of(run.id)
    target.parent.mkdir(parents=True, exist_ok=True)
    with turn("runs"):
        _tidy(target.parent)
        _replace(run, target)
    return target


def _replace(run: Run, target: Path) -> None:
    # beside the target: a rename is one step only within a file system
    temporary = Path(tempfile.mkdtemp(prefix=f".{run.id}-", dir=target.parent))
    try:
        new = temporary / "new"
        new.mkdir()
        _write(run, new)
        if target.exists():  # aside, whole: deleted in place it would be half a run for a while
            target.rename(temporary / "old")
        new.rename(target)
        _flush(target.parent)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _tidy(runs: Path) -> None:
    """Put back what a killed writer had moved aside, and remove what it left; in one's turn."""
    for left in runs.glob(".*-*/"):
        target = runs / left.name[1:].split("-")[0]
        for whole in (left / "new", left / "old"):
            if (whole / MANIFEST).exists() and not target.exists():
                whole.rename(target)
        shutil.rmtree(left, ignore_errors=True)


def _write(run: Run, folder: Path) -> None:
    for name in ARRAYS:
        np.savez(folder / f"{name}.npz", allow_pickle=False, **arrays_of(run, name))
    stored_evidence.write(run.evidence, folder)
    _write_json(folder / "scenario.json", run.scenario.model_dump(mode="json", by_alias=True))
    _write_json(folder / "published.json", run.published)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    hashes = {path.relative_to(folder).as_posix(): digest(path.read_bytes()) for path in files}
    manifest = run.manifest | {"version": __version__, "files": hashes}
    for path in files:
        _flush(path)
    # last, and with the digests of all others: a folder with a manifest is whole
    _write_json(folder / MANIFEST, wholeness.sealed(json.loads(json.dumps(manifest))))
    _flush(folder / MANIFEST)


def _flush(path: Path) -> None:
    """Or after a power cut a name could stand before an empty file."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def arrays_of(run: Run, name: str) -> dict[str, np.ndarray]:
    """Name -> array of what stands in the file `name`.npz of a run; `name`: one of `ARRAYS`."""
    return run.observed.to_arrays() if name == "observed" else getattr(run, name)


def _write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_manifest(run_id: str) -> dict | None:
    """The manifest of a run, or None if no whole run of this id is stored.

    Raises DamagedRun where it is not as it was stored; the other files are not looked at.
    """
    try:
        return wholeness.read_manifest(folder_of(run_id))
    except (FileNotFoundError, NotADirectoryError):
        return None


def load(run_id: str) -> Run:
    """Read a stored run, its arrays read-only.

    Raises FileNotFoundError, naming the folder, where there is none; DamagedRun, naming the file,
    where one is not as it was stored; OlderRun where another version stored it and this one cannot
    read it.
    """
    try:
        return _read(folder_of(run_id))
    except (FileNotFoundError, DamagedRun):
        # what looks like damage may be a writer at work: looked at once more in one's turn
        with _settled():
            return _read(folder_of(run_id))


@contextmanager
def _settled() -> Iterator[None]:
    """While nobody writes; what a killed writer moved aside is put back, where that can be."""
    runs = home() / "runs"
    if not (runs.is_dir() and os.access(runs, os.W_OK)):
        yield
        return
    with turn("runs"):
        _tidy(runs)
        yield


def _read(folder: Path) -> Run:
    try:
        manifest = wholeness.read_manifest(folder)
    except (FileNotFoundError, NotADirectoryError):
        missing = f"no run {folder.name} in {folder.parent}"
        raise FileNotFoundError(f"{missing}; fit one with `python -m model refit`") from None
    wholeness.check_files(folder, manifest)
    for name in (*stored_evidence.FILES, *(f"{name}.npz" for name in ARRAYS)):
        _check_listed(folder, manifest, name)
    try:
        return _made_of(folder, manifest)
    except UnusableRun:
        raise
    except (ValueError, KeyError, TypeError) as problem:  # pydantic's errors are ValueErrors
        by = f"version {manifest['version']}" if "version" in manifest else "an earlier version"
        why = str(problem).splitlines()[0].removesuffix(f"; {AGAIN}")
        raise OlderRun(f"run {folder.name} was stored by {by}: {why}; {AGAIN}") from None


def _made_of(folder: Path, manifest: dict) -> Run:
    scenario = Scenario.model_validate_json((folder / "scenario.json").read_text(encoding="utf-8"))
    evidence = stored_evidence.read(folder, date.fromisoformat(manifest["as_of"]), scenario)
    published = json.loads((folder / "published.json").read_text(encoding="utf-8"))
    arrays = {name: wholeness.read_arrays(folder / f"{name}.npz") for name in ARRAYS}
    if lacking := PATHS - arrays["paths"].keys():
        raise ValueError(f"the paths lack {', '.join(sorted(lacking))}")
    observed = Observed.from_arrays(arrays.pop("observed"))
    return Run(manifest, evidence, observed=observed, published=published, **arrays)


def _check_listed(folder: Path, manifest: dict, name: str) -> None:
    """Raises OlderRun for a file that the run was stored without."""
    # one that lies there unlisted is not the run's
    if name not in manifest.get("files", {}):
        message = f"run {folder.name} has no {name}: an earlier version stored it; {AGAIN}"
        raise OlderRun(message)


COLUMNS = "id as_of made made_from served settings diagnostics".split()


def stored() -> pd.DataFrame:
    """One row per stored run, newest first: id, as_of, made (texts), served, settings (a dict).

    Also made_from (text) and diagnostics (a dict), NaN in a run of a version without them. A run
    whose manifest is damaged is left out.
    """
    rows = []
    # a dot starts the name of a folder that is still being written
    for path in (home() / "runs").glob("[!.]*/manifest.json"):
        with suppress(FileNotFoundError, DamagedRun):
            rows.append(_manifest(path.parent, path.stat().st_mtime_ns))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values("made", ascending=False, ignore_index=True)


# by the file's time, since pages ask at every rerun and there may be hundreds of runs
@lru_cache(maxsize=2000)
def _manifest(folder: Path, _written: int) -> dict:
    return wholeness.read_manifest(folder)


def remove(run_id: str) -> None:
    """Remove a stored run; nothing happens where there is none. Raises OSError."""
    target = folder_of(run_id)
    with turn("runs"):
        if not target.exists():
            return
        # aside first, in one step: deleted in place it would be half a run for a while
        temporary = Path(tempfile.mkdtemp(prefix=f".{run_id}-", dir=target.parent))
        target.rename(temporary / "gone")
        shutil.rmtree(temporary)
