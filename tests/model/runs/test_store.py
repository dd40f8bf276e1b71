"""Runs on disk: whole or not at all, read-only, never unpickled, kept but not served on failure."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from model.assumptions import AddedEvent, Assumptions, LeftOut
from model.beliefs.believed import believed
from model.evidence import load_evidence
from model.evidence.evidence import TABLES
from model.forecast import open_run
from model.runs import Settings, gate, identity, store
from model.runs.wholeness import OlderRun, sealed
from model.scenario import places
from tests.model import real_evidence

EVIDENCE = real_evidence.evidence()
OTHERWISE = Assumptions(
    left_out=(LeftOut(country="Iran"), LeftOut(case="UCDP-418-1946")),
    events=(AddedEvent(what="x", date="2023-09-01", driver="turkish_backing", strength=1),),
)


def same(run, other):
    return all(
        store.arrays_of(run, file).keys() == store.arrays_of(other, file).keys()
        and all(
            np.array_equal(value, store.arrays_of(other, file)[name])
            and value.dtype == store.arrays_of(other, file)[name].dtype
            for name, value in store.arrays_of(run, file).items()
        )
        for file in store.ARRAYS
    )


def test_a_run_comes_back_as_it_was_saved(home, small):
    store.save(small)
    loaded = store.load(small.id)
    assert same(loaded, small)
    assert (loaded.scenario, loaded.published) == (small.scenario, small.published)
    assert loaded.as_of == date(2023, 9, 21)


@pytest.mark.parametrize("changes", [Assumptions(), OTHERWISE], ids=["as known", "otherwise"])
def test_the_evidence_comes_back_as_it_was_fitted(home, small, changes):
    evidence = believed(EVIDENCE, changes)
    store.save(replace(small, evidence=evidence))
    loaded = store.load(small.id).evidence
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(loaded, name), getattr(evidence, name), obj=name)
    assert (loaded.as_of, loaded.scenario, loaded.sets) == (
        evidence.as_of,
        evidence.scenario,
        evidence.sets,
    )
    assert len(loaded.sets) > 2
    assert identity.run_id(loaded, Settings()) == identity.run_id(evidence, Settings())


def test_a_loaded_runs_evidence_makes_the_runs_id(fitted):
    assert identity.run_id(fitted.evidence, Settings(**fitted.manifest["settings"])) == fitted.id


def test_the_manifest_holds_the_hash_of_every_other_file(home, small):
    folder = store.save(small)
    hashes = store.read_manifest(small.id)["files"]
    files = {str(path.relative_to(folder)) for path in folder.rglob("*.*")}
    assert {"draws.npz", "evidence/events.parquet", "evidence/sets.json"} <= set(hashes)
    assert set(hashes) == files - {"manifest.json"}
    for name, digest in hashes.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_loaded_arrays_cannot_be_changed(fitted):
    for file in store.ARRAYS:
        for array in store.arrays_of(fitted, file).values():
            with pytest.raises(ValueError, match="read-only"):
                array[...] = 0


def test_a_run_that_is_not_there_is_answered_with_the_way_to_make_one(home):
    assert store.read_manifest("0" * 12) is None
    with pytest.raises(FileNotFoundError, match="python -m model refit"):
        store.load("0" * 12)
    assert store.stored().empty


def test_in_a_file_that_lies_in_the_place_of_the_state_folder_there_is_no_run(
    tmp_path, monkeypatch
):
    (tmp_path / "home").write_text("")
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path / "home"))
    assert store.read_manifest("0" * 12) is None and store.stored().empty
    with pytest.raises(FileNotFoundError, match="^no run 0{12} in .*; fit one with"):
        store.load("0" * 12)


@pytest.mark.parametrize("name", ["sampling.npz", "evidence/sources.parquet", "evidence/sets.json"])
def test_a_run_of_an_earlier_version_is_answered_with_the_way_to_fit_it_again(home, small, name):
    folder = store.save(small)
    manifest = store.read_manifest(small.id)
    files = {file: hash for file, hash in manifest["files"].items() if file != name}
    (folder / name).unlink()
    (folder / "manifest.json").write_text(json.dumps(sealed(manifest | {"files": files})))
    with pytest.raises(OlderRun, match=f"no {name}: .*python -m model refit"):
        store.load(small.id)


CRASHES = """
import os, sys
from model.runs import store
run = store.load(sys.argv[1])
os.environ["ARAXES_HOME"] = sys.argv[2]
changes = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree"}

def save_and_die_at(step):
    left = [step]
    def watch(event, arguments):
        if event in changes or event == "open" and "w" in str(arguments[1]):
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)
    sys.addaudithook(watch)
    store.save(run)
    os._exit(0)

# first
for step in range(200):
    child = os.fork()
    if child == 0:
        save_and_die_at(step)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        loaded = store.load(run.id)
        whole = all((store.arrays_of(loaded, file)[name] == value).all()
                    for file in store.ARRAYS
                    for name, value in store.arrays_of(run, file).items())
        state = "whole" if whole and len(loaded.published) else "broken"
    except FileNotFoundError as error:
        state = "nothing" if "no run" in str(error) else "broken"
    except Exception:
        state = "broken"
    print(step, code, state, len(store.stored()))
    if code == 0:
        break
"""


def after_crashes(run, tmp_path, monkeypatch, first=""):
    """(step, exit code, what load sees, stored runs) for a kill at every change to the disk."""
    source, target = tmp_path / "source", tmp_path / "target"
    monkeypatch.setenv("ARAXES_HOME", str(source))
    store.save(run)
    done = subprocess.run(
        [sys.executable, "-c", CRASHES.replace("# first", first), run.id, str(target)],
        cwd=places.ROOT,
        env=os.environ | {"ARAXES_HOME": str(source)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.splitlines()]


def broken(steps):
    return [step for step in steps if step[2] not in ("whole", "nothing")]


@pytest.mark.slow
def test_a_save_killed_at_any_step_leaves_the_whole_run_or_nothing(small, tmp_path, monkeypatch):
    steps = after_crashes(small, tmp_path, monkeypatch)
    assert len(steps) > 8 and {step[1] for step in steps[:-1]} == {"9"}
    assert broken(steps) == []
    assert steps[-1][1:] == ["0", "whole", "1"]


@pytest.mark.slow
def test_a_killed_overwrite_never_leaves_half_a_run(small, tmp_path, monkeypatch):
    steps = after_crashes(small, tmp_path, monkeypatch, first="store.save(run)")
    assert broken(steps) == []
    assert sum(step[2] == "nothing" for step in steps) <= 2
    assert steps[-1][1:] == ["0", "whole", "1"]


def test_leftovers_of_a_crash_are_no_runs(home, small):
    store.save(small)
    (home / "runs" / f".{small.id}-left").mkdir()
    assert store.stored()["id"].tolist() == [small.id]


def changed(**tables):
    return identity.run_id(replace(EVIDENCE, **tables), Settings())


def test_the_id_stands_for_all_that_a_run_is_made_from():
    base = identity.run_id(EVIDENCE, Settings())
    assert base == identity.run_id(
        load_evidence(places.SCENARIO_FOLDER, real_evidence.AS_OF), Settings()
    )
    codings, cases, deaths = EVIDENCE.codings, EVIDENCE.cases, EVIDENCE.deaths
    first = codings["first_coder"].where(codings.index != 5, 3.0 - codings["first_coder"])
    others = [
        identity.run_id(EVIDENCE, Settings(seed=1)),
        identity.run_id(EVIDENCE, Settings(draws=999)),
        changed(as_of=date(2023, 9, 22)),
        changed(codings=codings.assign(first_coder=first)),
        changed(cases=cases.drop(index=3)),
        changed(deaths=deaths.assign(deaths=deaths["deaths"] + 1)),
        changed(scenario=EVIDENCE.scenario.model_copy(update={"horizon_months": 35})),
    ]
    assert len({base, *others}) == len(others) + 1


def test_a_readers_note_is_not_part_of_the_id():
    events = EVIDENCE.events.assign(what_happened="in other words")
    assert changed(events=events) == identity.run_id(EVIDENCE, Settings())


GOOD = {
    "rhat": 1.01,
    "ess_bulk_by_outcome": {"a": 400.0, "b": 900.0},
    "ess_tail_by_outcome": {"a": 400.0, "b": 900.0},
    "divergences": 0,
}


def test_the_gate_lets_its_own_limits_pass():
    assert gate.failures(GOOD) == []


@pytest.mark.parametrize(
    "fault, sentence",
    [
        ({"rhat": 1.0101}, "R-hat is 1.010"),
        ({"rhat": float("nan")}, "R-hat"),
        ({"ess_bulk_by_outcome": {"a": 399.9, "b": 900.0}}, "bulk ESS of a"),
        ({"ess_tail_by_outcome": {"a": 400.0, "b": 12.0}}, "tail ESS of b is 12, below 400"),
        ({"ess_tail_by_outcome": {"a": float("nan"), "b": 500.0}}, "tail ESS of a"),
        ({"divergences": 1}, "1 divergent"),
    ],
)
def test_the_gate_names_what_holds_a_run_back(fault, sentence):
    (reason,) = gate.failures(GOOD | fault)
    assert sentence in reason


@pytest.mark.slow  # compiles and fits
def test_a_run_that_fails_the_gate_is_kept_and_says_why(few, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(few.home))
    run = few.run  # a hundred draws, which hold at most 200 effective ones
    assert run.manifest["served"] is False
    assert any("ESS" in reason for reason in run.manifest["diagnostics"]["failures"])
    assert store.load(run.id).manifest["served"] is False
    assert store.stored()["served"].tolist() == [False]


def test_a_run_that_failed_the_gate_is_not_served(home, fitted):
    assert open_run(places.SCENARIO_FOLDER) is None
    store.save(replace(fitted, manifest=fitted.manifest | {"served": False}))
    assert open_run(places.SCENARIO_FOLDER) is None
    store.save(fitted)
    assert open_run(places.SCENARIO_FOLDER).id == fitted.id
