"""How much a driver matters: as published, or all its effects stronger or weaker, in one press."""

import streamlit as st

from model.assumptions import Belief
from model.beliefs.strength import effects_times
from model.scenario import Driver, Scenario
from pages.ui.assumptions import pieces
from pages.ui.memory import own

WAYS = {"Half as much": 0.5, "As published": 1.0, "Twice as much": 2.0}


def choose(scenario: Scenario, driver: Driver) -> None:
    """The control beside a driver's level; no way is chosen where the set's effects are others."""
    shown = _way(scenario, driver.id)
    st.segmented_control(
        f"How much {driver.title} matters",
        list(WAYS),
        default=shown,
        key=own.key_showing(shown, driver.id, "matters"),
        on_change=pieces.redraw,
        args=(_believe, scenario, driver.id),
        help="Each of its effects half or twice as strong: the 90% intervals of the hazard ratios "
        "move as a whole, in logs. Beliefs has them one by one.",
    )


def _believed(driver: str) -> tuple[Belief, ...]:
    """What the set holds of this driver's effects."""
    return tuple(
        belief
        for belief in own.current().beliefs
        if belief.effect and belief.effect.split(" -> ")[0] == driver
    )


def _way(scenario: Scenario, driver: str) -> str | None:
    believed = set(_believed(driver))
    ways = (way for way, x in WAYS.items() if set(effects_times(scenario, driver, x)) == believed)
    return next(ways, None)


def _believe(scenario: Scenario, driver: str) -> None:
    way = st.session_state[own.key(driver, "matters")] or "As published"
    current, before = own.current(), _believed(driver)
    others = tuple(belief for belief in current.beliefs if belief not in before)
    beliefs = (*others, *effects_times(scenario, driver, WAYS[way]))
    own.keep(current.model_copy(update={"beliefs": beliefs}))
