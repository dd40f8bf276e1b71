"""What can be chosen of charts, for controls: a choice's values and their titles."""

from briefing.exhibits.method import KINDS
from briefing.if_then import WAYS
from briefing.material import Material
from model.convergence import convergence
from model.survival import classes_with_durations


def offers(material: Material, choice: str) -> dict[str, str]:
    """{value: title} of a choice; empty for one that is not made from a list."""
    offered = {
        "outcome": material.titles,
        "driver": lambda: {driver.id: driver.title for driver in material.scenario.drivers},
        "class": lambda: _classes(material),
        "kind": lambda: dict(KINDS),
        "if": lambda: {way: way for way in WAYS},
        "parameter": lambda: {name: name for name in convergence(material.run)["parameter"]},
    }
    return offered[choice]() if choice in offered else {}


def _classes(material: Material) -> dict[str, str]:
    with_durations = classes_with_durations(material.run)
    return {id: material.scenario.reference_class(id).title for id in with_durations}
