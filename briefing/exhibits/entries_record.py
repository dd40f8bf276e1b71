"""The charts of the Track record page by name, from what is stored."""

from briefing.exhibits import record
from briefing.exhibits.entry import Choices, Entry, chosen
from briefing.exhibits.exhibit import Exhibit
from briefing.material.material import Material
from model.record.published import history
from model.record.resolution import known_of
from model.record.walk.forecasters import TERMS


def _history(material: Material, choices: Choices) -> Exhibit:
    titles = {outcome.id: outcome.title for outcome in material.scenario.outcomes}
    outcome = chosen(titles, choices, "outcome")
    term = chosen(dict.fromkeys(reversed(TERMS)), choices, "term")
    kept = material.record
    rows = history.history(kept.forecasts, kept.walked, outcome, term, material.as_of)
    if rows.empty:
        raise ValueError(
            f"no chance of {titles[outcome]} as of a past day is stored; publish the forecast, or "
            "run the walk-forward"
        )
    came = known_of(material.evidence).came
    moves = history.moves(rows, material.events, came, material.scenario, outcome)
    return record.history(rows, moves, material.scenario, outcome, term)


ENTRIES = {
    "history": Entry("one outcome's chance as of past days", ("outcome", "term"), _history),
}
