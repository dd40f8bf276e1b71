"""The forecast: a run and a set of assumptions become tables. PyMC is not needed for it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path

import pandas as pd

from model import store, summary
from model.assumptions import NOTHING, Assumptions, faults
from model.beliefs import KHAT_LIMIT, believed, reweighted
from model.deadline import deadline_problem, default_deadline, horizon, last_day
from model.error import effective_draws
from model.evidence import load_evidence
from model.refusal import DRAWS_FLOOR, Refused, refused, with_suggestion
from model.scenario import Scenario, load_scenario
from model.settings import STANDARD
from model.solve import Solution, driver_levels, grid, headline_draws, settled, shortest_grid, solve
from model.store import Run

__all__ = [
    "Forecast",
    "Refused",
    "answered",
    "deadline_problem",
    "default_deadline",
    "driver_levels",
    "forecast",
    "headline_draws",
    "horizon",
    "last_day",
    "open_run",
    "settled",
]


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
    solve_curves: Callable[[], pd.DataFrame]
    chance: float = 1.0

    @cached_property
    def curves(self) -> pd.DataFrame:
        """Cumulative probability to the horizon's end, a row an outcome and date.

        Solved when first asked for: it takes far more steps than the deadline does.
        """
        return self.solve_curves()

    @property
    def reliable(self) -> bool:
        """False where the fast answer to a belief is not to be trusted, and a refit is needed."""
        return self.khat is None or self.khat <= KHAT_LIMIT

    @property
    def open(self) -> pd.DataFrame:
        """The rows of `outcomes` that had not happened by the as-of day, in the same order."""
        return self.outcomes[self.outcomes["settled_on"].isna()]

    @property
    def leading(self) -> pd.DataFrame:
        """The open rows that lead; all open ones where none of them does."""
        return self.open[self.open["lead"]] if self.open["lead"].any() else self.open

    def row(self, outcome: str) -> pd.Series:
        """The row of `outcomes` of this id; raises KeyError for an id that is none."""
        return self.outcomes.set_index("outcome", drop=False).loc[outcome]


def forecast(
    run: Run,
    assumptions: Assumptions = NOTHING,
    deadline: date | None = None,
    folder: Path = store.SCENARIO_FOLDER,
) -> Forecast:
    """Probabilities of every set of outcomes by `deadline` (default: year end).

    Raises ValueError, one plain line a fault, for a deadline outside the run's horizon or an
    assumption that makes no sense here, and Refused where under 100 effective draws are left; its
    `suggestion` is the nearest set that works.
    """
    deadline = deadline or default_deadline(run.as_of)
    try:
        return answered(run, assumptions, deadline, folder)
    except Refused as refusal:
        weigh = partial(_basis, run, folder=folder)
        raise with_suggestion(refusal, run, assumptions, deadline, weigh) from None


def answered(
    run: Run, assumptions: Assumptions, deadline: date, folder: Path = store.SCENARIO_FOLDER
) -> Forecast:
    """What `forecast` returns; a refusal comes at once, without the search for a suggestion."""
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
    days = shortest_grid(basis, assumptions, deadline)
    at = days.index((deadline - run.as_of).days) - 1
    solution = solve(basis, assumptions, days, log_weight, at)
    _check_draws(solution, method)
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
        outcomes=summary.outcome_table(basis, solution, at, deadline),
        joint=summary.joint_table(basis, solution),
        solve_curves=lambda: _curves(basis, assumptions, deadline, log_weight),
    )


def _curves(run: Run, assumptions: Assumptions, deadline: date, log_weight) -> pd.DataFrame:
    whole = solve(run, assumptions, grid(run, assumptions, deadline), log_weight)
    return summary.curve_table(run, whole)


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
    """Only what changes the fit: the beliefs, what is left out and what is added."""
    return assumptions.changes


def open_believed(
    run: Run, assumptions: Assumptions, folder: Path = store.SCENARIO_FOLDER
) -> Run | None:
    """The served run that was fitted under these beliefs, or None; read from disk once."""
    id = _believed_id(run, beliefs_of(assumptions), folder)
    return _loaded(id) if _is_served(id) else None


def basis_id(run: Run, assumptions: Assumptions, folder: Path = store.SCENARIO_FOLDER) -> str:
    """The id of the run that answers: one refitted under the beliefs where there is one."""
    if not assumptions.changes_the_fit:
        return run.id
    id = _believed_id(run, beliefs_of(assumptions), folder)
    return id if _is_served(id) else run.id


_loaded = lru_cache(maxsize=4)(store.load)  # a run of an id never changes


@lru_cache(maxsize=64)
def _believed_id(run: Run, beliefs: Assumptions, folder: Path) -> str:
    evidence = believed(load_evidence(folder, run.as_of), beliefs, folder)
    return store.run_id(evidence, replace(STANDARD, **run.manifest["settings"]))


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
        raise refused(left, len(solution.joint), method)


def open_run(
    as_of: date | None = None,
    folder: Path = store.SCENARIO_FOLDER,
    believing: Assumptions = NOTHING,
) -> Run | None:
    """The served run of what was known on `as_of` (default: the scenario's), or None.

    With `believing`, the one fitted under the beliefs of that set.
    """
    as_of = as_of or load_scenario(folder).default_as_of
    changed = max(path.stat().st_mtime for path in folder.iterdir())
    return _served(_wanted_id(as_of, folder, believing, changed))


@lru_cache(maxsize=64)
def _wanted_id(as_of: date, folder: Path, believing: Assumptions, _changed: float) -> str:
    """Remembered, because a page asks for days that have no run each time it is opened."""
    return store.run_id(believed(load_evidence(folder, as_of), believing, folder), STANDARD)


def _served(id: str) -> Run | None:
    return store.load(id) if _is_served(id) else None


def _is_served(id: str) -> bool:
    manifest = store.read_manifest(id)
    return manifest is not None and manifest["served"]


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
