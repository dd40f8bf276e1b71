"""From the base rate to the published chance: what each part of the model adds, one after another.

Without links the outcomes do not touch each other, so an outcome's chance in a draw is one minus
exp(−its cumulative hazard), and each part before the links needs no engine.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from model.assumptions import NOTHING
from model.forecast import answered
from model.forecast.hazard import base_hazard
from model.forecast.levels import driver_levels
from model.forecast.solve import clocks, settled, shortest_grid
from model.runs import Run
from model.scenario import YEAR_DAYS

COLUMNS = "outcome part id before after share mcse".split()
NODES = 12  # of the integral over the drivers' strength; its error is then under 1e-9


def build_up(run: Run, deadline: date) -> pd.DataFrame:
    """Rows per open outcome: base, region, one per driver that acts on it, links, published.

    before, after: chances (0..1) by `deadline` on either side of a part, share their difference.
    base: what the reference classes' hazard gives. region: times how far the region departs from
    them. Drivers: each counted from where the class's cases stood; their joint step is divided by
    Aumann-Shapley values (Aumann and Shapley 1974, Values of Non-Atomic Games), which add up:
    what a driver adds while all of them grow from nothing to full strength together. links: what
    other outcomes that happen first, or happened before, add. published: their sum, bit for bit
    the forecast's. mcse: the Monte Carlo error of the published chance. Raises what `forecast`
    raises of the deadline.
    """
    published = answered(run, NOTHING, deadline)
    days = shortest_grid(run, NOTHING, deadline)
    years = np.diff(days) / YEAR_DAYS
    hazard = base_hazard(run.scenario, run.as_of, run.draws, np.array(days)) * years[:, None]
    levels, centres = driver_levels(run, NOTHING, days), _centres(run)
    rows = [
        (outcome.id, *row, float(published.row(outcome.id)["mcse"]))
        for k, outcome in enumerate(run.scenario.outcomes)
        if not settled(run) >> k & 1
        for row in _of_outcome(
            hazard[:, :, k],
            run.draws["departure"][:, k],
            _pulls(run, levels, centres, k),
            float(published.row(outcome.id)["probability"]),
        )
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _of_outcome(
    hazard: np.ndarray, departure: np.ndarray, pulls: dict[str, np.ndarray], published: float
) -> Iterator[tuple]:
    """(part, id, before, after, share) per part, in order.

    hazard: (draws, steps), the base hazard of each step times its length. departure: (draws,).
    pulls: (draws, steps) by driver, what it adds to the log hazard.
    """
    regional = hazard * np.exp(departure)[:, None]
    base, region = _chance(hazard), _chance(regional)
    shares = [("base", "", base), ("region", "", region - base)]
    shares += [("driver", id, share) for id, share in _by_driver(regional, pulls).items()]
    shares.append(("links", "", published - sum(share for *_, share in shares)))
    level = 0.0
    for kind, id, share in shares:
        yield kind, id, level, level + share, share
        level += share
    yield "published", "", 0.0, published, published


def _chance(hazard: np.ndarray) -> float:
    return float(-np.expm1(-hazard.sum(axis=1)).mean())


def _by_driver(hazard: np.ndarray, pulls: dict[str, np.ndarray]) -> dict[str, float]:
    """Each driver's Aumann-Shapley value in the chance: d chance / d strength, integrated 0..1."""
    together = sum(pulls.values(), np.zeros_like(hazard))
    slope = np.zeros_like(hazard)
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    for strength, weight in zip((nodes + 1) / 2, weights / 2, strict=True):
        scaled = hazard * np.exp(strength * together)
        slope += weight * np.exp(-scaled.sum(axis=1, keepdims=True)) * scaled
    return {id: float((slope * pull).sum(axis=1).mean()) for id, pull in pulls.items()}


def _pulls(run: Run, levels: np.ndarray, centres: np.ndarray, k: int) -> dict[str, np.ndarray]:
    """(draws, steps) by driver that acts on outcome k: what it adds to the log hazard.

    levels: (draws, steps, drivers). centres: (draws, drivers, outcomes).
    """
    pull = run.draws["pull"][:, :, k]
    return {
        id: (levels[:, :, d] - centres[:, d, k, None]) * pull[:, d, None]
        for d, id in enumerate(run.scenario.driver_ids)
        if pull[:, d].any()
    }


def _centres(run: Run) -> np.ndarray:
    """(draws, drivers, outcomes): the level from which a driver's effect counts, 0 if unnamed."""
    structure, scenario = run.observed.structure, run.scenario
    centres = np.zeros((len(run.draws["pull"]), len(scenario.drivers), len(scenario.outcomes)))
    of_clock = structure.centre_clock[:, clocks(run)]  # (centres, outcomes), one where it is of it
    for place, driver in enumerate(structure.centre_driver):
        centres[:, driver] += run.draws["centre"][:, place, None] * of_clock[place]
    return centres
