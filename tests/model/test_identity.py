"""A run's id covers the code its numbers pass through: all that a refit imports, with reasons."""

import ast
from pathlib import Path

from model import store

ROOT = Path(__file__).parents[2]
NO_NUMBER_PASSES = {
    "a fault stops a fit and changes no number of it": (
        "check problem scenario_errors scenario_file scenario_folder scenario_rules set_rules "
        "structure_rules table_rules tables"
    ),
    "what beliefs change stands in the scenario and the tables, which the id covers": (
        "beliefs other_evidence transport"
    ),
    "the published forecast assumes nothing, so nothing is asked of them": (
        "assumptions basis elicitation learning moves nearest preliz_process refusal served "
        "sharing surprise"
    ),
    "their values are in the id themselves": "settings",
    "how a run is kept": "remembered store stored_evidence",
}


def imported(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "model":
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))


def closure(module):
    """Every file of the model that importing this module reads, those inside functions too."""
    seen, waiting = set(), [module]
    while waiting:
        file = ROOT / f"{waiting.pop().replace('.', '/')}.py"
        if file.exists() and file not in seen:
            seen.add(file)
            waiting += imported(file)
    return {file.stem for file in seen}


def test_the_id_covers_all_that_a_refit_imports_but_what_no_number_passes_through():
    left_out = " ".join(NO_NUMBER_PASSES.values()).split()
    assert sorted([*store.FIT_CODE, *left_out]) == sorted(closure("model.refit"))


def test_what_sets_the_deadline_of_the_gate_is_part_of_the_id():
    assert {"deadline", "condition", "kernels", "likelihood"} <= set(store.FIT_CODE)
