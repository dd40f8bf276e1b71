"""Which charts show a stored check of the model in place of a run, and of what day they are."""

from briefing.exhibits.held_out import entries as held_out
from briefing.exhibits.walk import entries as walk
from briefing.material.material import Material
from briefing.words import numbers
from model.scoring import stored

PARTS = {
    "class_skill": "classes",
    "class_reliability": "classes",
    "class_evenness": "classes",
    "driver_skill": "drivers",
    "predictive_checks": "checks",
}  # chart -> the part of `held-out` that it is drawn from
WALKED = ("walk_path", "skill")
SIMULATED = "calibration"
CHECKS = frozenset((*PARTS, *WALKED, SIMULATED))


def of_what(name: str, material: Material) -> str:
    """What a chart of a stored check is of, as a sentence; "" for a chart of the run.

    Raises ValueError where the check that the chart was made of is no longer stored.
    """
    if name in WALKED:
        about = walk.stored(material).about
        made, until, what = about.made, about.until, "Past days forecast anew"
        return f"{what} on {numbers.long_date(made)}, up to {numbers.long_date(until)}."
    if name not in CHECKS:
        return ""
    checked = _simulated(material) if name == SIMULATED else _held_out(name, material)
    made, as_of = (numbers.long_date(day) for day in (checked.made, checked.as_of))
    return f"A check of {made}, from what was known on {as_of}."


def _held_out(name: str, material: Material):
    return held_out.result(material.scenario, PARTS[name])


def _simulated(material: Material):
    return stored.read(stored.path_of(material.scenario))
