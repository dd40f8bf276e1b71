"""The walk-forward's charts and tables by name, read from where they are stored."""

from functools import partial

import pandas as pd

from briefing.exhibits.entry import Choices, Entry, chosen
from briefing.exhibits.exhibit import Exhibit
from briefing.exhibits.walk import walk_forward as exhibits
from briefing.material.material import Material
from briefing.words.walk import sentences as words
from model.record.walk import stored_walk
from model.record.walk.stored_walk import WalkForward


def stored(material: Material) -> WalkForward:
    """The stored walk-forward of the material's scenario; raises ValueError where there is none."""
    try:
        return stored_walk.read(stored_walk.folder_of(material.scenario))
    except FileNotFoundError:
        raise ValueError(words.NOT_WALKED) from None


def _path(material: Material, choices: Choices) -> Exhibit:
    titles = {outcome.id: outcome.title for outcome in material.scenario.outcomes}
    outcome = chosen(titles, choices, "outcome")
    term = chosen({name: name for name in exhibits.TERM_ORDER}, choices, "term")
    return exhibits.path(stored(material), material.scenario, outcome, term)


def _skills(material: Material, choices: Choices) -> Exhibit:
    return exhibits.skills(stored(material), material.scenario)


def _table(name: str, material: Material, choices: Choices) -> pd.DataFrame:
    return getattr(stored(material), name)


ENTRIES = {
    "walk_path": Entry(
        "what was forecast as of past days, and what came", ("outcome", "term"), _path
    ),
    "skill": Entry("the skill of past forecasts against simple rules", (), _skills),
}
SHOWN = {
    "forecasts": "Every forecast of the walk-forward, and what became of it",
    "fits": "The fit of each day of the walk-forward",
    "misses": "The forecasts furthest from what came",
    "scores": "Scores of the model and of simple rules, and what they are made of",
    "skills": "The model's skill against each rule, by outcome and term",
    "transfer": "How many forecasts were to come true by their chances, and did",
    "sets": "The built-in sets as forecasters",
    "conditionals": "If A then B, scored where A came",
}
TABLES = {f"walk_{name}": Entry(shows, (), partial(_table, name)) for name, shows in SHOWN.items()}
