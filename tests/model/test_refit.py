"""Refits: nothing learned after the as-of date is used, and the same inputs give the same bits."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from model import refit
from model.check.check import problems
from model.evidence import load_evidence
from model.fit.observations import observations, occurrences
from model.runs import Settings, run_id, store
from model.runs.settings import QUICK
from model.scenario import ROOT, SCENARIO_FOLDER
from model.shell import commands
from tests.docs.architecture import path
from tests.docs.rooms_entered import rooms_entered
from tests.slow_cases import sampled

AS_OF = date(2023, 9, 21)
DAY = pd.Timestamp(AS_OF)
KNOWN = {
    "events": "known_on",
    "reference_cases": "start",
    "reference_rates": "known_on",
    "battle_deaths": "known_on",
    "border_clashes": "known_on",
    "resolutions": "known_on",
    "crowd": "date",
}
READERS = ("first_reader", "second_reader")
NUMBERS = {
    "codings": ("first_coder", "second_coder"),
    "battle_deaths": ("deaths", "unassigned_in_year"),
    "border_clashes": ("in_armenia_proper",),
    "crowd": ("probability",),
}


def cells(folder, table):
    return pd.read_csv(Path(folder) / f"{table}.csv", dtype=str, keep_default_na=False)


def write(folder, table, frame):
    frame.to_csv(folder / f"{table}.csv", index=False, lineterminator="\n")


def later(folder, table):
    """Which rows nobody could know on the as-of date."""
    if table == "codings":
        known = cells(folder, "events").set_index("event")["known_on"]
        return pd.to_datetime(cells(folder, "codings")["event"].map(known)) > DAY
    return pd.to_datetime(cells(folder, table)[KNOWN[table]]) > DAY


def change_later_rows(folder, rng):
    """Delete and change, at random, rows of every table that were known after the as-of date."""
    gone = {table: later(folder, table) for table in (*KNOWN, "codings")}
    for table, rows in gone.items():
        frame = cells(folder, table)
        for column in NUMBERS.get(table, ()):
            frame.loc[rows, column] = rng.integers(0, 2, rows.sum()).astype(str)
        if table == "border_clashes":
            tolls = ["deaths_armenia", "deaths_azerbaijan", "deaths"]
            frame.loc[rows, tolls] = ["30", "5", "35"]
        if table == "resolutions":
            frame.loc[rows, ["status", "date", "known_on"]] = _a_day_later(rng, happened=True)
        elif table != "battle_deaths":  # in which a month that is missing is a fault
            frame = frame[~(rows & (rng.random(len(frame)) < rng.random()))]
        write(folder, table, frame)
    _drop_codings_without_event(folder)
    _drop_sources_without_event(folder)
    _change_later_endings(folder, rng)
    _read_later_endings_anew(folder, rng)
    _change_what_the_years_end_told(folder, rng)


def _a_day_later(rng, happened):
    day = (DAY + pd.Timedelta(days=int(rng.integers(1, 400)))).date().isoformat()
    return ["happened", day, day] if happened else day


def _drop_codings_without_event(folder):
    events, codings = cells(folder, "events"), cells(folder, "codings")
    write(folder, "codings", codings[codings["event"].isin(events["event"])])
    write(folder, "events", events[events["event"].isin(codings["event"])])


def _drop_sources_without_event(folder):
    sources = cells(folder, "sources")
    write(folder, "sources", sources[sources["source"].isin(cells(folder, "events")["source"])])


def _change_later_endings(folder, rng):
    """Cases that were under way on the as-of date end on another later day, or are given up."""
    cases = cells(folder, "reference_cases")
    under_way = (pd.to_datetime(cases["start"]) <= DAY) & (pd.to_datetime(cases["end"]) > DAY)
    assert under_way.any()
    cases.loc[under_way, "event"] = rng.integers(0, 2, under_way.sum()).astype(str)
    cases.loc[under_way, "end"] = [
        _a_day_later(rng, happened=False) for _ in range(under_way.sum())
    ]
    write(folder, "reference_cases", cases)


def _read_later_endings_anew(folder, rng):
    """Each ending after the as-of date is read by two readers; what is gone is read by nobody."""
    cases, readings = cells(folder, "reference_cases"), cells(folder, "case_codings")
    later_end = cases[pd.to_datetime(cases["end"]) > DAY]
    stale = readings["case"].isin(later_end["case"]) & (readings["trait"] == "formal_treaty")
    kept = readings[readings["case"].isin(cases["case"]) & ~stale]
    ended = later_end[(later_end["class"] == "war_end_to_agreement") & (later_end["event"] == "1")]
    anew = pd.DataFrame(
        {"case": ended["case"], "trait": "formal_treaty", "reason": "read", "note": ""}
        | {name: rng.integers(0, 2, len(ended)).astype(str) for name in READERS}
        | {"source": "a page", "source_url": "https://example.org/"}
    )
    write(folder, "case_codings", pd.concat([kept, anew])[readings.columns])


def _change_what_the_years_end_told(folder, rng):
    """Deaths without a month are told at the end of their year."""
    deaths = cells(folder, "battle_deaths")
    deaths.loc[deaths["month"].str[:4] == "2023", "unassigned_in_year"] = str(rng.integers(1, 9))
    write(folder, "battle_deaths", deaths)


def arrays(folder):
    """Everything that a fit and its forecast read of the evidence, and the run's id."""
    evidence = load_evidence(folder, AS_OF)
    return observations(evidence).to_arrays(), occurrences(evidence), run_id(evidence, Settings())


def same_bits(arrays, others):
    return arrays.keys() == others.keys() and all(
        (value.dtype, value.shape, value.tobytes())
        == (others[name].dtype, others[name].shape, others[name].tobytes())
        for name, value in arrays.items()
    )


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(SCENARIO_FOLDER, tmp_path / "scenario"))


@pytest.fixture(scope="module")
def known():
    return arrays(SCENARIO_FOLDER)


@pytest.mark.parametrize("seed", sampled(range(12), 4))
def test_no_random_change_to_later_rows_moves_a_bit(folder, known, seed):
    change_later_rows(folder, np.random.default_rng(seed))
    changed = arrays(folder)
    assert same_bits(known[0], changed[0])
    assert known[1:] == changed[1:]


@pytest.mark.parametrize("table", [*KNOWN, "codings"])
def test_every_table_has_later_rows_to_leak(table):
    rows = later(SCENARIO_FOLDER, table)
    assert rows.any() or table == "reference_rates"


def test_a_change_to_a_row_that_was_known_does_move_the_run(folder, known):
    codings = cells(folder, "codings")
    earlier = ~later(folder, "codings")
    codings.loc[codings.index[earlier][-1], "first_coder"] = "-3"
    write(folder, "codings", codings)
    changed = arrays(folder)
    assert not same_bits(known[0], changed[0])
    assert known[2] != changed[2]


def started(folder, home, *options):
    return subprocess.Popen(
        [sys.executable, "-m", "model", "refit", "--quick", "--json", "--as-of", str(AS_OF)]
        + ["--scenario", str(folder), *options],
        cwd=ROOT,
        env=os.environ | {"ARAXES_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process, home):
    """The manifest a refit printed and all arrays and the forecast that it stored."""
    out, err = process.communicate(timeout=400)
    assert "Traceback" not in err
    manifest = json.loads(out)
    assert process.returncode == (0 if manifest["served"] else 3), err
    stored = home / "runs" / manifest["id"]
    numbers = {}
    for group in ("draws", "paths", "observed"):
        with np.load(stored / f"{group}.npz") as file:
            numbers |= {f"{group}/{name}": file[name] for name in file.files}
    return manifest, numbers, (stored / "published.json").read_text(encoding="utf-8")


@pytest.mark.slow
def test_two_processes_one_of_which_knows_the_future_make_the_same_run(fitted, folder, tmp_path):
    """The one full refit of the leak test."""
    change_later_rows(folder, np.random.default_rng(99))
    assert problems(folder) == []
    homes = tmp_path / "one", tmp_path / "other"
    processes = [started(f, h) for f, h in zip((SCENARIO_FOLDER, folder), homes, strict=True)]
    (manifest, numbers, text), (other, others, other_text) = (
        finished(process, home) for process, home in zip(processes, homes, strict=True)
    )
    assert manifest["id"] == other["id"] != fitted.id
    assert manifest["settings"] == {"draws": QUICK.draws, "tune": QUICK.tune, "chains": 4} | {
        "seed": QUICK.seed
    }
    assert same_bits(numbers, others)
    assert text == other_text
    assert manifest["diagnostics"] == other["diagnostics"]


def test_a_folder_with_faults_is_not_fitted_and_the_first_is_named(folder, monkeypatch, tmp_path):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path / "home"))
    codings = cells(folder, "codings")
    write(folder, "codings", codings.assign(first_coder="9"))
    with pytest.raises(refit.RefitError) as problem:
        refit.refit(folder)
    line = str(problem.value)
    assert line.startswith("codings.csv:2:first_coder") and "\n" not in line
    assert f"({len(codings)} cells of this column)" in line  # one cause, told once
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("as_of", [date(2020, 12, 31), date(2030, 1, 1)])
def test_a_day_outside_the_evidence_is_not_fitted(as_of):
    with pytest.raises(refit.RefitError, match="choose a day from 2021-01-01 to"):
        refit.refit(SCENARIO_FOLDER, as_of)


@pytest.mark.slow
def test_progress_goes_from_the_evidence_to_a_stored_run(few):
    phases = list(dict.fromkeys(phase for phase, _, _ in few.reports))
    assert phases == ["evidence", "compile", "sample", "forecast", "done"]
    assert all(0 <= share <= 1 for _, share, _ in few.reports)
    assert few.reports[-1] == ("done", 1.0, f"Run {few.run.id} is stored")


@pytest.mark.slow
def test_a_row_of_evidence_comes_to_a_draw_as_the_map_says(few, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    settings = Settings(**few.run.manifest["settings"])
    with rooms_entered() as rooms:
        commands.fit(SCENARIO_FOLDER, None, settings, False, None)
    assert rooms == path("A row of evidence")


@pytest.mark.slow
def test_a_refit_of_the_same_evidence_is_the_same_run_to_the_bit(few, refitted):
    again = refitted().run
    assert again.id == few.run.id and again.published == few.run.published
    for group in store.ARRAYS:
        assert same_bits(store.arrays_of(again, group), store.arrays_of(few.run, group))
