"""`python -m model sets`: what each built-in set says and moves, for people, as JSON and as CSV."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from model.__main__ import app
from model.explain.built_in import built_in
from model.explain.sets import moved_by_sets
from model.forecast.levels import fitted_levels
from model.runs import store
from model.scenario import SCENARIO_FOLDER
from model.shell import commands


@pytest.fixture
def sets(thin, tmp_path, monkeypatch):
    """Runs the command where the default day's run is stored, thinned."""
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "100")
    store.save(thin)
    return lambda *arguments: CliRunner().invoke(app, ["sets", *arguments])


def test_it_prints_what_every_set_says_and_its_claims(thin, sets):
    done = sets()
    assert (done.exit_code, done.stderr) == (0, "")
    said = " ".join(done.stdout.split())
    for name, assumed in thin.evidence.sets.items():
        assert f"{name} {', '.join(assumed.claims)} {assumed.about}" in said
    assert "3 months" in said and " > " in said


def test_its_json_and_csv_are_the_table(thin, sets):
    table = moved_by_sets(thin, built_in(thin))
    printed = json.loads(sets("--json").stdout)
    written = list(csv.DictReader(io.StringIO(sets("--csv", "--run", thin.id).stdout)))
    moves = [row for of in printed["sets"] for row in of["moves"]]
    assert [of["name"] for of in printed["sets"]] == list(thin.evidence.sets)
    assert [row["probability"] for row in moves] == table["probability"].tolist()
    assert [float(row["change"]) for row in written] == table["change"].tolist()


FILE = """
name = "Counted"
[[driver]]
id = "russian_commitment"
level = 1.0
from = "+10 days"
until = "+101 days"
[[switch]]
id = "treaty_text_agreed"
on = true
from = "+41 days"
"""


def test_a_file_of_a_level_with_an_end_and_a_switch_is_forecast(thin, sets, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(FILE, encoding="utf-8")
    asked = ["forecast", "--assume", str(path), "--as-of", "2023-09-21"]
    printed = json.loads(CliRunner().invoke(app, [*asked, "--json"]).stdout)
    assert printed["assumptions"]["driver"][0] | {"id": ""} == {
        "id": "",
        "level": 1.0,
        "from": "2023-10-01",
        "until": "2023-12-31",
    }
    assert printed["assumptions"]["switch"][0]["from"] == "2023-11-01"
    said = CliRunner().invoke(app, asked).stdout
    assert "switch treaty_text_agreed: no chance, as nothing in the model says how likely" in said


def test_a_file_whose_level_gives_way_is_asked_as_of_the_run(thin, sets, tmp_path):
    stands = round(fitted_levels(thin)["azerbaijani_coercion"], 1)
    path = tmp_path / "mine.toml"
    asked = ["forecast", "--assume", str(path), "--as-of", "2023-09-21", "--json"]
    for level, taken in ((stands - 0.3, stands), (stands + 0.3, stands + 0.3)):
        path.write_text(
            f'[[driver]]\nid = "azerbaijani_coercion"\nlevel = {level:.1f}\nunless = "higher"\n'
        )
        (driver,) = json.loads(CliRunner().invoke(app, asked).stdout)["assumptions"]["driver"]
        assert driver == {"id": "azerbaijani_coercion", "level": pytest.approx(taken)}


def test_an_unknown_run_gets_one_line(sets):
    done = sets("--run", "0123456789ab")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("error: ") and len(done.stderr.splitlines()) == 1


def test_a_claim_that_no_table_lists_is_refused_with_the_nearest(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('claims = ["C01", "C0"]\n[[driver]]\nid = "turkish_backing"\nlevel = 1\n')
    with pytest.raises(ValueError, match=r"mine.toml: unknown claim 'C0'; did you mean 'C"):
        commands.assumed(file, SCENARIO_FOLDER, None)
