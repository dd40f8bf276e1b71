"""`publish`, `override` and `ledger`: what they print, their exit codes, their one-line errors."""

import csv
import io
import json
import re
import sqlite3

import pytest
from typer.testing import CliRunner

from model.__main__ import app
from model.runs import store
from tests.model.shell.test_shell import shell


@pytest.fixture
def run(thin, tmp_path, monkeypatch):
    """Runs a command where the default day's run is stored, thinned, and nothing is published."""
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "160")
    store.save(thin)

    def done(*arguments):
        result = CliRunner().invoke(app, [*arguments])
        return result.exit_code, result.stdout, result.stderr

    return done


@pytest.fixture
def published(run):
    code, out, error = run("publish", "--by", "Ani")
    assert (code, error) == (0, "")
    return run, re.search(r"hash ([0-9a-f]{64})", out)[1]


def test_a_run_is_published_once(published, thin):
    run, _ = published
    assert run("publish") == (0, f"Run {thin.id} was published before: nothing is added.\n", "")
    code, out, _ = run("ledger")
    assert code == 0 and len(re.findall(r"20\d\d-\d\d-\d\d Ani", out)) == 30


def test_its_json_and_csv_are_the_rows_that_were_asked_for(published, thin):
    run, head = published
    asked = "ledger", "--outcome", "russian_withdrawal", "--as-of", "2023-09-21", "--run", thin.id
    rows = json.loads(run(*asked, "--json")[1])["rows"]
    written = list(csv.DictReader(io.StringIO(run(*asked, "--csv")[1])))
    assert [row["term"] for row in rows] == [row["term"] for row in written]
    assert {row["term"]: row["status"] for row in rows}["24 months"] == "resolved"
    assert {(row["outcome"], row["run"]) for row in rows} == {("russian_withdrawal", thin.id)}
    assert [float(row["probability"]) for row in written] == [row["probability"] for row in rows]
    assert json.loads(run("ledger", "--run", "another", "--json")[1]) == {"rows": []}
    all_rows = json.loads(run("ledger", "--json")[1])["rows"]
    assert all_rows[-1]["hash"] == head


def test_a_reason_is_text_for_terminals_and_spreadsheets_alike(published, monkeypatch):
    run, _ = published
    monkeypatch.setenv("COLUMNS", "400")
    reason = "=cmd|' /C calc'!A0 [/red] [link=https://x.example]here[/link]"
    override = ("override", "1", "--to", "0.25", "--reason", reason, "--until", "2023-10-01")
    assert run(*override, "--by", "@Ani [b]")[0] == 0
    code, out, error = run("ledger", "--overrides")
    assert (code, error) == (0, "") and "[/red]" in out and "[b]" in out
    (row,) = csv.DictReader(io.StringIO(run("ledger", "--overrides", "--csv")[1]))
    assert (row["reason"], row["author"]) == (f"'{reason}", "'@Ani [b]")
    (row,) = json.loads(run("ledger", "--overrides", "--json")[1])["rows"]
    assert (row["reason"], row["author"]) == (reason, "@Ani [b]")


def test_an_override_is_listed_and_scored_beside_its_forecast(published):
    run, _ = published
    asked = "override", "1", "--to", "0.25", "--reason", "Talks", "--until", "2023-10-30"
    code, out, error = run(*asked, "--by", "Bo")
    assert (code, error) == (0, "") and "25.0% until 2023-10-30" in out
    listed = run("ledger", "--overrides")[1]
    assert "Talks (Bo)" in listed and "did not happen" in listed
    scores = list(csv.DictReader(io.StringIO(run("ledger", "--overrides", "--scores", "--csv")[1])))
    of_all = {row["chance"]: float(row["brier"]) for row in scores if row["by"] == "all"}
    assert of_all["after"] == 0.0625  # 0.25²


def test_verify_says_that_it_is_whole_or_names_the_row(published, tmp_path):
    run, head = published
    code, out, error = run("ledger", "--verify", "--head", head)
    assert (code, error) == (0, "")
    assert out.splitlines() == [
        f"forecasts: 30 rows, each as it was written; head {head}",
        f"overrides: 0 rows, each as it was written; head {'0' * 64}",
    ]
    assert run("ledger", "--verify", "--head", "f" * 64)[0] == 1
    with sqlite3.connect(tmp_path / "ledger.db") as database:
        database.execute("DROP TRIGGER forecasts_no_update")
        database.execute("UPDATE forecasts SET probability = probability + 1e-9 WHERE number = 17")
    database.close()
    code, out, error = run("ledger", "--verify")
    assert (code, error) == (1, "")
    assert out.startswith("forecasts, row 17: it was changed after it was written")


REFUSED = {
    "nothing to verify": (["ledger", "--verify"], 2, "there is no ledger at sqlite:///"),
    "nothing to override": (
        ["override", "1", "--to", "0.2", "--reason", "x", "--until", "2024-01-01"],
        1,
        "nothing has been published yet",
    ),
    "no name": (["publish", "--by", " "], 1, "who publishes?"),
    "no run": (["publish", "--run", "0123456789ab"], 1, "no run 0123456789ab"),
}


@pytest.mark.parametrize("arguments, code, reason", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_gets_one_line(arguments, code, reason, run):
    ended, out, error = run(*arguments)
    assert (ended, out) == (code, "")
    (line,) = error.splitlines()
    assert line.startswith("error: ") and reason in line


def test_an_empty_ledger_is_said_to_be_empty(run):
    assert run("ledger") == (0, "Nothing is published here yet.\n", "")
    assert run("ledger", "--scores") == (0, "Nothing is scored here yet.\n", "")


def test_a_process_lists_it_too(tmp_path):
    assert shell("ledger", home=tmp_path) == (0, "Nothing is published here yet.\n", "")
