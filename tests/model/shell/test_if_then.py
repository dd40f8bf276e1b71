"""`python -m model if-then`: its table for people, as JSON and as CSV, and its one-line errors."""

import csv
import io
import json
import re
from datetime import date

import pytest
from typer.testing import CliRunner

from model.__main__ import app
from model.explain.conditional import conditional_table
from model.runs import store


@pytest.fixture
def if_then(thin, tmp_path, monkeypatch):
    """Runs the command where the default day's run is stored, thinned, on a narrow screen."""
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "80")
    store.save(thin)
    return lambda *arguments: CliRunner().invoke(app, ["if-then", *arguments])


def percent(chance):
    """Tenths under ten percent, whole points above."""
    return f"{100 * chance:.1f}" if 100 * chance < 9.95 else f"{100 * chance:.0f}"


def test_it_prints_each_pair_as_learned_and_brought_about(thin, if_then):
    done = if_then()
    assert (done.exit_code, done.stderr) == (0, "")
    assert {thin.id, "2023-12-31", "2023-11-01"} <= set(re.findall(r"[\w-]+", done.stdout))
    cells = re.findall(r"([\d.]+) / ([\d.]+)", done.stdout)
    table = conditional_table(thin)
    # printed row by row, the diagonal left blank: the order of the table itself
    assert cells == [(percent(row.assumed), percent(row.made)) for row in table.itertuples()]
    assert len(re.findall(r"1 in \d", done.stdout)) == 6


def test_a_narrow_screen_holds_it_uncut(if_then):
    out = if_then().stdout
    assert "…" not in out and "involvement" in out and max(map(len, out.splitlines())) <= 80


def test_its_json_and_csv_are_the_table(thin, if_then):
    deadline, on = date(2024, 12, 31), date(2024, 3, 1)
    asked = "--deadline", str(deadline), "--on", str(on), "--run", thin.id
    printed = json.loads(if_then(*asked, "--json").stdout)
    written = list(csv.DictReader(io.StringIO(if_then(*asked, "--csv").stdout)))
    table = conditional_table(thin, deadline, on).astype({"day": str, "deadline": str})
    assert (printed["run"], printed["as_of"]) == (thin.id, "2023-09-21")
    assert printed["pairs"] == table.to_dict("records")
    assert [float(row["made"]) for row in written] == list(table["made"])


REFUSED = {
    "a day past the deadline": (["--on", "2024-02-01"], "choose a day after 2023-09-21"),
    "the as-of date itself": (["--on", "2023-09-21"], "choose a day after 2023-09-21"),
    "a deadline too far": (["--deadline", "2040-01-01"], "choose a day after 2023-09-21"),
    "an unknown run": (["--run", "0123456789ab"], "no run 0123456789ab"),
}


@pytest.mark.parametrize("arguments, reason", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_gets_one_line_and_exit_code_one(arguments, reason, if_then):
    done = if_then(*arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: ") and reason in line
