"""The forecast: a run and a set of assumptions become tables. PyMC is not needed for it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from model import engine, likelihood, store
from model.assumptions import NOTHING, Assumptions
from model.drivers import MONTH_DAYS, saturate
from model.error import draw_interval, monte_carlo_error
from model.evidence import load_evidence
from model.hazard import base_hazard
from model.observations import YEAR_DAYS, acting
from model.scenario import Scenario, load_scenario
from model.settings import Settings
from model.store import Run


@dataclass(frozen=True, eq=False)
class Forecast:
    """Probabilities by a deadline, jointly and over time; see the functions that make each table."""

    run: str
    scenario: Scenario
    as_of: date
    deadline: date
    assumptions: Assumptions
    method: str
    khat: float | None
    effective_draws: float
    outcomes: pd.DataFrame
    joint: pd.DataFrame
    curves: pd.DataFrame


def as_json(answer: Forecast, phrases: list[str] | None = None) -> dict:
    """The forecast as one plain object, the one that `python -m model forecast --json` prints."""
    rows = answer.outcomes.to_dict("records")
    outcomes = [
        {
            "id": row["outcome"],
            "deadline": row["deadline"].isoformat(),
            **{name: float(row[name]) for name in ("probability", "low", "high", "mcse")},
            **({"phrase": phrases[place]} if phrases else {}),
        }
        for place, row in enumerate(rows)
    ]
    joint = zip(answer.joint["happened"], answer.joint["probability"], strict=True)
    return {
        "run": answer.run,
        "scenario": answer.scenario.id,
        "as_of": answer.as_of.isoformat(),
        "assumptions": answer.assumptions.model_dump(
            mode="json", by_alias=True, exclude_defaults=True
        ),
        "method": answer.method,
        "khat": answer.khat,
        "effective_draws": answer.effective_draws,
        "outcomes": outcomes,
        "joint": [{"happened": list(happened), "probability": float(p)} for happened, p in joint],
    }


def open_run(as_of: date | None = None, folder: Path = store.SCENARIO_FOLDER) -> Run | None:
    """The served run of what is known on `as_of` (default: the scenario's), or None if not fitted."""
    as_of = as_of or load_scenario(folder).default_as_of
    id = store.run_id(load_evidence(folder, as_of), Settings())
    manifest = store.read_manifest(id)
    return store.load(id) if manifest is not None and manifest["served"] else None


def default_deadline(as_of: date) -> date:
    """The end of the as-of date's year; of the next year if that is less than 30 days away."""
    year_end = date(as_of.year, 12, 31)
    return year_end if (year_end - as_of).days >= 30 else date(as_of.year + 1, 12, 31)


def horizon(run: Run) -> date:
    """The last day that a forecast of this run reaches."""
    return run.as_of + timedelta(days=int(run.scenario.horizon_months * MONTH_DAYS))


def forecast(
    run: Run, assumptions: Assumptions = NOTHING, deadline: date | None = None
) -> Forecast:
    """Probabilities of every set of outcomes by `deadline` (default: year end).

    Raises ValueError, in one plain line, for a deadline outside the run's horizon or an unknown id.
    """
    deadline = deadline or default_deadline(run.as_of)
    _check(run, assumptions, deadline)
    days = grid(run, assumptions, deadline)
    joint = solve(run, assumptions, days)
    at = days.index((deadline - run.as_of).days) - 1
    return Forecast(
        run=run.id,
        scenario=run.scenario,
        as_of=run.as_of,
        deadline=deadline,
        assumptions=assumptions,
        method="exact",
        khat=None,
        effective_draws=float(len(joint)),
        outcomes=outcome_table(run, joint[:, at], deadline),
        joint=joint_table(run, joint[:, at]),
        curves=curve_table(run, joint, days),
    )


def headline_draws(run: Run, deadline: date) -> np.ndarray:
    """Each draw's probability of each outcome by `deadline`, (draws, outcomes)."""
    last = (deadline - run.as_of).days
    days = [day for day in grid(run, NOTHING, deadline) if day <= last]
    return engine.marginals(solve(run, NOTHING, days)[:, -1:])[:, 0]


def _check(run: Run, assumptions: Assumptions, deadline: date) -> None:
    if not run.as_of < deadline <= horizon(run):
        raise ValueError(
            f"deadline {deadline} is not within the forecast; choose a day after {run.as_of} "
            f"and not after {horizon(run)}"
        )
    for assumed in assumptions.drivers:
        try:
            run.scenario.driver(assumed.id)
        except KeyError as unknown:
            raise ValueError(unknown.args[0]) from None


def grid(run: Run, assumptions: Assumptions, deadline: date) -> list[int]:
    """Days after the as-of date at which a step begins or ends: months, deadline, assumptions."""
    months = {round(month * MONTH_DAYS) for month in range(run.scenario.horizon_months + 1)}
    dated = {(a.from_ - run.as_of).days for a in assumptions.drivers if a.from_ is not None}
    return sorted(
        months | {(deadline - run.as_of).days} | {d for d in dated if 0 < d < max(months)}
    )


def solve(run: Run, assumptions: Assumptions, days: list[int]) -> np.ndarray:
    """Joint probabilities (draws, steps, 2**outcomes) at the end of each step of `days`."""
    log_hazard = _log_base(run, tuple(days)) + _driver_pull(
        run, driver_levels(run, assumptions, days)
    )
    return engine.joint_probabilities(
        log_hazard, link_matrix(run), np.diff(days) / YEAR_DAYS, fade=_fade(run), start=settled(run)
    )


@lru_cache(maxsize=16)
def _log_base(run: Run, days: tuple[int, ...]) -> np.ndarray:
    """(draws, steps, outcomes): log hazards at neutral drivers, links from the past included."""
    base = base_hazard(run.scenario, run.as_of, run.draws, np.array(days))
    middle = pd.Timestamp(run.as_of) + pd.to_timedelta(
        (np.array(days[:-1]) + days[1:]) / 2, unit="D"
    )
    chance = acting(run.scenario, _past(run, fading=True), pd.DatetimeIndex(middle))
    past = likelihood.past_links(np, run.draws, run.observed, chance)
    with np.errstate(divide="ignore"):
        return np.log(base) + run.draws["departure"][:, None, :] + past


def _past(run: Run, fading: bool) -> dict[str, list[pd.Timestamp]]:
    """Days on which outcomes happened before the as-of date, of those whose links fade, or not."""
    return {
        outcome.id: [
            pd.Timestamp(day)
            for day in run.manifest["happened"].get(outcome.id, [])
            if (outcome.link_half_life_days is not None) == fading
        ]
        for outcome in run.scenario.outcomes
    }


def settled(run: Run) -> int:
    """The state at the as-of date: what has happened for good."""
    return sum(
        1 << k
        for k, outcome in enumerate(run.scenario.outcomes)
        if not outcome.happens_again and run.manifest["happened"].get(outcome.id)
    )


def driver_levels(run: Run, assumptions: Assumptions, days: list[int]) -> np.ndarray:
    """(draws, steps, drivers): levels in -2..+2 that hold during each step."""
    month = np.minimum(
        np.searchsorted(_months(run), days[:-1], side="right") - 1, len(_months(run)) - 1
    )
    level = _levels(run)[:, month]
    for assumed in assumptions.drivers:
        since = 0 if assumed.from_ is None else (assumed.from_ - run.as_of).days
        steps = np.array(days[:-1]) >= since
        level[:, steps, run.scenario.driver_ids.index(assumed.id)] = assumed.level
    return level


@lru_cache(maxsize=16)
def _months(run: Run) -> np.ndarray:
    return np.round(np.arange(run.scenario.horizon_months) * MONTH_DAYS)


@lru_cache(maxsize=4)
def _levels(run: Run) -> np.ndarray:
    return saturate(run.paths["raw_path"].astype(float))


@lru_cache(maxsize=4)
def _pull_matrix(run: Run) -> np.ndarray:
    """(draws, drivers, outcomes): log hazard ratio per unit of each driver."""
    scenario, effect = run.scenario, run.draws["effect"]
    matrix = np.zeros((len(effect), len(scenario.drivers), len(scenario.outcomes)))
    places = run.observed["effect_from"], run.observed["effect_to"].argmax(axis=1)
    np.add.at(matrix, (slice(None), *places), effect)
    return matrix


def _driver_pull(run: Run, level: np.ndarray) -> np.ndarray:
    return level @ _pull_matrix(run)


@lru_cache(maxsize=4)
def link_matrix(run: Run) -> np.ndarray:
    """(draws, outcomes, outcomes): what j having happened adds to the log hazard of k."""
    strength = likelihood.link_strength(run.draws, run.observed)
    size = len(run.scenario.outcomes)
    matrix = np.zeros((len(strength), size, size))
    places = run.observed["link_from"], run.observed["link_to"].argmax(axis=1)
    np.add.at(matrix, (slice(None), *places), strength)
    return matrix


def _fade(run: Run) -> np.ndarray:
    days = [outcome.link_half_life_days or np.inf for outcome in run.scenario.outcomes]
    return np.array(days) / YEAR_DAYS


def outcome_table(run: Run, joint: np.ndarray, deadline: date) -> pd.DataFrame:
    """One row an outcome: outcome, title, lead, deadline, probability, low, high, mcse, settled_on.

    probability is the mean over draws, low and high bound the 90 % interval over draws, mcse is the
    Monte Carlo standard error of the probability; settled_on is the day it happened, if it has.
    """
    by_draw = engine.marginals(joint[:, None, :])[:, 0]
    low, high = draw_interval(by_draw)
    once = settled(run)
    rows = {
        "outcome": run.scenario.outcome_ids,
        "title": [outcome.title for outcome in run.scenario.outcomes],
        "lead": [outcome.lead for outcome in run.scenario.outcomes],
        "deadline": deadline,
        "probability": by_draw.mean(axis=0),
        "low": low,
        "high": high,
        "mcse": monte_carlo_error(by_draw, run.manifest["settings"]["chains"]),
        "settled_on": [
            pd.Timestamp(run.manifest["happened"][id][0]) if once >> k & 1 else pd.NaT
            for k, id in enumerate(run.scenario.outcome_ids)
        ],
    }
    return pd.DataFrame(rows)


def joint_table(run: Run, joint: np.ndarray) -> pd.DataFrame:
    """One row a set of outcomes that has happened: state, happened, probability, mcse; sums to 1."""
    ids = run.scenario.outcome_ids
    states = range(joint.shape[1])
    mean = joint.mean(axis=0)
    return pd.DataFrame(
        {
            "state": states,
            "happened": [tuple(id for k, id in enumerate(ids) if s >> k & 1) for s in states],
            "probability": mean / mean.sum(),
            "mcse": monte_carlo_error(joint, run.manifest["settings"]["chains"]),
        }
    )


def curve_table(run: Run, joint: np.ndarray, days: list[int]) -> pd.DataFrame:
    """Cumulative probability over time: outcome, title, date, probability, low, high."""
    by_draw = engine.marginals(joint)
    low, high = draw_interval(by_draw)
    dates = [run.as_of + timedelta(days=day) for day in days[1:]]
    start = [1.0 if settled(run) >> k & 1 else 0.0 for k in range(len(run.scenario.outcomes))]
    tables = []
    for k, outcome in enumerate(run.scenario.outcomes):
        values = {
            "probability": by_draw[:, :, k].mean(axis=0),
            "low": low[:, k],
            "high": high[:, k],
        }
        columns = {name: np.r_[start[k], column] for name, column in values.items()}
        frame = pd.DataFrame({"date": [run.as_of, *dates], **columns})
        tables.append(frame.assign(outcome=outcome.id, title=outcome.title))
    order = ["outcome", "title", "date", "probability", "low", "high"]
    return pd.concat(tables, ignore_index=True)[order]
