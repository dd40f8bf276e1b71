"""Every chart by name: what it shows, what can be chosen of it, and how it is made."""

from briefing.exhibit import Exhibit
from briefing.exhibits import entries_evidence, entries_forecast, entries_method
from briefing.exhibits.entry import Choices, refuse_unknown
from briefing.material import Material
from model.scenario import did_you_mean

CATALOGUE = entries_forecast.ENTRIES | entries_evidence.ENTRIES | entries_method.ENTRIES


def make(name: str, material: Material, choices: Choices | None = None) -> Exhibit:
    """The exhibit of this name, as it is on the screen with the same choices.

    Raises ValueError, one plain line, for an unknown name or choice, and what computing it raises.
    """
    choices = choices or {}
    if name not in CATALOGUE:
        raise ValueError(f"no chart is called {name!r}; {did_you_mean(name, CATALOGUE)}")
    entry = CATALOGUE[name]
    refuse_unknown(choices, entry.choices, f"the chart {name}")
    return entry.make(material, choices)
