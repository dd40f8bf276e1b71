"""Hazards from the day on that a user turns a switch: another clock, trait or stage, same draws."""

import numpy as np

from model.assumptions import SwitchAssumption
from model.fit import likelihood
from model.fit.clocks import Running, running, turning_days
from model.forecast.hazard import outcome_hazard
from model.runs import Run

Turned = tuple[SwitchAssumption, ...]


def switched(run: Run, base: np.ndarray, days: tuple[int, ...], turned: Turned) -> np.ndarray:
    """(draws, steps, outcomes): `base` with what the switches change of it, exactly.

    base: log hazards with every driver at 0, of the same shape. days: (steps + 1,) step edges in
    days after the as-of date, those of the switches among them. Other outcomes stay bit for bit.
    """
    changed = base.copy()
    turns = turning_days(turned, run.as_of)
    starts = np.array(days[:-1])
    for day, end in zip(turns, [*turns[1:], None], strict=True):
        last = len(starts) if end is None else np.searchsorted(starts, (end - run.as_of).days)
        steps = slice(np.searchsorted(starts, (day - run.as_of).days), last)
        for k, outcome in enumerate(run.scenario.outcomes):
            now = running(run.scenario, outcome, day, run.as_of, turned)
            if now != running(run.scenario, outcome, run.as_of, run.as_of):
                changed[:, steps, k] = _log_hazard(run, now, days, k)[:, steps]
    return changed


def _log_hazard(run: Run, now: Running, days: tuple[int, ...], k: int) -> np.ndarray:
    """(draws, steps): an outcome's log hazard under a clock, every driver at 0."""
    base = outcome_hazard(run.scenario, now, run.as_of, run.draws, np.array(days))
    centred = likelihood.centre_pulls(np, run.draws, run.observed.structure)[:, now.number]
    # a stage that has not begun adds nothing, and steps before the clock are not used
    with np.errstate(divide="ignore"):
        return np.log(base) + (run.draws["departure"][:, k] - centred)[:, None]
