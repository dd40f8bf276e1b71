"""refit --publish, runs, diff, watch: exit codes, the log, what is printed."""

import json

import pytest
from typer.testing import CliRunner

from model.__main__ import app
from model.changes import run_log
from model.runs import publication, store
from model.shell.nightly import codes


@pytest.fixture
def home(fitted, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    store.save(fitted)
    return tmp_path


def shell(*arguments):
    return CliRunner().invoke(app, [*map(str, arguments)])


def test_a_log_in_json_has_a_line_a_step_and_ends_with_the_code(home, fitted):
    done = shell("refit", "--publish", "--log", "json", "--as-of", "2023-09-21")
    assert done.exit_code == codes.DONE and fitted.id in done.stdout
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    steps = [line["step"] for line in lines]
    assert list(dict.fromkeys(steps)) == ["check", "fit", "gate", "compare", "publish", "end"]
    assert (lines[-1]["code"], lines[-1]["run"]) == (0, fitted.id)
    assert lines[-1]["message"].startswith("published: nothing was published before it")
    assert list(run_log.attempts()["code"]) == [0]


def test_runs_are_listed_and_pruned(home, fitted):
    publication.publish(fitted.as_of, fitted.id)
    (row,) = json.loads(shell("runs", "--json").stdout)
    assert (row["run"], row["state"]) == (fitted.id, "published")
    assert fitted.id in shell("runs").stdout
    assert shell("runs", "prune", "--keep", 0).stdout == "0 of 1 runs removed\n"
    assert shell("runs", "--attempts").stdout == "no refit is logged yet\n"


MISUSED = {
    "a run under beliefs": (["refit", "--publish", "--assume", "x.toml"], "is not published"),
    "a form of log": (["refit", "--publish", "--log", "xml"], "--log 'xml' is no form"),
    "a watch of no folder": (["refit", "--watch", "/nowhere"], "there is no such folder"),
    "a diff of no run": (["diff", "0123456789ab", "2023-09-21"], "no run 0123456789ab"),
    "a watch of one day": (["watch"], "no run of a day before 2023-09-21"),
    "a watch since a day": (["watch", "--since", "2021-06-01"], "no run of 2021-06-01 is served"),
}


@pytest.mark.parametrize("arguments, reason", MISUSED.values(), ids=MISUSED)
def test_what_cannot_be_done_gets_one_line(arguments, reason, home):
    done = shell(*arguments)
    assert done.exit_code == codes.ERROR
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: ") and reason in line


def test_a_refit_that_is_not_published_is_told_to_those_who_asked(home, monkeypatch, tmp_path):
    monkeypatch.setenv("ARAXES_ALERT_MAIL", f"tee {tmp_path / 'mail'}")
    done = shell("refit", "--publish", "--scenario", "/nowhere")
    assert done.exit_code == codes.BAD_DATA and "there is no such folder" in done.stderr
    told = (tmp_path / "mail").read_text()
    assert told.startswith("Araxes: a refit was not published. error: ")
    assert list(run_log.attempts()["code"]) == [codes.BAD_DATA]


@pytest.mark.parametrize("threshold, code", [(0, codes.MOVED), (100, codes.DONE)])
def test_a_watch_ends_with_five_if_anything_moved_further(
    home, earlier, monkeypatch, tmp_path, threshold, code
):
    store.save(earlier)
    publication.publish(earlier.as_of, earlier.id)
    monkeypatch.setenv("ARAXES_ALERT_MAIL", f"tee {tmp_path / 'mail'}")
    done = shell("watch", "--threshold", threshold)
    assert done.exit_code == code
    assert f"run {earlier.id}" in done.stdout.splitlines()[0]
    told = tmp_path / "mail"
    assert told.exists() == (code == codes.MOVED)
    assert not told.exists() or told.read_text() == done.stdout.rstrip("\n")


def test_a_diff_that_cannot_keep_a_run_says_so_in_a_line(home, fitted, monkeypatch):
    monkeypatch.setattr(store, "problem", lambda: "no run can be kept below /full")
    done = shell("diff", fitted.id, fitted.id)
    assert done.exit_code == codes.ERROR
    assert done.stderr.splitlines() == ["error: no run can be kept below /full"]
