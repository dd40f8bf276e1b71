"""What a user supposes: types, faults, files and links."""

from model.assumptions.assumptions import (
    NOTHING,
    AddedEvent,
    Assumptions,
    Belief,
    Dated,
    DriverAssumption,
    LeftOut,
    OutcomeAssumption,
    SwitchAssumption,
)
from model.assumptions.files import built_in_sets, from_link, to_link
from model.assumptions.validity import faults

__all__ = [
    "NOTHING",
    "AddedEvent",
    "Assumptions",
    "Belief",
    "Dated",
    "DriverAssumption",
    "LeftOut",
    "OutcomeAssumption",
    "SwitchAssumption",
    "built_in_sets",
    "faults",
    "from_link",
    "to_link",
]
