"""Posterior predictive checks: the evidence beside evidence simulated from the fit's own draws.

(Gelman, Meng and Stern 1996, Statistica Sinica 6:733.) The model saw what it is compared with, so
a check can only find what the model cannot make, not that it foresees.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from model.evidence import Evidence
from model.held_out.baselines import readers
from model.held_out.leave_out import Draws
from model.runs.observed import Months, Observed
from model.scoring.blocks import SHARE
from model.scoring.design import design
from model.scoring.simulated import simulate
from model.self_checks.badge import CLASS, DEATHS, RECORD

WORLDS = 200
YEARS = (0.25, 0.5, 1.0, 2.0, 5.0)
COLUMNS = ["check", "about", "seen", "low", "middle", "high", "position", "inside"]


def predictive_checks(
    draws: Draws, evidence: Evidence, worlds: int = WORLDS, seed: int = 0
) -> pd.DataFrame:
    """One row per quantity: check, about, seen, low, middle, high, position, inside.

    low, middle, high: 90 % interval and median of the simulated worlds; inside: whether what was
    seen lies between. position: the share of worlds, 0..1, with less, half of those with as much
    counted. Of class survival the share that came by some years after
    entry, of the weekly record how often each outcome happened, of monthly deaths their mean,
    the share of months without any, their standard deviation and the largest.
    """
    of, rng = design(evidence), np.random.default_rng(seed)
    chosen = np.linspace(0, len(draws["log_rate"]) - 1, worlds).astype(int)
    made = [
        _quantities(simulate({n: v[place] for n, v in draws.items()}, of, rng), evidence)
        for place in chosen
    ]
    seen = _quantities(of.observed, evidence)
    rows = [
        _compared(about, value, [world[about] for world in made]) for about, value in seen.items()
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _quantities(observed: Observed, evidence: Evidence) -> dict[tuple[str, str], float]:
    """(check, about) -> what is compared."""
    ids = evidence.scenario.outcome_ids
    events = observed.weeks.event.sum(axis=0)
    return (
        dict(_class_survival(observed, evidence))
        | {(RECORD, id): float(n) for id, n in zip(ids, events, strict=True)}
        | {(DEATHS, name): value for name, value in _deaths(observed.months).items()}
    )


def _class_survival(
    observed: Observed, evidence: Evidence
) -> Iterable[tuple[tuple[str, str], float]]:
    cases, builds = observed.cases, observed.builds
    entry = np.exp(cases.log_entry)
    tables = (
        (cases.class_, np.exp(cases.log_time) - entry, cases.event),
        (builds.class_, builds.time, builds.event),
    )
    for of, years, event in tables:
        for place in np.unique(of):
            mine = of == place
            for by in YEARS:
                about = f"{evidence.scenario.class_ids[place]}, {12 * by:g} months"
                yield (CLASS, about), _share_come(years[mine], event[mine], by)


def _share_come(years: np.ndarray, event: np.ndarray, by: float) -> float:
    """Kaplan and Meier's share that came by then; after the last case's time, as it was then."""
    came, at = readers(event, years)
    times = np.unique(at[came & (at <= by)])
    risk = (at >= times[:, None]).sum(axis=1)
    ended = (came & (at == times[:, None])).sum(axis=1)
    return float(1 - np.prod(1 - ended / risk))


def _deaths(months: Months) -> dict[str, float]:
    deaths = months.deaths
    if not len(deaths):
        return {}
    return {
        "mean": float(deaths.mean()),
        "months without any": float((deaths == 0).mean()),
        "standard deviation": float(deaths.std()),
        "largest month": float(deaths.max()),
    }


def _compared(about: tuple[str, str], seen: float, made: list[float]) -> tuple:
    low, middle, high = np.quantile(made, [(1 - SHARE) / 2, 0.5, (1 + SHARE) / 2])
    worlds = np.array(made)
    position = (worlds < seen).mean() + (worlds == seen).mean() / 2
    return *about, seen, low, middle, high, float(position), bool(low <= seen <= high)
