"""The shell, as its users start it: real processes, their output and their exit codes."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from model.forecast.surprise import one_in
from model.refit import RefitError
from model.runs import Settings, store
from model.scenario import load_scenario, places
from model.shell import checked, commands
from tests.model.check.broken_folder import FOLDER, set_cell
from tests.slow_cases import sampled

OUTCOMES = load_scenario(FOLDER).outcome_ids


def shell(*arguments, home, command=("-m", "model"), **environment):
    """Exit code, output and errors of one command, away from any terminal."""
    done = subprocess.run(
        [sys.executable, *command, *arguments],
        cwd=places.ROOT,
        env=os.environ | {"ARAXES_HOME": str(home), "COLUMNS": "200"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=400,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "scenario"))


def test_check_finds_nothing_wrong_with_the_data(tmp_path):
    code, out, err = shell("check", home=tmp_path)
    assert (code, err) == (0, "")
    assert "all is well" in out and out.count("\n") == 1


def test_check_prints_one_line_a_problem_and_exits_with_one(folder, tmp_path):
    set_cell(folder, "codings", 4, "first_coder", "9")
    set_cell(folder, "codings", 2, "driver", "russian_comitment")
    code, out, _ = shell("check", "--scenario", str(folder), home=tmp_path)
    lines = out.splitlines()
    assert code == 1 and len(lines) == 2
    assert lines[0].startswith("codings.csv:2:driver: ") and "'russian_commitment'" in lines[0]
    assert lines[1].startswith("codings.csv:4:first_coder: ")


def test_forecast_prints_every_outcome_with_its_chance(fitted, fitted_home):
    code, out, err = shell("forecast", home=fitted_home)
    assert (code, err) == (0, "")
    assert fitted.id in out and "2023-12-31" in out
    for outcome, row in zip(fitted.scenario.outcomes, fitted.published["outcomes"], strict=True):
        (line,) = [line for line in out.splitlines() if outcome.title in line]
        assert f"{row['probability']:.1%}" in line


def test_forecast_json_is_the_published_forecast_and_its_phrases(fitted, fitted_home):
    code, out, _ = shell("forecast", "--json", home=fitted_home)
    printed = json.loads(out)
    phrases = [row.pop("phrase") for row in printed["outcomes"]]
    assert code == 0 and printed == fitted.published
    assert len(phrases) == 6 and all("%" in phrase for phrase in phrases)


def test_forecast_csv_has_a_row_an_outcome(fitted, fitted_home):
    code, out, _ = shell("forecast", "--csv", "--deadline", "2024-12-31", home=fitted_home)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0 and [row["outcome"] for row in rows] == list(OUTCOMES)
    assert {row["deadline"] for row in rows} == {"2024-12-31"}
    later = [float(row["probability"]) for row in rows]
    published = [row["probability"] for row in fitted.published["outcomes"]]
    assert all(0 < sooner < p < 1 for sooner, p in zip(published, later, strict=True))


def test_a_stored_run_can_be_asked_for_by_its_id(fitted, fitted_home):
    code, out, _ = shell("forecast", "--run", fitted.id, "--json", home=fitted_home)
    assert code == 0 and json.loads(out)["run"] == fitted.id


def test_a_run_of_another_scenario_is_refused(folder, fitted, fitted_home, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    file = folder / "scenario.toml"
    told = file.read_text(encoding="utf-8")
    file.write_text(told.replace(f'id = "{fitted.scenario.id}"', 'id = "elsewhere"'), "utf-8")
    with pytest.raises(RefitError, match="elsewhere; name the run's own folder with --scenario$"):
        commands.open_or_fit(folder, None, fitted.id)
    file.write_text("[", "utf-8")  # what became of the folder is no fault of the run
    assert commands.open_or_fit(folder, None, fitted.id).id == fitted.id


def test_forecast_does_not_load_the_sampler_once_a_run_exists(fitted_home, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    checked.insist(FOLDER)  # which is asked once
    code = """
import sys
from model.__main__ import app
slow = {"pymc", "nutpie", "pytensor", "streamlit", "pandera"}
try:
    app(["forecast", "--csv"])
except SystemExit as end:
    print(end.code, sorted(slow & set(sys.modules)))
"""
    _, out, _ = shell(home=fitted_home, command=("-c", code))
    assert out.splitlines()[-1] == "0 []"


REFUSED = {
    "a day before the first": (["forecast", "--as-of", "2020-12-31"], "choose a day from"),
    "a day after the last": (["forecast", "--as-of", "2030-01-01"], "choose a day from"),
    "an unknown run": (["forecast", "--run", "0123456789ab"], "no run 0123456789ab"),
    "a deadline past": (["forecast", "--deadline", "1999-01-01"], "choose a day after 2023-09-21"),
    "a deadline too far": (["forecast", "--deadline", "2040-01-01"], "choose a day after 2023"),
    "no run's id": (["forecast", "--run", "../runs/0123456789ab"], "is no run's id"),
    "a fast path of a day before": (["check-fast-path", "--as-of", "1999-01-01"], "choose a day"),
}


@pytest.mark.parametrize("case", sampled(REFUSED, 3))
def test_what_cannot_be_done_gets_one_line_and_exit_code_one(case, fitted_home):
    arguments, reason = REFUSED[case]
    code, out, err = shell(*arguments, home=fitted_home)
    assert (code, out) == (1, "")
    (line,) = err.splitlines()
    assert line.startswith("error: ") and reason in line


BAD_DATA = {
    "a day before the first": (["--as-of", "2020-12-31"], "choose a day from"),
    "no folder": (["--scenario", "/nowhere"], "there is no such folder"),
}


@pytest.mark.parametrize("arguments, reason", BAD_DATA.values(), ids=BAD_DATA)
def test_a_refit_of_what_is_no_evidence_gets_one_line_and_exit_code_two(
    arguments, reason, tmp_path
):
    code, out, err = shell("refit", *arguments, home=tmp_path)
    assert (code, out) == (2, "")
    (line,) = err.splitlines()
    assert line.startswith("error: ") and reason in line


def test_a_table_damaged_since_is_not_answered_with_the_run_of_before(
    folder, fitted_home, monkeypatch
):
    table = folder / "battle_deaths.csv"
    # three empty rows change no number, and yet it is not the table that was fitted
    table.write_text(table.read_text(encoding="utf-8") + ",,,,\n" * 3, encoding="utf-8")
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    with pytest.raises(RefitError, match="^battle_deaths.csv:"):
        commands.fit(folder, None, Settings(), if_needed=True, progress_file=None)


def test_a_table_that_is_no_text_gets_one_line(folder, fitted_home, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    (folder / "events.csv").write_bytes(b"\xff\xfe\x00bad")
    with pytest.raises(RefitError, match="^events.csv:") as problem:
        commands.open_or_fit(folder, None, None)
    assert "codec" not in str(problem.value)


MISSPELT = {
    "no day": (["forecast", "--as-of", "soon"], "'soon' is no day; write it as 2023-09-21"),
    "an option": (["forecast", "--jsn"], "No such option: --jsn"),
    "a command": (["forcast"], "Did you mean 'forecast'?"),
    "too few draws": (["refit", "--draws", "5"], "--draws"),
    "no seed": (["refit", "--seed", "-1"], "--seed"),
    "a file for results": (["sbc", "--fits", "2", "--out", __file__], "is a file"),
}


@pytest.mark.parametrize("arguments, reason", MISSPELT.values(), ids=MISSPELT)
def test_a_misspelling_is_named_in_one_line_and_exits_with_two(arguments, reason, tmp_path):
    code, out, err = shell(*arguments, home=tmp_path)
    assert (code, out) == (2, "")
    assert len([line for line in err.splitlines() if reason in line]) == 1


@pytest.fixture(scope="module")
def failed(fitted, tmp_path_factory):
    """A refit of too few draws for the gate: exit code, manifest, errors, progress, its home."""
    home = tmp_path_factory.mktemp("failed")
    options = ("--quick", "--draws", "100", "--seed", "7", "--json")
    code, out, err = shell("refit", *options, "--progress-file", str(home / "p.json"), home=home)
    return code, json.loads(out), err, json.loads((home / "p.json").read_text()), home


@pytest.mark.slow  # a whole fit; below, what is held back is not served
def test_a_refit_that_fails_the_gate_exits_with_three_and_says_why(failed):
    code, manifest, err, progress, _ = failed
    assert code == 3 and manifest["served"] is False
    assert manifest["settings"] == {"draws": 100, "tune": 250, "chains": 4, "seed": 7}
    reasons = manifest["diagnostics"]["failures"]
    assert reasons and err.splitlines() == [f"not served: {reason}" for reason in reasons]
    assert (progress["phase"], progress["share"]) == ("done", 1.0)


@pytest.mark.slow
def test_a_run_that_failed_the_gate_is_kept_but_not_served_even_by_name(failed):
    _, manifest, _, _, home = failed
    assert (home / "runs" / manifest["id"] / "draws.npz").exists()
    code, out, err = shell("forecast", "--run", manifest["id"], home=home)
    assert (code, out) == (1, "")
    (line,) = err.splitlines()
    assert "failed the gate and is not served" in line


def test_a_refit_if_needed_does_nothing_where_a_run_is_served(fitted, fitted_home):
    code, out, _ = shell("refit", "--if-needed", "--json", home=fitted_home)
    assert code == 0 and json.loads(out) == fitted.manifest


def test_a_run_held_back_is_no_longer_what_forecast_answers_with(fitted, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    store.save(replace(fitted, manifest=fitted.manifest | {"served": False}))
    code, out, err = shell("forecast", "--run", fitted.id, home=tmp_path)
    assert (code, out) == (1, "") and "not served" in err


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_terminal_that_lacks_a_character_gets_its_number(encoding, fitted_home, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('name = "−1 Ղարաբաղ"\n[[driver]]\nid = "turkish_backing"\nlevel = 1\n')
    options = {"home": fitted_home, "PYTHONIOENCODING": encoding}
    code, out, _ = shell("forecast", "--assume", str(file), **options)
    assert code == 0 and "\\u0542" in out


@pytest.mark.slow
def test_where_no_run_can_be_kept_that_is_said_before_the_fit(tmp_path):
    (tmp_path / "file").write_text("")
    code, out, err = shell("refit", "--json", home=tmp_path / "file")
    assert (code, out) == (1, "")
    (line,) = err.splitlines()
    assert line.startswith("error: no run can be stored in") and "ARAXES_HOME" in line


@pytest.mark.parametrize(
    "chance, bound, text",
    [
        (1.0, False, "1 in 1"),
        (0.5, False, "1 in 2"),
        (1 / 73.9, False, "1 in 74"),
        (1 / 4001, True, "at most 1 in 4,000"),
        (1e-10, False, "under 1 in a billion"),
    ],
)
def test_a_chance_is_said_to_two_digits_and_a_bound_as_one(chance, bound, text):
    assert one_in(chance, bound) == text
