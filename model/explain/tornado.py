"""What matters most: each outcome's chance with one driver lower and higher by a usual move.

A usual move is a standard deviation of where the driver may be half a year on: a point of the scale
is little for one that often moves by it, and beyond all expectation for another.
"""

from datetime import date

import pandas as pd

from model.assumptions import NOTHING, Assumptions, DriverAssumption
from model.explain.expected_levels import half_year_deviations
from model.forecast import Refused, answered
from model.forecast.levels import fitted_levels
from model.runs import Run
from model.scenario import HIGHEST, LOWEST

COLUMNS = "driver title level low_level high_level at_low at_high swing".split()


def tornado(run: Run, assumptions: Assumptions, outcome: str, deadline: date) -> pd.DataFrame:
    """One row per driver, the widest swing first: what a usual move does to `outcome`.

    level: where the driver is under `assumptions` (see `present_levels`); low_level, high_level:
    a usual move less and more, within -2..2, where somebody sets it from the as-of date on and the
    rest of the set stays. at_low, at_high: the outcome's chance by `deadline` there, NaN where too
    few draws are left; swing: their distance. Raises what `forecast` raises of the deadline.
    """
    levels, moves = present_levels(run, assumptions), half_year_deviations(run)
    rows = []
    for driver in run.scenario.drivers:
        level = levels[driver.id]
        ends = _ends(level, moves[driver.id])
        at_low, at_high = (
            chance(run, with_driver(assumptions, made), outcome, deadline)
            for made in (DriverAssumption(id=driver.id, level=end, verb="make") for end in ends)
        )
        rows.append((driver.id, driver.title, level, *ends, at_low, at_high, abs(at_high - at_low)))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values("swing", ascending=False, kind="stable", ignore_index=True)


def present_levels(run: Run, assumptions: Assumptions = NOTHING) -> dict[str, float]:
    """Each driver's level, -2..2: the one it is set to first, or the fitted one on the as-of day.

    A fitted level is the mean over draws.
    """
    levels = dict(fitted_levels(run))
    return levels | {set_.id: set_.levels(run.as_of)[0][1] for set_ in assumptions.drivers}


def with_driver(assumptions: Assumptions, driver: DriverAssumption) -> Assumptions:
    """The set with this driver's setting, a level in -2..2 or a path, in place of any it held."""
    others = tuple(other for other in assumptions.drivers if other.id != driver.id)
    return assumptions.model_copy(update={"drivers": (*others, driver)})


def chance(run: Run, assumptions: Assumptions, outcome: str, deadline: date) -> float:
    """The outcome's probability (0..1) by `deadline`, NaN where too few draws stand behind it."""
    try:
        answer = answered(run, assumptions, deadline)
    except Refused:
        return float("nan")
    return float(answer.row(outcome)["probability"])


def _ends(level: float, move: float) -> tuple[float, float]:
    # in tenths, as levels are set by hand, and at least one
    move = max(0.1, move)
    return max(LOWEST, round(level - move, 1)), min(HIGHEST, round(level + move, 1))
