"""Runs on disk: one folder a run, written whole or not at all, never unpickled.

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
    """Where the run of this id is or would be."""
    return home() / "runs" / run_id


def save(run: Run) -> Path:
    """Write `run` to its folder in one step: a reader sees all of it or nothing."""
    target = folder_of(run.id)
    target.parent.mkdir(parents=True, exist_ok=True)
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
        np.savez(folder / f"{name}.npz", **arrays_of(run, name))
    stored_evidence.write(run.evidence, folder)
    _write_json(folder / "scenario.json", run.scenario.model_dump(mode="json", by_alias=True))
    _write_json(folder / "published.json", run.published)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    hashes = {path.relative_to(folder).as_posix(): digest(path.read_bytes()) for path in files}
    _write_json(folder / "manifest.json", run.manifest | {"files": hashes})


def arrays_of(run: Run, name: str) -> dict[str, np.ndarray]:
    """What stands in the file `name`.npz of a run, one of `ARRAYS`."""
    return run.observed.to_arrays() if name == "observed" else getattr(run, name)


def _write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_manifest(run_id: str) -> dict | None:
    """The manifest of a run, or None if no whole run of this id is stored."""
    path = folder_of(run_id) / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def load(run_id: str) -> Run:
    """Read a stored run; raises FileNotFoundError, naming the folder, if there is none."""
    manifest = read_manifest(run_id)
    if manifest is None:
        raise FileNotFoundError(
            f"no run {run_id} in {home() / 'runs'}; fit one with `python -m model refit`"
        )
    folder = folder_of(run_id)
    for name in stored_evidence.FILES:
        _there(folder, name)
    scenario = Scenario.model_validate_json((folder / "scenario.json").read_text(encoding="utf-8"))
    evidence = stored_evidence.read(folder, date.fromisoformat(manifest["as_of"]), scenario)
    published = json.loads((folder / "published.json").read_text(encoding="utf-8"))
    arrays = {name: _arrays(_there(folder, f"{name}.npz")) for name in ARRAYS}
    arrays["observed"] = Observed.from_arrays(arrays["observed"])
    return Run(manifest, evidence, published=published, **arrays)


def _there(folder: Path, name: str) -> Path:
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
        array.flags.writeable = False
    return arrays


def stored() -> pd.DataFrame:
    """All stored runs, newest first: id, as_of, made, served, draws."""
    paths = (home() / "runs").glob("[!.]*/manifest.json")
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    table = pd.DataFrame(rows, columns=["id", "as_of", "made", "served", "settings"])
    return table.sort_values("made", ascending=False, ignore_index=True)
