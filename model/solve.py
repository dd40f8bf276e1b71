"""From a run and assumptions to the joint probabilities of every draw, step by step."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from model import engine, likelihood
from model.assumptions import NOTHING, Assumptions
from model.drivers import MONTH_DAYS, saturate
from model.hazard import base_hazard
from model.learning import Learned, learn
from model.observations import YEAR_DAYS, acting
from model.store import Run


@dataclass(frozen=True, eq=False)
class Solution:
    """What the engine says of every draw.

    days: step edges, days after the as-of date. joint: (draws, steps, 2**outcomes), each draw given
    the assumptions. weight: (draws,) summing to 1, None if all count alike. chance: probability of
    the assumed outcomes (per year where one happens on a day), 1 if none was assumed. learned: what
    assumed drivers taught, if any.
    """

    days: list[int]
    joint: np.ndarray
    weight: np.ndarray | None
    chance: float
    learned: Learned | None


def grid(run: Run, assumptions: Assumptions, deadline: date) -> list[int]:
    """Days after the as-of date on which a step ends: months, the deadline, assumptions' days."""
    months = {round(month * MONTH_DAYS) for month in range(run.scenario.horizon_months + 1)}
    dated = {day for a in assumptions.drivers for day, _ in a.levels(run.as_of)}
    dated |= {assumed.day for assumed in assumptions.outcomes} | {deadline}
    days = {(day - run.as_of).days for day in dated}
    return sorted(months | {day for day in days if 0 < day <= max(months)})


def solve(
    run: Run, assumptions: Assumptions, days: list[int], log_weight: np.ndarray | None = None
) -> Solution:
    """Solve the chain for every draw; `log_weight` are weights that the draws already carry."""
    learned = _learned(run, assumptions)
    path = run.paths["raw_path"] if learned is None else learned.path
    levels = driver_levels(run, assumptions, days, saturate(path.astype(float)))
    log_hazard = (
        _log_base(run, tuple(days)) + levels @ run.draws["pull"] + _factors(run, assumptions)
    )
    conditions = {"conditions": _conditions(run, assumptions, days)} if assumptions.outcomes else {}
    joint = engine.joint_probabilities(
        log_hazard,
        link_matrix(run),
        np.diff(days) / YEAR_DAYS,
        fade=_fade(run),
        start=settled(run),
        **conditions,
    )
    return _weighed(days, joint, learned, log_weight, bool(assumptions.outcomes))


def _learned(run: Run, assumptions: Assumptions) -> Learned | None:
    assumed = [driver for driver in assumptions.drivers if driver.verb == "assume"]
    return learn(run, assumed) if assumed else None


def _weighed(days, joint, learned, log_weight, conditioned: bool) -> Solution:
    """Put the draws' weights together, and make each draw's joint conditional."""
    log_total = np.zeros(len(joint)) if log_weight is None else log_weight
    if learned is not None:
        log_total = log_total + learned.log_density
    before = None
    if learned is not None or log_weight is not None:
        before = np.exp(log_total - log_total.max())
        before /= before.sum()
    if not conditioned:
        return Solution(days, joint, before, 1.0, learned)
    mass = joint[:, -1].sum(axis=1)
    weight = mass / len(mass) if before is None else before * mass
    chance = float(weight.sum())
    joint = joint / np.where(mass > 0, mass, 1.0)[:, None, None]
    return Solution(days, joint, weight / chance if chance > 0 else weight, chance, learned)


def _conditions(run: Run, assumptions: Assumptions, days: list[int]) -> list[engine.Condition]:
    return [
        engine.Condition(
            days.index((assumed.day - run.as_of).days) - 1,
            _kind(assumed),
            run.scenario.outcome_ids.index(assumed.id),
        )
        for assumed in assumptions.outcomes
    ]


def _kind(assumed) -> str:
    if assumed.verb == "make":
        return "made" if assumed.happens else "barred"
    if assumed.on is not None:
        return "happens"
    return "happened" if assumed.happens else "not_happened"


def _factors(run: Run, assumptions: Assumptions) -> np.ndarray:
    """(outcomes,): log of what beliefs multiply each outcome's hazard by."""
    found = np.zeros(len(run.scenario.outcomes))
    for belief in assumptions.beliefs:
        if belief.factor is not None:
            found[run.scenario.outcome_ids.index(belief.outcome)] += np.log(belief.factor)
    return found


@lru_cache(maxsize=32)
def _log_base(run: Run, days: tuple[int, ...]) -> np.ndarray:
    """(draws, steps, outcomes): log hazards at neutral drivers, links from the past included."""
    base = base_hazard(run.scenario, run.as_of, run.draws, np.array(days))
    middle = pd.to_timedelta((np.array(days[:-1]) + days[1:]) / 2, unit="D")
    chance = acting(run.scenario, _faded(run), pd.Timestamp(run.as_of) + middle)
    past = likelihood.past_links(np, run.draws, run.observed, chance)
    with np.errstate(divide="ignore"):
        return np.log(base) + run.draws["departure"][:, None, :] + past


def _faded(run: Run) -> dict[str, list[pd.Timestamp]]:
    """When outcomes happened before the as-of date, of those whose links fade."""
    return {
        outcome.id: [
            pd.Timestamp(day)
            for day in run.manifest["happened"].get(outcome.id, [])
            if outcome.link_half_life_days is not None
        ]
        for outcome in run.scenario.outcomes
    }


def settled(run: Run) -> int:
    """The state at the as-of date: what has happened for good."""
    return sum(
        1 << k
        for k, outcome in enumerate(run.scenario.outcomes)
        if not outcome.happens_again and run.manifest["happened"].get(outcome.id)
    )


def driver_levels(
    run: Run, assumptions: Assumptions, days: list[int], level: np.ndarray | None = None
) -> np.ndarray:
    """(draws, steps, drivers): levels in -2..+2 that hold during each step.

    level: (draws, months, drivers) to start from; the run's own simulated levels by default.
    """
    level = saturate(run.paths["raw_path"].astype(float)) if level is None else level
    months = np.round(np.arange(run.scenario.horizon_months) * MONTH_DAYS)
    steps = level[:, np.searchsorted(months, days[:-1], side="right") - 1]
    for assumed in assumptions.drivers:
        d = run.scenario.driver_ids.index(assumed.id)
        for day, value in assumed.levels(run.as_of):
            steps[:, np.array(days[:-1]) >= (day - run.as_of).days, d] = value
    return steps


@lru_cache(maxsize=8)
def link_matrix(run: Run) -> np.ndarray:
    """(draws, outcomes, outcomes): what j having happened adds to the log hazard of k."""
    shape = (len(run.scenario.outcomes),) * 2
    places = run.observed["link_from"], run.observed["link_to"].argmax(axis=1)
    return _placed(likelihood.link_strength(run.draws, run.observed), shape, places)


def _placed(values: np.ndarray, shape: tuple[int, int], places) -> np.ndarray:
    matrix = np.zeros((len(values), *shape))
    np.add.at(matrix, (slice(None), *places), values)
    return matrix


def _fade(run: Run) -> np.ndarray:
    days = [outcome.link_half_life_days or np.inf for outcome in run.scenario.outcomes]
    return np.array(days) / YEAR_DAYS


def headline_draws(run: Run, deadline: date) -> np.ndarray:
    """Each draw's probability of each outcome by `deadline`, (draws, outcomes)."""
    last = (deadline - run.as_of).days
    days = [day for day in grid(run, NOTHING, deadline) if day <= last]
    return engine.marginals(solve(run, NOTHING, days).joint[:, -1:])[:, 0]
