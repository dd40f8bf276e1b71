"""The claims ledger: what of a brief no longer holds against another run; the shell's codes."""

import csv
import re
from dataclasses import replace
from io import StringIO

import pytest
from typer.testing import CliRunner

from briefing.material.material import Material
from briefing.verify import ledger
from model.__main__ import app
from model.runs import store
from tests.briefing.verify.exported import OTHER


def test_numbers_are_held_and_their_claims_fall_where_they_moved(exported, fitted):
    """Base rates e^0.5 times as high: most chances move, the table's names and days do not."""
    path = exported.path("outcomes.csv")
    assert ledger.against(path, fitted.id).code == 0
    verdict = ledger.against(path, OTHER)
    assert verdict.code == 1 and OTHER in verdict.lines[0]
    old = float(cell(exported.content("outcomes.csv"), "peace_treaty", "probability [0–1]"))
    other = Material(store.load(OTHER), exported.material.assumptions).answer.outcomes
    new = float(other.set_index("outcome").at["peace_treaty", "probability"])
    line_of_treaty = next(
        line for line in verdict.lines if "Peace treaty, probability [0–1]" in line
    )
    numbers = [float(number) for number in re.findall(r"“([\d.]+)”", line_of_treaty)]
    assert numbers == pytest.approx([old, new], rel=1e-6)
    assert not any("title" in line or "deadline" in line for line in verdict.lines[1:])


def test_a_run_of_another_scenario_is_nothing_to_hold_a_file_against(exported, fitted):
    scenario = fitted.scenario.model_copy(update={"id": "elsewhere"})
    evidence = replace(fitted.evidence, scenario=scenario)
    manifest = fitted.manifest | {"id": "elsewhere0001", "made_from": "elsewhere"}
    store.save(replace(fitted, manifest=manifest, evidence=evidence))
    verdict = ledger.against(exported.path("outcomes.csv"), "elsewhere0001")
    store.remove("elsewhere0001")
    assert verdict.code == 2
    assert "elsewhere0001 is of elsewhere, the file of south_caucasus" in verdict.lines[0]


def cell(content, row, column):
    rows = csv.DictReader(StringIO(content.decode("utf-8-sig").split("\n", 1)[1]))
    return next(record[column] for record in rows if record["outcome"] == row)


@pytest.mark.slow
def test_a_briefs_sentences_that_no_longer_hold_stand_beside_the_new_ones(exported):
    verdict = ledger.against(exported.path("brief.docx"), OTHER)
    assert verdict.code == 1
    bottom = [
        line for line in verdict.lines if "Armenia and Azerbaijan sign a peace treaty" in line
    ]
    both = r"it said “.*\d+ in 100 for.*”, now “.*\d+ in 100 for"
    assert any(re.search(both, line) for line in bottom)
    assert not any("Run otherrun0001" in line for line in verdict.lines[1:])  # no claim of its own
    assert ledger.against(exported.path("brief.docx"), exported.material.run.id).code == 0


@pytest.mark.slow
def test_a_deadline_that_has_passed_is_said_so(exported):
    verdict = ledger.against(exported.path("brief.docx"), "laterrun0001")
    assert verdict.code == 1
    assert "its deadline, 2023-12-31, had passed" in verdict.lines[0]


def test_the_shell_gives_the_codes(exported):
    path = exported.path("outcomes.csv")
    run = CliRunner().invoke
    assert run(app, ["verify", str(path)]).exit_code == 0
    assert run(app, ["verify", str(path), "--against", OTHER]).exit_code == 1
    assert run(app, ["verify", str(path), "--against", "nosuchrun"]).exit_code == 2
    assert run(app, ["verify", str(path), "--assume", "nothing.toml"]).exit_code == 2
