"""From a run and assumptions to the joint probabilities of every draw, step by step."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np

from model.assumptions import NOTHING, Assumptions, OutcomeAssumption
from model.engine import engine
from model.fit import likelihood
from model.fit.clocks import running
from model.forecast.hazard import base_hazard
from model.forecast.learning import Learned, learn
from model.forecast.levels import driver_levels, made_pull, months_needed
from model.forecast.switched import Turned, switched
from model.runs import Run
from model.runs.remembered import per_run
from model.scenario import YEAR_DAYS, Outcome
from model.scenario.months import month_starts


@dataclass(frozen=True, eq=False)
class Solution:
    """What the engine says of every draw.

    days: step edges, days after the as-of date. happened: (draws, steps, outcomes), each draw's
    chance that an outcome has happened by the end of a step, given the assumptions. joint: (draws,
    2**outcomes), of every set of outcomes at one step. weight: (draws,) summing to 1, None if all
    count alike. chance: probability of the assumed outcomes (per year where one happens on a day),
    1 if none was assumed. learned: what assumed drivers taught, if any.
    """

    days: list[int]
    happened: np.ndarray
    joint: np.ndarray
    weight: np.ndarray | None
    chance: float
    learned: Learned | None


def grid(run: Run, assumptions: Assumptions, deadline: date) -> list[int]:
    """Days after the as-of date on which a step ends: months, the deadline, assumptions' days.

    (steps + 1,) increasing, 0 first. The months reach to the horizon; days outside it are left out.
    """
    months = set(month_starts(run.scenario.horizon_months + 1).tolist())
    dated = {day for a in assumptions.drivers for day in a.days(run.as_of)}
    dated |= {day for a in assumptions.switches for day in a.days(run.as_of)}
    dated |= {assumed.day for assumed in assumptions.outcomes} | {deadline}
    days = {(day - run.as_of).days for day in dated}
    return sorted(months | {day for day in days if 0 < day <= max(months)})


def shortest_grid(run: Run, assumptions: Assumptions, deadline: date) -> list[int]:
    """The days of `grid` up to the deadline and the last day of an assumed outcome.

    What comes after them changes no probability by the deadline.
    """
    last = max([deadline, *(assumed.day for assumed in assumptions.outcomes)])
    return [day for day in grid(run, assumptions, deadline) if day <= (last - run.as_of).days]


def solve(
    run: Run,
    assumptions: Assumptions,
    days: list[int],
    log_weight: np.ndarray | None = None,
    at: int | None = None,
) -> Solution:
    """Solve the chain for every draw, with the joint at the end of step `at` (default: the last).

    days: (steps + 1,) step edges in days after the as-of date, 0 first, the days of the assumptions
    among them. log_weight: (draws,), what the draws already carry, up to a constant.
    """
    learned = _learned(run, assumptions)
    joint, happened = engine.solved(
        **asked_of_engine(run, assumptions, days, learned),
        conditions=_conditions(run, assumptions, days),
        keep=[len(days) - 2 if at is None else at],
    )
    return _weighed(days, happened, joint[:, 0], learned, log_weight, bool(assumptions.outcomes))


def asked_of_engine(
    run: Run, assumptions: Assumptions, days: list[int], learned: Learned | None = None
) -> dict[str, Any]:
    """What the engine is asked of a run, but for conditions: see `engine.joint_probabilities`."""
    log_hazard, factors = _log_hazard(run, assumptions, days, learned), _factors(run, assumptions)
    return {
        "log_hazard": log_hazard + factors if factors.any() else log_hazard,
        "link": link_matrix(run),
        "step": np.diff(days) / YEAR_DAYS,
        "fade": _fade(run),
        "start": settled(run),
        "acting": still_acting(run),
    }


def _learned(run: Run, assumptions: Assumptions) -> Learned | None:
    assumed = [driver for driver in assumptions.drivers if driver.verb == "assume"]
    return learn(run, assumed, assumptions.drivers) if assumed else None


def _weighed(
    days: list[int],
    happened: np.ndarray,
    joint: np.ndarray,
    learned: Learned | None,
    log_weight: np.ndarray | None,
    conditioned: bool,
) -> Solution:
    """Put the draws' weights together, and make each draw's probabilities conditional."""
    log_total = np.zeros(len(joint)) if log_weight is None else log_weight
    if learned is not None:
        log_total = log_total + learned.log_density
    before = None
    if learned is not None or log_weight is not None:
        before = np.exp(log_total - log_total.max())
        before /= before.sum()
    if not conditioned:
        # the engine's sums can pass 1 by a rounding error; in place, as nobody else has the array
        return Solution(days, np.minimum(happened, 1.0, out=happened), joint, before, 1.0, learned)
    mass = joint.sum(axis=1)
    weight = mass / len(mass) if before is None else before * mass
    chance = float(weight.sum())
    # a draw in which the assumed cannot be has no conditional chances; its weight is 0 anyway
    whole = np.where(mass > 0, mass, 1.0)[:, None]
    happened = np.minimum(happened / whole[:, None], 1.0)
    weight = weight / chance if chance > 0 else weight
    return Solution(days, happened, joint / whole, weight, chance, learned)


def _conditions(run: Run, assumptions: Assumptions, days: list[int]) -> list[engine.Condition]:
    return [
        engine.Condition(
            days.index((assumed.day - run.as_of).days) - 1,
            _kind(assumed),
            run.scenario.outcome_ids.index(assumed.id),
        )
        for assumed in assumptions.outcomes
    ]


def _kind(
    assumed: OutcomeAssumption,
) -> Literal["happened", "not_happened", "happens", "made", "barred"]:
    if assumed.verb == "make":
        return "made" if assumed.happens else "barred"
    if assumed.on is not None:
        return "happens"
    return "happened" if assumed.happens else "not_happened"


def _factors(run: Run, assumptions: Assumptions) -> np.ndarray:
    """(outcomes,): log of what beliefs multiply each outcome's hazard by."""
    log_factor = np.zeros(len(run.scenario.outcomes))
    for belief in assumptions.beliefs:
        if belief.factor is not None:
            log_factor[run.scenario.outcome_ids.index(belief.outcome)] += np.log(belief.factor)
    return log_factor


def _log_hazard(
    run: Run, assumptions: Assumptions, days: list[int], learned: Learned | None
) -> np.ndarray:
    """(draws, steps, outcomes): log hazards with the drivers where the assumptions have them."""
    turned = assumptions.switches
    if learned is None:
        fitted = _fitted_log_hazard(run, tuple(days), turned)
        return made_pull(run, assumptions, days, fitted)
    levels = driver_levels(run, assumptions, days, learned.path_to(months_needed(run, days)))
    return _log_base(run, tuple(days), turned) + levels @ run.draws["pull"]


@per_run(size=8)
def _fitted_log_hazard(run: Run, days: tuple[int, ...], turned: Turned = ()) -> np.ndarray:
    """(draws, steps, outcomes): log hazards with every driver on its own path."""
    own = driver_levels(run, NOTHING, list(days))
    return _log_base(run, days, turned) + own @ run.draws["pull"]


@per_run(size=8)
def _log_base(run: Run, days: tuple[int, ...], turned: Turned = ()) -> np.ndarray:
    """(draws, steps, outcomes): log hazards with every driver at 0 and no link acting.

    A driver's effect counts from where a case of the clock's class typically stands, as in the fit.
    turned: the switches that a user turns.
    """
    if turned:
        return switched(run, _log_base(run, days), days, turned)
    base = base_hazard(run.scenario, run.as_of, run.draws, np.array(days))
    centred = likelihood.centre_pulls(np, run.draws, run.observed.structure)[:, clocks(run)]
    with np.errstate(divide="ignore"):
        return np.log(base) + (run.draws["departure"] - centred)[:, None, :]


def clocks(run: Run) -> np.ndarray:
    """(outcomes,): the clock that runs from the as-of day on, among those of all outcomes."""
    outcomes = run.scenario.outcomes
    return np.array([running(run.scenario, o, run.as_of, run.as_of).number for o in outcomes])


def still_acting(run: Run) -> np.ndarray:
    """(outcomes,): chance on the as-of day that links of what has happened before act still.

    0 where nothing has happened, and where links do not fade: those act from the start state.
    """
    return np.array([_still_acting(run, outcome) for outcome in run.scenario.outcomes])


def _still_acting(run: Run, outcome: Outcome) -> float:
    days = run.manifest["happened"].get(outcome.id, [])
    if not days or outcome.link_half_life_days is None:
        return 0.0
    age = (run.as_of - date.fromisoformat(max(days))).days
    return 0.5 ** (age / outcome.link_half_life_days)


def settled(run: Run) -> int:
    """The state at the as-of date: bit k is set where outcome k has happened for good."""
    return sum(
        1 << k
        for k, outcome in enumerate(run.scenario.outcomes)
        if not outcome.happens_again and run.manifest["happened"].get(outcome.id)
    )


@per_run(size=8)
def link_matrix(run: Run) -> np.ndarray:
    """(draws, outcomes, outcomes): what j having happened adds to the log hazard of k."""
    shape = (len(run.scenario.outcomes),) * 2
    structure = run.observed.structure
    places = structure.link_from, structure.link_to.argmax(axis=1)
    return _placed(likelihood.link_strength(run.draws, structure), shape, places)


def _placed(
    values: np.ndarray, shape: tuple[int, int], places: tuple[np.ndarray, np.ndarray]
) -> np.ndarray:
    """(draws, *shape): the values (draws, links) at their (rows, columns), zero elsewhere."""
    matrix = np.zeros((len(values), *shape))
    # and not `matrix[...] += values`, which of two links at one place would count only the last
    # numpy takes a tuple of places here, which its stubs do not know
    np.add.at(matrix, (slice(None), *places), values)  # type: ignore[arg-type]
    return matrix


def _fade(run: Run) -> np.ndarray:
    """(outcomes,): half-lives of the outcomes' links in years, infinite where they do not fade."""
    days = [outcome.link_half_life_days or np.inf for outcome in run.scenario.outcomes]
    return np.array(days) / YEAR_DAYS


def headline_draws(run: Run, deadline: date) -> np.ndarray:
    """(draws, outcomes): each draw's probability (0..1) of each outcome by `deadline`."""
    days = shortest_grid(run, NOTHING, deadline)
    return solve(run, NOTHING, days).happened[:, -1]
