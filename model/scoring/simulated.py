"""Evidence simulated from known parameters, from the definitions and not from the likelihood.

The design is that of real evidence: its cases with their traits and how long each could be watched,
its cells and their exposure, its weeks with their clocks and driver histories. What happened in it
is made anew.
"""

from dataclasses import replace

import numpy as np

from model.fit.drivers import saturate
from model.runs.observed import Builds, Cases, Cells, Months, Observed
from model.scoring.design import Classes, Design, Free, by_class
from model.scoring.simulated_record import record


def simulate(free: Free, of: Design, rng: np.random.Generator) -> Observed:
    """The evidence that a fit would be given in a world with these parameters.

    free: parameter -> its value, (places,). The gate's cap stays that of the real builds: in the
    likelihood it is known.
    """
    classes, observed = by_class(free, of), of.observed
    return replace(
        observed,
        cases=_cases(free, classes, of, rng),
        builds=_builds(free, classes, of, rng),
        cells=_cells(free, classes, observed.cells, rng),
        weeks=record(free, classes, of, rng),
        months=_deaths(free, of, rng),
    )


def waiting_times(rate, shape, entry, rng: np.random.Generator) -> np.ndarray:
    """Times after `entry`, all (cases,) in years, with the hazard rate * t**(shape - 1).

    In the first year the hazard is that year's average, rate / shape. Survival is inverted.
    """
    passed = rng.exponential(size=len(rate)) + by_then(rate, shape, entry)
    years = shape * passed / rate
    return np.where(years < 1, years, years ** (1 / shape))


def by_then(rate, shape, time) -> np.ndarray:
    """Cumulative hazard at `time`, in years."""
    return rate / shape * np.where(time < 1, time, time**shape)


def _row_rates(free: Free, classes: Classes, table) -> np.ndarray:
    return classes.rate[table.class_] * np.exp(table.traits @ free["trait"])


def _cases(free: Free, classes: Classes, of: Design, rng: np.random.Generator) -> Cases:
    cases = of.observed.cases
    entry, shape = np.exp(cases.log_entry), classes.shape[cases.class_]
    time = waiting_times(_row_rates(free, classes, cases), shape, entry, rng)
    seen = np.maximum(np.minimum(time, of.watched), 1e-8)
    return replace(cases, log_time=np.log(seen), event=(time <= of.watched).astype(float))


def _builds(free: Free, classes: Classes, of: Design, rng: np.random.Generator) -> Builds:
    builds = of.observed.builds
    rate = _row_rates(free, classes, builds)
    stages = rng.exponential(1 / (2 * rate), (2, len(rate)))  # works begin, works end
    time = classes.gate[builds.class_] + stages.sum(axis=0)
    event = (time <= of.built).astype(float)
    return replace(builds, time=np.minimum(time, of.built), event=event)


def _cells(free: Free, classes: Classes, cells: Cells, rng: np.random.Generator) -> Cells:
    rate, shape = _row_rates(free, classes, cells), classes.shape[cells.class_]
    ends = (by_then(rate, shape, np.exp(edge)) for edge in (cells.log_from, cells.log_to))
    start, end = ends
    expected = (end - start) * cells.exposure_per_year
    return replace(cells, events=rng.poisson(expected).astype(float))


def _deaths(free: Free, of: Design, rng: np.random.Generator) -> Months:
    """Monthly deaths, all of them given to their month."""
    scenario, months = of.scenario, of.observed.months
    if scenario.deaths is None:
        return months
    noise = np.einsum("tcd,cd->td", months.noise, free["coder_noise"])
    level, pull = saturate(months.mean + noise), np.zeros(len(months.mean))
    for size, effect in zip(free["effect"], scenario.effects, strict=True):
        if effect.to == scenario.deaths.outcome:
            pull += size * level[:, scenario.driver_ids.index(effect.from_)]
    mean = np.exp(free["death_level"] + np.exp(free["death_scale"]) * pull)
    size = np.exp(free["death_dispersion"])
    deaths = rng.poisson(rng.gamma(size, mean / size)).astype(float)
    return replace(months, deaths=deaths, deaths_more=deaths, more_chance=np.zeros(len(deaths)))
