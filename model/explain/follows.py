"""What moves with a setting: the drivers that others' settings move, and by how much."""

from datetime import date

import numpy as np
import pandas as pd

from model.assumptions import NOTHING, Assumptions
from model.forecast.learning import learn
from model.forecast.levels import driver_levels
from model.runs import Run
from model.runs.remembered import per_run

COLUMNS = ["driver", "title", "change", "day"]
LEAST = 0.05  # of a level: less is not to be seen on a slider


def moved_drivers(run: Run, assumptions: Assumptions, day: date) -> pd.DataFrame:
    """One row per driver that is not set and moves by 0.05 levels or more.

    Columns: driver, title, change, day. change: its mean level on `day`, within the horizon, less
    the published one, -4..4; the largest come first. Only what is set of drivers moves others here;
    levels that are assumed also say which draws count.
    """
    if not assumptions.drivers:
        return pd.DataFrame(columns=COLUMNS)
    days = [(day - run.as_of).days, (day - run.as_of).days + 1]
    assumed = [driver for driver in assumptions.drivers if driver.verb == "assume"]
    learned = learn(run, assumed, assumptions.drivers) if assumed else None
    after = driver_levels(run, assumptions, days, learned.path if learned else None)[:, 0]
    weight = None
    if learned is not None:
        weight = np.exp(learned.log_density - learned.log_density.max())
    change = np.average(after, axis=0, weights=weight) - _published(run, days[0])
    set_ = {driver.id for driver in assumptions.drivers}
    rows = [
        (driver.id, driver.title, float(moved), day)
        for driver, moved in zip(run.scenario.drivers, change, strict=True)
        if driver.id not in set_ and abs(moved) >= LEAST
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values("change", key=abs, ascending=False, ignore_index=True)


@per_run(size=64)
def _published(run: Run, day: int) -> np.ndarray:
    """(drivers,): each driver's published mean level so many days on."""
    return driver_levels(run, NOTHING, [day, day + 1])[:, 0].mean(axis=0)
