"""The scenario's arrows and classes as index vectors and selection matrices."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from model.runs.observed import Structure
from model.scenario import Clock, Link, Scenario
from model.scenario.scenario import ReferenceClass


def structure(scenario: Scenario) -> Structure:
    """What of a scenario is fixed in a compiled model; shapes as `Structure` declares them.

    Raises ValueError where an arrow or clock names what the scenario lacks.
    """
    classes, outcomes, links = scenario.class_ids, scenario.outcome_ids, scenario.links
    centred = centres(scenario)
    return Structure(
        effect_place=_effect_places(scenario),
        outcome_of_deaths=_of_deaths(scenario),
        link_from=places([link.from_ for link in links], outcomes),
        link_to=_choose([link.to for link in links], outcomes),
        link_by_class=np.array([link.hazard_of is not None for link in links], float),
        # a link with a size of its own has no class: any index will do, as it is multiplied by 0
        link_class=places([link.hazard_of or classes[0] for link in links], classes),
        link_base=places([_base_class(scenario, link.to) for link in links], classes),
        shape_place=_choose([c.id for c in shaped(scenario)], classes),
        gate_place=_choose([c.id for c in staged(scenario)], classes),
        link_place=_choose([link.name for link in sized(scenario)], [link.name for link in links]),
        centre_driver=places([c.driver for c in centred], scenario.driver_ids),
        centre_outcome=places([c.outcome for c in centred], outcomes),
        centre_clock=_choose([c.clock for c in centred], range(len(clocks(scenario)))),
    )


class Centre(NamedTuple):
    """Where a driver's effect on an outcome counts from while a clock runs.

    clock: its place among `clocks`. level: 90 % interval, -2..2.
    """

    clock: int
    outcome: str
    driver: str
    level: tuple[float, float]


def clocks(scenario: Scenario) -> list[tuple[str, Clock]]:
    """(outcome, clock) of all outcomes, in the order of the scenario's file."""
    return [(outcome.id, clock) for outcome in scenario.outcomes for clock in outcome.clocks]


def clock_name(clock: Clock) -> str:
    """How a clock is told from others of its outcome: by its day, or its switch where it has one.

    The name is the same on every as-of day, and the day of a switch is not.
    """
    return clock.switch or clock.date.isoformat()


def centres(scenario: Scenario) -> list[Centre]:
    """Every centre that the scenario names, in the order of the parameter vector."""
    return [
        Centre(place, outcome, driver, level)
        for place, (outcome, clock) in enumerate(clocks(scenario))
        for driver, level in clock.typical.items()
    ]


def shaped(scenario: Scenario) -> list[ReferenceClass]:
    """The classes whose hazard changes with time by a Weibull shape, in the scenario's order."""
    return [c for c in scenario.classes if c.shape is not None]


def staged(scenario: Scenario) -> list[ReferenceClass]:
    """The classes that are built: two stages after a shortest time, in the scenario's order."""
    return [c for c in scenario.classes if c.gate_share is not None]


def sized(scenario: Scenario) -> list[Link]:
    """The links with a hazard ratio of their own, not a class's hazard, in the scenario's order."""
    return [link for link in scenario.links if link.hazard_ratio is not None]


def trait_names(scenario: Scenario) -> list[tuple[str, str, float]]:
    """(class, trait, the region's value) per trait, in the order of the parameter vector."""
    return [(c.id, trait, value) for c in scenario.classes for trait, value in c.traits.items()]


def waiting_class(scenario: Scenario, clock: Clock) -> str:
    """The id of the clock's class that is not staged: what can happen without building.

    Raises StopIteration where all are staged, which `check` refuses.
    """
    return next(of for of in clock.classes if scenario.reference_class(of).gate_share is None)


def places(names: Iterable[str], among: Sequence[str]) -> np.ndarray:
    """(names,): where each stands in `among`, from 0; ValueError where one does not."""
    return np.array([among.index(name) for name in names], dtype=np.int64)


def _effect_places(scenario: Scenario) -> np.ndarray:
    start = _choose([effect.from_ for effect in scenario.effects], scenario.driver_ids)
    end = _choose([effect.to for effect in scenario.effects], scenario.outcome_ids)
    return start[:, :, None] * end[:, None, :]


def _of_deaths(scenario: Scenario) -> np.ndarray:
    deaths = scenario.deaths
    return _choose([deaths.outcome] if deaths else [], scenario.outcome_ids).sum(axis=0)


def _base_class(scenario: Scenario, outcome: str) -> str:
    return waiting_class(scenario, scenario.outcome(outcome).clocks[0])


def _choose(names: Sequence, among: Sequence) -> np.ndarray:
    """(names, among) selection matrix: 1 where the name is."""
    # reshaped: a list of no names would else lack its second axis
    chosen = [[float(name == other) for other in among] for name in names]
    return np.array(chosen).reshape(len(names), len(among))
