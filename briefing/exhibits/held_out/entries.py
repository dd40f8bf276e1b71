"""The charts of what was held out by name, with the stored results that they draw."""

import pandas as pd

from briefing.exhibits.entry import Choices, Entry, chosen
from briefing.exhibits.exhibit import Exhibit
from briefing.exhibits.held_out import checks, classes, drivers
from briefing.material.material import Material
from briefing.words.held_out import classes as words
from model.held_out import stored_tables
from model.scenario import Scenario

YEAR = 12


def result(scenario: Scenario, part: str) -> stored_tables.Result:
    """The stored result of a part of `held-out`; raises ValueError, one plain line, for none."""
    path = stored_tables.path_of(scenario, part)
    if not path.exists():
        raise ValueError(words.NOT_STORED)
    return stored_tables.read(path)


def class_titles(table: pd.DataFrame, scenario: Scenario) -> dict[str, str]:
    """id -> title of the classes that a stored table has, `all` first."""
    return {of: words.class_title(of, scenario) for of in table["class"].unique()}


def horizons(table: pd.DataFrame) -> dict[str, str]:
    """months ahead -> their title, of a stored table: a year first, then the shortest on."""
    months = sorted(table["months"].unique(), key=lambda ahead: (ahead != YEAR, ahead))
    return {str(ahead): f"{ahead} months" for ahead in months}


def _way(choices: Choices) -> str:
    return chosen(words.WAYS, choices, "way")


def _class_skill(material: Material, choices: Choices) -> Exhibit:
    table, way = result(material.scenario, "classes").tables["brier"], _way(choices)
    of = chosen(class_titles(table, material.scenario), choices, "held_out_class")
    return classes.skill(table, material.scenario, way, of)


def _class_evenness(material: Material, choices: Choices) -> Exhibit:
    table, way = result(material.scenario, "classes").tables["pit"], _way(choices)
    of = chosen(class_titles(table, material.scenario), choices, "held_out_class")
    return classes.evenness(table, material.scenario, way, of)


def _class_reliability(material: Material, choices: Choices) -> Exhibit:
    table = result(material.scenario, "classes").tables["reliability"]
    months = int(chosen(horizons(table), choices, "ahead"))
    return classes.reliability(table, _way(choices), months)


def _driver_skill(material: Material, choices: Choices) -> Exhibit:
    table = result(material.scenario, "drivers").tables["crps"]
    driver = chosen(drivers.titles(material.scenario), choices, "futures_of")
    return drivers.skill(table, material.scenario, driver)


def _predictive_checks(material: Material, choices: Choices) -> Exhibit:
    table = result(material.scenario, "checks").tables["predictive"]
    return checks.predictive(table, material.scenario)


ENTRIES = {
    "class_skill": Entry(
        "reference classes held out, beside simple rules", ("way", "held_out_class"), _class_skill
    ),
    "class_reliability": Entry(
        "reference classes held out: said and came", ("way", "ahead"), _class_reliability
    ),
    "class_evenness": Entry(
        "are held-out chances at the events even", ("way", "held_out_class"), _class_evenness
    ),
    "driver_skill": Entry(
        "the drivers' futures beside simple rules", ("futures_of",), _driver_skill
    ),
    "predictive_checks": Entry("does the model make what was seen", (), _predictive_checks),
}

# choice -> what of a scenario is offered, {value: title}; empty where nothing is stored
OFFERED = {
    "way": lambda scenario: dict(words.WAYS),
    "held_out_class": lambda scenario: _of_brier(scenario, class_titles, scenario),
    "ahead": lambda scenario: _of_brier(scenario, horizons),
    "futures_of": drivers.titles,
}


def _of_brier(scenario: Scenario, titles, *more) -> dict[str, str]:
    if not stored_tables.path_of(scenario, "classes").exists():
        return {}
    return titles(result(scenario, "classes").tables["brier"], *more)
