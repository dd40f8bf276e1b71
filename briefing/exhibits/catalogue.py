"""Every chart by name: what it shows, what can be chosen of it, and how it is made."""

from briefing.exhibits import (
    entries_evidence,
    entries_forecast,
    entries_method,
    entries_record,
)
from briefing.exhibits.entry import Choices, refuse_unknown
from briefing.exhibits.exhibit import Exhibit
from briefing.exhibits.held_out import entries as held_out
from briefing.exhibits.method import KIND_TITLES
from briefing.exhibits.walk import entries as walk_entries
from briefing.material.material import Material
from briefing.words.if_then import WAYS
from model.inspect.convergence import convergence
from model.inspect.survival import classes_with_durations
from model.record.walk.forecasters import TERMS
from model.scenario import did_you_mean
from model.scenario.plain_text import quoted

CATALOGUE = (
    entries_forecast.ENTRIES
    | entries_evidence.ENTRIES
    | entries_record.ENTRIES
    | entries_method.ENTRIES
    | walk_entries.ENTRIES
    | held_out.ENTRIES
)


def make(name: str, material: Material, choices: Choices | None = None) -> Exhibit:
    """The exhibit of this name, as it is on the screen with the same choices.

    choices: texts by name, those that the entry offers.
    Raises ValueError, one plain line, for an unknown name or choice, and what computing it raises.
    """
    choices = choices or {}
    if name not in CATALOGUE:
        raise ValueError(f"no chart is called {quoted(name)}; {did_you_mean(name, CATALOGUE)}")
    entry = CATALOGUE[name]
    refuse_unknown(choices, entry.choices, f"the chart {name}")
    return entry.make(material, choices)


def offers(material: Material, choice: str) -> dict[str, str]:
    """{value: title}, texts, of a choice by its name; empty where there is no list of it."""
    # Functions, so that only the choice asked for is computed: one of them needs the convergence.
    offered = {
        "outcome": material.titles,
        "driver": lambda: {driver.id: driver.title for driver in material.scenario.drivers},
        "class": lambda: _classes(material),
        "kind": lambda: dict(KIND_TITLES),
        "term": lambda: {term: term for term in reversed(TERMS)},
        "if": lambda: {way: way for way in WAYS},
        "parameter": lambda: {name: name for name in convergence(material.run)["parameter"]},
    } | {name: lambda of=of: of(material.scenario) for name, of in held_out.OFFERED.items()}
    return offered[choice]() if choice in offered else {}


def _classes(material: Material) -> dict[str, str]:
    with_durations = classes_with_durations(material.run)
    return {id: material.scenario.reference_class(id).title for id in with_durations}
