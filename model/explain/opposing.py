"""The best case against a forecast: the set of assumptions that takes an outcome furthest away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isnan

from model.assumptions import Assumptions, faults
from model.explain.tornado import chance
from model.forecast.surprise import one_in, together
from model.runs import Run
from model.scenario import last_day


@dataclass(frozen=True)
class Opposing:
    """A set by its name, the outcome's chance under it (0..1), and how surprising it is."""

    name: str
    assumptions: Assumptions
    chance: float
    surprise: str


def opposing(
    run: Run, outcome: str, sets: Mapping[str, Assumptions], now: float, deadline: date
) -> Opposing | None:
    """Of `sets`, by name, the one that takes `outcome` furthest past even odds or towards them.

    A chance `now` (0..1) under a half is opposed by the highest, one from a half on by the lowest.
    None where no set moves it that way. Sets that too few draws stand behind are passed over, so
    are those `not_of_this_day`, and those that change the fit: they ask for another model, not for
    another world.
    """
    # a set that only strengthens what is expected argues for the forecast, not against it
    sign = 1 if now < 0.5 else -1
    misfits = not_of_this_day(run, sets)
    worlds = {
        name: world
        for name, world in sets.items()
        if name not in misfits and not world.changes_the_fit
    }
    chances = {name: chance(run, world, outcome, deadline) for name, world in worlds.items()}
    known = {name: sign * (p - now) for name, p in chances.items() if not isnan(p)}
    best = max(known, key=known.get, default=None)
    if best is None or known[best] <= 0:
        return None
    assumptions = sets[best]
    surprise = one_in(together(run, assumptions), bool(assumptions.beliefs))
    return Opposing(best, assumptions, chances[best], surprise)


def not_of_this_day(run: Run, sets: Mapping[str, Assumptions]) -> list[str]:
    """Names of the sets that cannot be asked of this run: a day or a name in them does not fit."""
    last = last_day(run.scenario, run.as_of)
    return [name for name, world in sets.items() if faults(world, run.scenario, run.as_of, last)]
