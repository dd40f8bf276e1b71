"""The flip point: the least surprising single change that takes an outcome past a chance."""

from datetime import date

import numpy as np
import pandas as pd

from model.assumptions import Assumptions, DriverAssumption, OutcomeAssumption
from model.explain.conditional import default_day
from model.explain.tornado import chance, present_levels, with_driver
from model.forecast.solve import settled
from model.forecast.surprise import chance_of
from model.runs import Run
from model.scenario import HIGHEST, LOWEST

STEP = 0.1
COLUMNS = "kind id title verb setting probability chance one_in".split()


def flip_points(
    run: Run, assumptions: Assumptions, outcome: str, threshold: float, deadline: date
) -> pd.DataFrame:
    """One row per single change that takes `outcome` past `threshold`, the least surprising first.

    threshold, probability and chance are in 0..1. Past is at or above a threshold above the present
    chance, at or below one under it. kind: driver or outcome; verb: make or assume; setting: what
    is changed, to be put into a set; probability: of the outcome by `deadline` then; chance: of a
    setting that far out under the fitted model, and one_in its inverse. Somebody sets a driver,
    from the as-of date or from `default_day` on, to the tenth nearest its present level that is
    past; another outcome is brought about on `default_day`, or we learn of it by then. (A level
    that we learn of has to be near what the draws say, so it seldom moves an outcome far.) A change
    that too few draws stand behind is not there. The table is empty where no single change does it.
    """
    now = chance(run, assumptions, outcome, deadline)
    passes = (lambda p: p >= threshold) if threshold > now else (lambda p: p <= threshold)

    def try_out(tried: Assumptions) -> float:
        return chance(run, tried, outcome, deadline)

    levels = present_levels(run, assumptions)
    starts = run.as_of, default_day(run.as_of, deadline)
    rows = [
        row
        for driver in run.scenario.drivers
        for end in (LOWEST, HIGHEST)
        for row in _by_driver(assumptions, driver, levels[driver.id], end, starts, try_out, passes)
    ]
    rows += _by_outcomes(run, assumptions, outcome, deadline, try_out, passes)
    table = pd.DataFrame(rows, columns=["kind", "id", "title", "verb", "setting", "probability"])
    chances = [chance_of(run, [setting]) for setting in table["setting"]]
    table = table.assign(chance=chances, one_in=[1 / max(c, 1e-12) for c in chances])
    order = table.sort_values("chance", ascending=False, kind="stable", ignore_index=True)
    return order[COLUMNS]


def _by_driver(assumptions, driver, level, end, starts, try_out, passes):
    """One row per start: the level nearest to `level`, on the way to `end`, that is past, if any.

    What no early change does, a later one does not either.
    """
    start_level = round(level / STEP) * STEP
    for start in starts:
        # the defaults bind this turn's start: a plain closure would see the last one

        def at(steps: int, start=start) -> DriverAssumption:
            far = round(start_level + STEP * steps * np.sign(end - start_level), 1)
            level = min(HIGHEST, max(LOWEST, far))
            return DriverAssumption(id=driver.id, level=level, from_=start, verb="make")

        def ask(steps: int, at=at) -> float:
            return try_out(with_driver(assumptions, at(steps)))

        steps, probability = _first_past(round(abs(end - start_level) / STEP), ask, passes)
        if steps is None:
            return
        if not np.isnan(probability):
            yield "driver", driver.id, driver.title, "make", at(steps), probability


def _first_past(far: int, ask, passes) -> tuple[int | None, float]:
    """The fewest steps, up to `far`, that are past or refused, and the chance there.

    By bisection: further out it stays so. None where `far` steps are not enough.
    """

    def done(steps: int) -> bool:
        chances[steps] = ask(steps)
        return np.isnan(chances[steps]) or passes(chances[steps])

    near, chances = 0, {}
    if far == 0 or not done(far):
        return None, np.nan
    while far - near > 1:
        middle = (near + far) // 2
        near, far = (near, middle) if done(middle) else (middle, far)
    return far, chances[far]


def _by_outcomes(run: Run, assumptions, outcome, deadline, try_out, passes):
    """One row per other open outcome and verb that takes `outcome` past, if it does."""
    day = default_day(run.as_of, deadline)
    taken = {outcome, *(setting.id for setting in assumptions.outcomes)}
    for k, other in enumerate(run.scenario.outcomes):
        for verb, when in (("make", {"on": day}), ("assume", {"by": day})):
            if other.id in taken or settled(run) >> k & 1:
                continue
            setting = OutcomeAssumption(id=other.id, verb=verb, **when)
            tried = assumptions.model_copy(update={"outcomes": (*assumptions.outcomes, setting)})
            probability = try_out(tried)
            if passes(probability):
                yield "outcome", other.id, other.title, verb, setting, probability
