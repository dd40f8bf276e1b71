"""Base hazards of the future: what the reference classes say of each step after the as-of date."""

from datetime import date

import numpy as np

from model.fit import likelihood
from model.fit.clocks import Running, running
from model.scenario import YEAR_DAYS, Scenario

SHORTEST = 1 / (24 * YEAR_DAYS)  # an hour: a clock that starts on the as-of day has run a little


def base_hazard(scenario: Scenario, as_of: date, draws: dict, days: np.ndarray) -> np.ndarray:
    """Average hazard per year (draws, steps, outcomes) of the outcomes' reference classes.

    draws: log_rate, shape, gate, each (draws, classes), and trait (draws, traits). days: (steps +
    1,) step edges in days after the as-of date. Averages are exact: what the cumulative hazard
    gains in a step by its length.
    """
    ran = [running(scenario, outcome, as_of, as_of) for outcome in scenario.outcomes]
    columns = [outcome_hazard(scenario, clock, as_of, draws, days) for clock in ran]
    return np.stack(columns, axis=-1)


def outcome_hazard(
    scenario: Scenario, ran: Running, as_of: date, draws: dict, days: np.ndarray
) -> np.ndarray:
    """(draws, steps): the sum over an outcome's classes, as each is a way for it to come about.

    ran: the clock that runs, and how; of steps before it began no matter. The rest as above.
    """
    years = np.asarray(days, float) / YEAR_DAYS
    total: float | np.ndarray = 0.0
    for of in ran.clock.classes:
        building = scenario.reference_class(of).gate_share is not None
        cumulative = _building if building else _waiting
        total = total + cumulative(scenario.class_ids.index(of), ran, as_of, draws, years)
    return np.diff(total, axis=1) / np.diff(years)


def _rate(c: int, ran: Running, draws: dict) -> np.ndarray:
    """(draws, 1): log of the class's yearly rate for the region, as switches have its traits."""
    rate = draws["log_rate"][:, c]
    for place, gap in ran.traits:
        rate = rate + gap * draws["trait"][:, place]
    return rate[:, None]


def _waiting(c: int, ran: Running, as_of: date, draws: dict, years: np.ndarray) -> np.ndarray:
    """(draws, edges): cumulative Weibull hazard of class c, by the time since the clock began."""
    since = np.maximum(years + (as_of - ran.began).days / YEAR_DAYS, SHORTEST)
    rate, shape = _rate(c, ran, draws), draws["shape"][:, c, None]
    return likelihood.weibull_cumulative(np, rate, shape, np.log(since))


def _building(c: int, ran: Running, as_of: date, draws: dict, years: np.ndarray) -> np.ndarray:
    """(draws, edges): cumulative hazard of both stages; of the second alone once works began."""
    rate, gate = _rate(c, ran, draws), draws["gate"][:, c, None]
    if ran.works is None:
        # while no works have begun the first stage starts anew each day, but not before the clock
        ahead = max((ran.began - as_of).days, 0) / YEAR_DAYS
        return likelihood.staged_cumulative(np, rate, years - ahead - gate)
    since = years + (as_of - ran.works).days / YEAR_DAYS
    # twice the rate, as in `staged_cumulative`: of its two stages the second alone is left
    return 2.0 * np.exp(rate) * np.maximum(since - gate, 0.0)
