"""Each driver's level over time: what the record says, and what the fit expects."""

from datetime import timedelta

import numpy as np
import pandas as pd

from model.fit.drivers import saturate
from model.forecast.monte_carlo import draw_interval
from model.runs import Run
from model.scenario.months import month_starts

COLUMNS = "driver title date level low high past".split()


def driver_curves(run: Run) -> pd.DataFrame:
    """One row per driver and month: driver, title, date, level, low, high, past.

    level is the mean over draws of the driver's level, -2..2, low and high bound the 90 % interval
    over draws. past: up to the as-of day the interval carries what the coders and reports leave
    open; after it, the months' new events as well.
    """
    history = run.observed.history
    noise = np.einsum("ncd,tcd->ntd", run.draws["coder_noise"], history.noise)
    past = saturate(history.mean + noise)
    # without its first month, the as-of day: the past ends with it
    future = saturate(run.paths["raw_path"][:, 1:].astype(float))
    ends = zip(_ends(past), _ends(future), strict=True)
    low, high, mean = (np.concatenate(both) for both in ends)
    days = [pd.Timestamp(day).date() for day in history.day]
    to_come = month_starts(1 + future.shape[1])[1:].tolist()
    days += [run.as_of + timedelta(days=day) for day in to_come]
    shared = {"date": days, "past": np.arange(len(days)) < past.shape[1]}
    tables = [
        pd.DataFrame(
            {"driver": driver.id, "title": driver.title, **shared}
            | {"level": mean[:, d], "low": low[:, d], "high": high[:, d]},
            columns=COLUMNS,
        )
        for d, driver in enumerate(run.scenario.drivers)
    ]
    return pd.concat(tables, ignore_index=True)


def _ends(levels: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(times, drivers) each: low, high and mean over draws of levels (draws, times, drivers)."""
    return *draw_interval(levels), levels.mean(axis=0)
