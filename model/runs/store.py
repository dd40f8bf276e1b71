"""Runs on disk: one folder per run, written whole or not at all, never unpickled.

A run's id is a hash of what it was made from: the evidence as cut at its as-of date, the scenario,
the code of the fit, the settings and the seed. Same inputs, same id, same numbers.
"""

import json
import shutil
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from model.runs import stored_evidence
from model.runs.identity import digest
from model.runs.observed import Observed
from model.runs.run import Run
from model.scenario import Scenario, home

ARRAYS = ("draws", "paths", "observed", "sampling")


def folder_of(run_id: str) -> Path:
    """The folder where the run of this id is or would be, below the user's state folder."""
    return home() / "runs" / run_id


def save(run: Run) -> Path:
    """Write `run` in one step, so that a reader sees all of it or nothing; returns its folder.

    A run of the same id is replaced. Raises OSError where the state folder cannot be written.
    """
    target = folder_of(run.id)
    target.parent.mkdir(parents=True, exist_ok=True)
    # beside the target: a rename is one step only within a file system
    temporary = Path(tempfile.mkdtemp(prefix=f".{run.id}-", dir=target.parent))
    try:
        new = temporary / "new"
        new.mkdir()
        _write(run, new)
        if target.exists():  # aside, whole: deleted in place it would be half a run for a while
            target.rename(temporary / "old")
        new.rename(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return target


def _write(run: Run, folder: Path) -> None:
    for name in ARRAYS:
        np.savez(folder / f"{name}.npz", allow_pickle=False, **arrays_of(run, name))
    stored_evidence.write(run.evidence, folder)
    _write_json(folder / "scenario.json", run.scenario.model_dump(mode="json", by_alias=True))
    _write_json(folder / "published.json", run.published)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    hashes = {path.relative_to(folder).as_posix(): digest(path.read_bytes()) for path in files}
    # last, and with the digests of all others: a folder with a manifest is whole
    _write_json(folder / "manifest.json", run.manifest | {"files": hashes})


def arrays_of(run: Run, name: str) -> dict[str, np.ndarray]:
    """Name -> array of what stands in the file `name`.npz of a run; `name`: one of `ARRAYS`."""
    return run.observed.to_arrays() if name == "observed" else getattr(run, name)


def _write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_manifest(run_id: str) -> dict | None:
    """The manifest of a run, or None if no whole run of this id is stored."""
    path = folder_of(run_id) / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def load(run_id: str) -> Run:
    """Read a stored run, its arrays read-only.

    Raises FileNotFoundError, naming the folder, where there is none, or the file that it lacks;
    ValueError, naming the array, where the observed arrays are not as this version declares them.
    """
    manifest = read_manifest(run_id)
    if manifest is None:
        raise FileNotFoundError(
            f"no run {run_id} in {home() / 'runs'}; fit one with `python -m model refit`"
        )
    folder = folder_of(run_id)
    for name in stored_evidence.FILES:
        _existing(folder, name)
    scenario = Scenario.model_validate_json((folder / "scenario.json").read_text(encoding="utf-8"))
    evidence = stored_evidence.read(folder, date.fromisoformat(manifest["as_of"]), scenario)
    published = json.loads((folder / "published.json").read_text(encoding="utf-8"))
    arrays = {name: _arrays(_existing(folder, f"{name}.npz")) for name in ARRAYS}
    observed = Observed.from_arrays(arrays.pop("observed"))
    return Run(manifest, evidence, observed=observed, published=published, **arrays)


def _existing(folder: Path, name: str) -> Path:
    """The path of a run's file; raises FileNotFoundError, one line, where it is missing."""
    path = folder / name
    if not path.exists():
        raise FileNotFoundError(
            f"run {folder.name} has no {name}: an earlier version stored it; "
            "fit it again with `python -m model refit`"
        )
    return path


def _arrays(path: Path) -> dict[str, np.ndarray]:
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    for array in arrays.values():
        array.flags.writeable = False  # one loaded run is shared by all who ask
    return arrays


def stored() -> pd.DataFrame:
    """One row per stored run, newest first: id, as_of, made (texts), served, settings (a dict)."""
    # a dot starts the name of a folder that is still being written
    paths = (home() / "runs").glob("[!.]*/manifest.json")
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    table = pd.DataFrame(rows, columns=["id", "as_of", "made", "served", "settings"])
    return table.sort_values("made", ascending=False, ignore_index=True)
