"""Rules of `[[influence]]`, driver to driver: ends, circles, and how sure a prior may be.

Like those of effects in `scenario_rules`, on the scale of levels per month.
"""

from collections.abc import Iterator
from itertools import pairwise

from model.check.problem import Problem
from model.check.scenario_file import ScenarioFile
from model.check.scenario_folder import ScenarioFolder
from model.scenario.influence_order import in_order

# Levels per month: the narrowest 90 % interval of what is added, and the farthest from 0 that the
# centre of what rests on the article's word alone may lie.
NARROWEST = 0.02
FARTHEST_ON_A_CLAIM = 0.1
ROUNDING = 1e-9  # so that 0.02 and 0.1 themselves pass, as whoever writes them expects


def influences_without_a_circle(folder: ScenarioFolder) -> Iterator[Problem]:
    """No driver acts on itself, directly or through others: levels would run away."""
    scenario = folder.scenario
    arrows = {path: _ends(scenario, table) for path, table in scenario.tables("influence")}
    try:
        in_order(list(arrows.values()))
    except ValueError as circle:
        around = {*pairwise(str(circle).split(" -> "))}
        path = next((path for path, ends in arrows.items() if ends in around), ())
        message = f"influences go in a circle, {circle}; expected none; drop one of them"
        yield scenario.problem(path, "to", message)


def _ends(scenario: ScenarioFile, table: dict) -> tuple[str, str]:
    return scenario.text(table, "from"), scenario.text(table, "to")


def wide_influences(folder: ScenarioFolder) -> Iterator[Problem]:
    """No interval is narrower than 0.02 levels per month, none far from 0 on a claim alone."""
    for path, table, (low, high) in _intervals(folder):
        if high - low < NARROWEST - ROUNDING:
            message = f"the interval is {high - low:.2g} wide; expected {NARROWEST} or more"
            yield folder.scenario.problem(path, "adds", f"{message}, in levels per month; widen it")
        centre = (low + high) / 2
        if table.get("basis") == "claim" and abs(centre) > FARTHEST_ON_A_CLAIM + ROUNDING:
            message = f"the centre is {centre:+.2g} on a claim alone; expected within"
            limit = f"{FARTHEST_ON_A_CLAIM} of 0; move the interval or name a better basis"
            yield folder.scenario.problem(path, "adds", f"{message} {limit}")


def contested_influences(folder: ScenarioFolder) -> Iterator[Problem]:
    """Where the article's voices disagree, the 90 % interval of what is added spans 0."""
    rows = folder.rows("claims", "claim", "contested")
    contested = {claim for _, claim, answer in rows if answer == "yes"}
    for path, table, (low, high) in _intervals(folder):
        claims = sorted(contested.intersection(folder.scenario.texts(table, "claims")))
        if claims and not low < 0 < high:
            message = f"claim {claims[0]} is contested; expected an interval that spans 0"
            yield folder.scenario.problem(path, "adds", f"{message}; widen or move it")


def _intervals(folder: ScenarioFolder) -> Iterator[tuple[tuple, dict, tuple[float, float]]]:
    """Those whose ends are in order (the schema reports where not)."""
    for path, table in folder.scenario.tables("influence"):
        match table.get("adds"):
            case [int() | float() as low, int() | float() as high] if low < high:
                yield path, table, (low, high)


INFLUENCE_RULES = (influences_without_a_circle, wide_influences, contested_influences)
