"""How far a driver is expected to go: its levels half a year on, with nothing set."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from model.assumptions.assumptions import LEARNED_AFTER
from model.fit.drivers import saturate
from model.runs import Run
from model.runs.remembered import per_run
from model.scenario.months import learned_month


@per_run(size=8)
def half_year_ranges(run: Run) -> Mapping[str, tuple[float, float]]:
    """Each driver's 90 % range (low, high), -2..2, half a year after the as-of day, by its id.

    The month is the one at which a level that is learned on that day counts.
    """
    low, high = np.quantile(_half_a_year_on(run), [0.05, 0.95], axis=0)
    ends = zip(low.tolist(), high.tolist(), strict=True)
    return MappingProxyType(dict(zip(run.scenario.driver_ids, ends, strict=True)))


@per_run(size=8)
def half_year_deviations(run: Run) -> Mapping[str, float]:
    """The standard deviation of each driver's level, 0..2, half a year on, by its id."""
    deviations = _half_a_year_on(run).std(axis=0).tolist()
    return MappingProxyType(dict(zip(run.scenario.driver_ids, deviations, strict=True)))


def _half_a_year_on(run: Run) -> np.ndarray:
    """(draws, drivers) levels, -2..2, in the month in which a level learned on the day counts."""
    path = run.paths["raw_path"]
    month = learned_month(run.as_of, run.as_of + LEARNED_AFTER, path.shape[1] - 1)
    return saturate(path[:, month].astype(float))
