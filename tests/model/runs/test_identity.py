"""A run's id covers the code its numbers pass through: all that a refit imports, with reasons."""

import ast
from pathlib import Path

from model.runs import identity

ROOT = Path(__file__).parents[3]
NO_NUMBER_PASSES = {
    "a fault stops a fit and changes no number of it": [
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
        "runs/run.py",
        "runs/store.py",
        "runs/stored_evidence.py",
        "runs/turn.py",
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
