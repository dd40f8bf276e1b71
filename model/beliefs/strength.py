"""A driver held to matter more or less than published: all its effects stronger or weaker."""

import numpy as np

from model.assumptions import Belief
from model.scenario import Scenario


def effects_times(scenario: Scenario, driver: str, times: float) -> tuple[Belief, ...]:
    """A belief about each effect of a driver: its log hazard ratio's centre times `times`.

    The 90 % interval moves as a whole and keeps its width in logs, so the doubt stays; its ends
    have two digits. None for `times` of 1, which is what is published.
    """
    if times == 1:
        return ()
    effects = [effect for effect in scenario.effects if effect.from_ == driver]
    return tuple(
        Belief(effect=effect.name, hazard_ratio=_moved(effect.hazard_ratio, times))
        for effect in effects
    )


def _moved(interval: tuple[float, float], times: float) -> tuple[float, float]:
    ends = np.log(interval)
    low, high = np.exp(ends + (times - 1) * ends.mean())
    return float(f"{low:.2g}"), float(f"{high:.2g}")
