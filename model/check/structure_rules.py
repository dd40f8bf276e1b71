"""Rules of scenario.toml set by the model's structure: clocks, links, records."""

from collections.abc import Iterator

from model.check.problem import Problem
from model.check.scenario_folder import ScenarioFolder


def clocks_that_can_run(folder: ScenarioFolder) -> Iterator[Problem]:
    """A clock has one class that waits, and at most one that must be built."""
    scenario = folder.scenario
    built = {t.get("id") for _, t in scenario.tables("class") if "gate_share" in t}
    for path, clock in scenario.tables("outcome", "clock"):
        classes = scenario.texts(clock, "classes")
        building = sum(of in built for of in classes)
        if len(classes) - building != 1 or building > 1:
            message = f"{len(classes) - building} classes wait and {building} are built"
            expected = "expected one that waits and at most one that is built (`gate_share`)"
            yield scenario.problem(path, "classes", f"{message}; {expected}; correct the list")


def constant_hazards_for_links(folder: ScenarioFolder) -> Iterator[Problem]:
    """A link may take its size from a class only if that class's hazard is constant."""
    scenario = folder.scenario
    clocked = {t.get("id") for _, t in scenario.tables("class") if t.get("kind") == "duration"}
    for path, link in scenario.tables("link"):
        if link.get("hazard_of") in clocked:
            message = f"{link['hazard_of']!r} is a duration class, its hazard changes with time"
            yield scenario.problem(path, "hazard_of", f"{message}; expected a rate or a judgement")


def repeated_outcomes_fade(folder: ScenarioFolder) -> Iterator[Problem]:
    """What can happen again must have links that fade; its record is read from the clashes."""
    scenario = folder.scenario
    for path, outcome in scenario.tables("outcome"):
        if outcome.get("happens_again") and "link_half_life_days" not in outcome:
            message = "an outcome that happens again needs links that fade"
            what = "expected link_half_life_days; add it"
            yield scenario.problem(path, "happens_again", f"{message}; {what}")
        record = outcome.get("record")
        if isinstance(record, dict) and record.get("table") != "border_clashes":
            message = f"a record is counted from border_clashes only, not {record.get('table')!r}"
            yield scenario.problem((*path, "record"), "table", f"{message}; correct the table")


STRUCTURE_RULES = (clocks_that_can_run, constant_hazards_for_links, repeated_outcomes_fade)
