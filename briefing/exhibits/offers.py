"""What can be chosen of charts, for controls: each choice with its values and their titles."""

from briefing.if_then import WAYS
from briefing.material import Material


def offers(material: Material) -> dict[str, dict[str, str]]:
    """choice -> {value: title}; a choice that asks for more than one of a list is not here."""
    return {
        "outcome": material.titles(),
        "driver": {driver.id: driver.title for driver in material.scenario.drivers},
        "class": {one.id: one.title for one in material.scenario.classes},
        "if": {way: way for way in WAYS},
    }
