"""Base hazards of the future: what the reference classes say of each step after the as-of date."""

from datetime import date

import numpy as np
import pandas as pd

from model.fit import likelihood
from model.fit.observations import clock_at
from model.scenario import YEAR_DAYS, Clock, Scenario

SHORTEST = 1 / (24 * YEAR_DAYS)  # an hour: a clock that starts on the as-of day has run a little


def base_hazard(scenario: Scenario, as_of: date, draws: dict, days: np.ndarray) -> np.ndarray:
    """Average hazard per year (draws, steps, outcomes) of the outcomes' reference classes.

    draws: log_rate, shape, gate, each (draws, classes). days: (steps + 1,) step edges in days after
    the as-of date. Averages are exact: what the cumulative hazard gains in a step by its length.
    """
    years = np.asarray(days, float) / YEAR_DAYS
    clocks = [clock_at(outcome, pd.Timestamp(as_of), as_of) for outcome in scenario.outcomes]
    columns = [_outcome_hazard(scenario, clock, as_of, draws, years) for clock in clocks]
    return np.stack(columns, axis=-1)


def _outcome_hazard(
    scenario: Scenario, clock: Clock, as_of: date, draws: dict, years: np.ndarray
) -> np.ndarray:
    """(draws, steps): the sum over an outcome's classes, as each is a way for it to come about."""
    total: float | np.ndarray = 0.0
    for of in clock.classes:
        building = scenario.reference_class(of).gate_share is not None
        cumulative = _building if building else _waiting
        total = total + cumulative(scenario.class_ids.index(of), clock, as_of, draws, years)
    return np.diff(total, axis=1) / np.diff(years)


def _waiting(c: int, clock: Clock, as_of: date, draws: dict, years: np.ndarray) -> np.ndarray:
    """(draws, edges): cumulative Weibull hazard of class c, by the time since the clock began."""
    since = np.maximum(years + (as_of - clock.date).days / YEAR_DAYS, SHORTEST)
    rate, shape = draws["log_rate"][:, c, None], draws["shape"][:, c, None]
    return likelihood.weibull_cumulative(np, rate, shape, np.log(since))


def _building(c: int, clock: Clock, as_of: date, draws: dict, years: np.ndarray) -> np.ndarray:
    """(draws, edges): cumulative hazard of both stages; of the second alone once works began."""
    rate, gate = draws["log_rate"][:, c, None], draws["gate"][:, c, None]
    if clock.works_began is None or clock.works_began > as_of:
        return likelihood.staged_cumulative(np, rate, years - gate)
    since = years + (as_of - clock.works_began).days / YEAR_DAYS
    # twice the rate, as in `staged_cumulative`: of its two stages the second alone is left
    return 2.0 * np.exp(rate) * np.maximum(since - gate, 0.0)
