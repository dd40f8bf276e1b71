"""The forecast: a run and a set of assumptions become tables. PyMC is not needed for it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from model import store, summary
from model.assumptions import NOTHING, Assumptions, faults
from model.beliefs import KHAT_LIMIT, believed, reweighted
from model.drivers import MONTH_DAYS
from model.error import effective_draws
from model.evidence import load_evidence
from model.scenario import Scenario, load_scenario
from model.settings import STANDARD
from model.solve import Solution, driver_levels, grid, headline_draws, settled, solve
from model.store import Run

__all__ = [
    "Forecast",
    "Refused",
    "driver_levels",
    "forecast",
    "headline_draws",
    "open_run",
    "settled",
]

DRAWS_FLOOR = 100
TOO_FAR = "the beliefs are far from the fitted ones; refit under them (`forecast --refit`)"
TOO_SURPRISING = (
    "under the model the assumptions are too surprising together; move a level towards the fitted "
    "one, choose a later day, or use the verb make"
)


class Refused(ValueError):
    """An answer that too few draws stand behind; the message says why and what to ask instead."""


@dataclass(frozen=True, eq=False)
class Forecast:
    """Probabilities by a deadline, jointly and over time.

    method: exact; reweighted, where beliefs were answered from stored draws (khat up to 0.7 is
    fine); or refit, where a run fitted under the beliefs was at hand. effective_draws: what the
    weights leave of the draws. chance: probability of the assumed outcomes, 1 if none was assumed.
    """

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
    chance: float = 1.0
    solution: Solution | None = None

    @property
    def reliable(self) -> bool:
        """False where the fast answer to a belief is not to be trusted, and a refit is needed."""
        return self.khat is None or self.khat <= KHAT_LIMIT


def forecast(
    run: Run,
    assumptions: Assumptions = NOTHING,
    deadline: date | None = None,
    folder: Path = store.SCENARIO_FOLDER,
) -> Forecast:
    """Probabilities of every set of outcomes by `deadline` (default: year end).

    Raises ValueError, one plain line a fault, for a deadline outside the run's horizon or an
    assumption that makes no sense here, and Refused where under 100 effective draws are left.
    """
    deadline = deadline or default_deadline(run.as_of)
    _check(run, assumptions, deadline)
    return _answered(run, assumptions, deadline, _basis(run, assumptions, folder))


def reweighted_forecast(
    run: Run, assumptions: Assumptions, folder: Path = store.SCENARIO_FOLDER
) -> Forecast:
    """The fast answer by year end, even where a refit under the same beliefs is at hand."""
    deadline = default_deadline(run.as_of)
    _check(run, assumptions, deadline)
    return _answered(run, assumptions, deadline, _fast(run, assumptions, folder))


def _answered(run: Run, assumptions: Assumptions, deadline: date, basis) -> Forecast:
    basis, log_weight, method, khat = basis
    days = grid(basis, assumptions, deadline)
    solution = solve(basis, assumptions, days, log_weight)
    _check_draws(solution, method)
    at = days.index((deadline - run.as_of).days) - 1
    return Forecast(
        run=basis.id,
        scenario=basis.scenario,
        as_of=run.as_of,
        deadline=deadline,
        assumptions=assumptions,
        method=method,
        khat=khat,
        effective_draws=effective_draws(solution.weight, len(solution.joint)),
        chance=solution.chance,
        solution=solution,
        outcomes=summary.outcome_table(basis, solution, at, deadline),
        joint=summary.joint_table(basis, solution, at),
        curves=summary.curve_table(basis, solution),
    )


def _basis(run: Run, assumptions: Assumptions, folder: Path):
    """The run to answer from, its draws' log weights, the method and k-hat."""
    if not assumptions.changes_the_fit:
        return run, None, "exact", None
    refitted = open_believed(run, assumptions, folder)
    if refitted is not None:
        return refitted, None, "refit", None
    return _fast(run, assumptions, folder)


def _fast(run: Run, assumptions: Assumptions, folder: Path):
    fast = reweighted(run, beliefs_of(assumptions), folder)
    return fast.run, fast.log_weight, "reweighted", fast.khat


def beliefs_of(assumptions: Assumptions) -> Assumptions:
    """Only what changes the fit: the beliefs and what is left out."""
    beliefs = tuple(belief for belief in assumptions.beliefs if belief.factor is None)
    return Assumptions(beliefs=beliefs, left_out=assumptions.left_out)


def open_believed(run: Run, assumptions: Assumptions, folder: Path) -> Run | None:
    """The served run that was fitted under these beliefs, or None."""
    evidence = believed(load_evidence(folder, run.as_of), assumptions)
    settings = replace(STANDARD, **run.manifest["settings"])
    return _served(store.run_id(evidence, settings))


def _check(run: Run, assumptions: Assumptions, deadline: date) -> None:
    problem = deadline_problem(run.scenario, run.as_of, deadline)
    if problem:
        raise ValueError(problem)
    found = faults(assumptions, run.scenario, run.as_of, horizon(run))
    if found:
        raise ValueError("\n".join(found))


def _check_draws(solution: Solution, method: str) -> None:
    left = effective_draws(solution.weight, len(solution.joint)) if solution.chance > 0 else 0.0
    if left < DRAWS_FLOOR:
        raise Refused(
            f"only {left:.0f} effective draws of {len(solution.joint)} stand behind this answer, "
            f"below {DRAWS_FLOOR}: {TOO_FAR if method == 'reweighted' else TOO_SURPRISING}"
        )


def open_run(as_of: date | None = None, folder: Path = store.SCENARIO_FOLDER) -> Run | None:
    """The served run of what was known on `as_of` (default: the scenario's), or None."""
    as_of = as_of or load_scenario(folder).default_as_of
    return _served(store.run_id(load_evidence(folder, as_of), STANDARD))


def _served(id: str) -> Run | None:
    manifest = store.read_manifest(id)
    return store.load(id) if manifest is not None and manifest["served"] else None


def default_deadline(as_of: date) -> date:
    """The end of the as-of date's year; of the next year if that is less than 30 days away."""
    year_end = date(as_of.year, 12, 31)
    return year_end if (year_end - as_of).days >= 30 else date(as_of.year + 1, 12, 31)


def horizon(run: Run) -> date:
    """The last day that a forecast of this run reaches."""
    return last_day(run.scenario, run.as_of)


def last_day(scenario: Scenario, as_of: date) -> date:
    """The last day that forecasts of this scenario reach, made as of `as_of`."""
    return as_of + timedelta(days=round(scenario.horizon_months * MONTH_DAYS))


def deadline_problem(scenario: Scenario, as_of: date, deadline: date) -> str | None:
    """Why a forecast cannot be made for this deadline, in one line; None where it can."""
    last = last_day(scenario, as_of)
    if as_of < deadline <= last:
        return None
    return (
        f"deadline {deadline} is not within the forecast; choose a day after {as_of} "
        f"and not after {last}"
    )


def as_json(answer: Forecast, phrases: list[str] | None = None) -> dict:
    """The forecast as one plain object, the one that `python -m model forecast --json` prints."""
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
        "outcomes": _outcome_rows(answer, phrases),
        "joint": [{"happened": list(happened), "probability": float(p)} for happened, p in joint],
    }


def _outcome_rows(answer: Forecast, phrases: list[str] | None) -> list[dict]:
    rows = []
    for place, row in enumerate(answer.outcomes.to_dict("records")):
        numbers = {name: float(row[name]) for name in ("probability", "low", "high", "mcse")}
        words = {"phrase": phrases[place]} if phrases else {}
        rows.append(
            {"id": row["outcome"], "deadline": row["deadline"].isoformat()} | numbers | words
        )
    return rows
