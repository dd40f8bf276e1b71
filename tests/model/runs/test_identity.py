"""A run's id covers the code its numbers pass through: all that a refit imports, with reasons."""

import ast
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from model.evidence import load_evidence
from model.fit.priors import priors
from model.runs import Settings, identity
from model.scenario import SCENARIO_FOLDER

ROOT = Path(__file__).parents[3]
NO_NUMBER_PASSES = {
    "a fault stops a fit and changes no number of it": [
        "check/cells.py",
        "check/check.py",
        "check/influence_rules.py",
        "check/problem.py",
        "check/collected_rules.py",
        "check/event_rules.py",
        "check/scenario_file.py",
        "check/scenario_folder.py",
        "check/scenario_rules.py",
        "check/schemas.py",
        "check/set_rules.py",
        "check/switch_rules.py",
        "check/table_rules.py",
        "check/type_errors.py",
        "evidence/begun.py",
    ],
    "what beliefs change stands in the scenario and the tables, which the id covers": [
        "beliefs/believed.py",
        "beliefs/density.py",
        "beliefs/reweighting.py",
        "beliefs/transport.py",
        "evidence/changed.py",
    ],
    "the published forecast assumes nothing, so nothing is asked of them": [
        "assumptions/assumptions.py",
        "assumptions/relative_days.py",
        "assumptions/standing.py",
        "assumptions/validity.py",
        "assumptions/files.py",
        "assumptions/in_words.py",
        "scenario/strict_json.py",
        "beliefs/elicitation.py",
        "beliefs/preliz_process.py",
        "forecast/basis.py",
        "forecast/learning.py",
        "forecast/moves.py",
        "forecast/nearest.py",
        "forecast/refusal.py",
        "forecast/served.py",
        "forecast/surprise.py",
    ],
    "their values are in the id themselves": [
        "runs/settings.py",
    ],
    "where machine code is kept": [
        "engine/compiled.py",
    ],
    "how a run is kept": [
        "runs/remembered.py",
        "runs/identity.py",
        "runs/publication.py",
        "runs/run.py",
        "runs/store.py",
        "runs/stored_evidence.py",
        "runs/turn.py",
        "runs/whole_file.py",
        "runs/wholeness.py",
    ],
    "where things are, and the events as readers want them": [
        "evidence/event_table.py",
        "evidence/whole_set.py",
        "scenario/places.py",
        "scenario/plain_text.py",
    ],
}


def imported(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "model":
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))


def closure(module):
    """Every file of the model that importing this module reads, those inside functions too."""
    seen, waiting = set(), [module]
    while waiting:
        place = ROOT / waiting.pop().replace(".", "/")
        file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        if file.exists() and file not in seen:
            seen.add(file)
            waiting += imported(file)
    seen = {file for file in seen if file.name != "__init__.py"}  # they hand on, no more
    return {file.relative_to(ROOT / "model").as_posix() for file in seen}


def test_the_id_covers_all_that_a_refit_imports_but_what_no_number_passes_through():
    left_out = [file for files in NO_NUMBER_PASSES.values() for file in files]
    assert sorted([*identity.FIT_CODE, *left_out]) == sorted(closure("model.refit"))


def test_what_sets_the_deadline_of_the_gate_is_part_of_the_id():
    assert {
        "scenario/dates.py",
        "engine/conditions.py",
        "engine/kernels.py",
        "fit/likelihood.py",
    } <= set(identity.FIT_CODE)


LATER_CLOCK = """[[outcome.clock]]
date = 2025-11-01
classes = ["war_end_to_agreement"]
typical = { western_mediation = [0.0, 1.2] }
why = "Something of a later day."
source_url = "https://example.org"

[[outcome]]
id = "corridor_open"
"""
LATER_TURN = """works = "corridor_open"

[[switch.turn]]
on = true
date = 2025-12-01
why = "Works began on a later day."
source_url = "https://example.org"
"""
EDITS = {
    "a clock of a later day": ('[[outcome]]\nid = "corridor_open"\n', LATER_CLOCK),
    "a switch turned on a later day": ('works = "corridor_open"\n', LATER_TURN),
}
WORDS = {
    "a clock's why": ("left peace terms open", "left the terms of peace open"),
    "a driver's level": ("The line is quiet for weeks", "For weeks the line is quiet"),
    "a class's note": ("Our judgement; no class was found.", "Judged; no class was found."),
    "the scenario's own day": ("default_as_of = 2023-09-21", "default_as_of = 2024-01-01"),
    "a comment": ("# deaths a month at neutral drivers", "# at neutral drivers"),
}


def edited(tmp_path, old, new):
    folder = Path(shutil.copytree(SCENARIO_FOLDER, tmp_path / "scenario"))
    file = folder / "scenario.toml"
    before = file.read_text(encoding="utf-8")
    assert old in before
    file.write_text(before.replace(old, new, 1), encoding="utf-8")
    return folder


@cache
def id_of(folder, day):
    return identity.run_id(load_evidence(folder, date.fromisoformat(day)), Settings())


@pytest.mark.parametrize("old, new", EDITS.values(), ids=EDITS)
def test_what_became_known_later_changes_no_id_of_an_earlier_day(tmp_path, old, new):
    folder = edited(tmp_path, old, new)
    for day, same in (("2023-09-21", True), ("2025-10-31", True), ("2025-12-20", False)):
        assert (id_of(folder, day) == id_of(SCENARIO_FOLDER, day)) is same, day


SHOWN = [pytest.param(*edit, id=name) for name, edit in WORDS.items()]
SHOWN[1:] = [pytest.param(*p.values, id=p.id, marks=pytest.mark.slow) for p in SHOWN[1:]]


@pytest.mark.parametrize("old, new", SHOWN)
def test_a_word_that_no_number_depends_on_changes_no_id(tmp_path, old, new):
    folder = edited(tmp_path, old, new)
    assert id_of(folder, "2023-09-21") == id_of(SCENARIO_FOLDER, "2023-09-21")


def test_an_interval_changes_the_id_of_every_day(tmp_path):
    folder = edited(tmp_path, "level = [0.5, 20.0]", "level = [0.5, 21.0]")
    for day in ("2021-01-01", "2025-12-20"):
        assert id_of(folder, day) != id_of(SCENARIO_FOLDER, day)


def test_a_fit_of_an_earlier_day_is_given_nothing_of_a_later_clock(tmp_path):
    folder, day = edited(tmp_path, *EDITS["a clock of a later day"]), date(2023, 9, 21)
    given, before = (priors(load_evidence(f, day).scenario) for f in (folder, SCENARIO_FOLDER))
    assert given.labels == before.labels
    for name, location in before.location.items():
        assert np.array_equal(given.location[name], location)


CODE = '"""What it does."""\n\n\ndef f(x):\n    """Twice."""\n    return 2 * x\n'


@pytest.mark.parametrize(
    "other, same",
    [
        (CODE.replace("What it does", "In other words"), True),
        (CODE.replace("Twice", "Two times"), True),
        (CODE.replace("2 * x", "2 * x  # why"), True),
        (CODE.replace("2 * x", "(\n        2 * x\n    )").replace("(\n", "(\n# a\n"), False),
        (CODE.replace("2 * x", "3 * x"), False),
        (CODE.replace("2 * x", "'2' * x"), False),
        (CODE.replace("    return", "    if x:\n        return"), False),
    ],
)
def test_code_counts_by_what_it_does_and_not_by_its_comments(tmp_path, other, same):
    files = tmp_path / "one.py", tmp_path / "other.py"
    for file, text in zip(files, (CODE, other), strict=True):
        file.write_text(text, encoding="utf-8")
    assert (identity.code_digest(files[0]) == identity.code_digest(files[1])) is same
