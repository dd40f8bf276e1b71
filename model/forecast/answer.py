"""The forecast: a run and a set of assumptions become tables. PyMC is not needed for it."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import cast

import pandas as pd

from model.assumptions import NOTHING, Assumptions, faults
from model.beliefs.reweighting import KHAT_LIMIT
from model.forecast import summary
from model.forecast.basis import Basis, basis, fast
from model.forecast.monte_carlo import effective_draws
from model.forecast.nearest import DRAWS_FLOOR
from model.forecast.refusal import Refused, refused, with_suggestion
from model.forecast.solve import Solution, grid, shortest_grid, solve
from model.runs import Run
from model.scenario import Scenario, deadline_problem, default_deadline, last_day


@dataclass(frozen=True, eq=False)
class Forecast:
    """Probabilities by a deadline, jointly and over time.

    basis: the run that answered and its draws' weights (k-hat up to 0.7 is fine).
    effective_draws: what the weights leave of the draws. outcomes, joint: tables of `summary`.
    chance: probability (0..1) of the assumed outcomes, 1 if none was assumed.
    """

    basis: Basis
    as_of: date
    deadline: date
    assumptions: Assumptions
    effective_draws: float
    outcomes: pd.DataFrame
    joint: pd.DataFrame
    chance: float = 1.0
    _curves: pd.DataFrame | None = field(default=None, repr=False)

    @property
    def run(self) -> str:
        """The id of the run that answered."""
        return self.basis.run.id

    @property
    def scenario(self) -> Scenario:
        return self.basis.run.scenario

    @property
    def method(self) -> str:
        """exact, reweighted or refit; see `Basis`."""
        return self.basis.method

    @property
    def khat(self) -> float | None:
        return self.basis.khat

    @cached_property
    def curves(self) -> pd.DataFrame:
        """Cumulative probability (0..1) to the horizon's end, one row per outcome and date.

        Solved when first asked for: it takes far more steps than most deadlines do.
        """
        if self._curves is not None:
            return self._curves
        run = self.basis.run
        days = grid(run, self.assumptions, self.deadline)
        return summary.curve_table(run, solve(run, self.assumptions, days, self.basis.log_weight))

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
        by_id = self.outcomes.set_index("outcome", drop=False)
        return cast(pd.Series, by_id.loc[outcome])  # an id stands once, so it is no table


def forecast(
    run: Run, assumptions: Assumptions = NOTHING, deadline: date | None = None
) -> Forecast:
    """Probabilities of every set of outcomes by `deadline` (default: year end).

    Raises ValueError, one plain line per fault, for a deadline outside the run's horizon or an
    assumption that makes no sense here, and Refused where under 100 effective draws are left; its
    `suggestion` is the nearest set that works.
    """
    deadline = deadline or default_deadline(run.as_of)
    try:
        return answered(run, assumptions, deadline)
    except Refused as refusal:
        weigh = partial(basis, run)
        raise with_suggestion(refusal, run, assumptions, deadline, weigh) from None


def answered(run: Run, assumptions: Assumptions, deadline: date) -> Forecast:
    """What `forecast` returns, for those who ask of many sets.

    Raises what `forecast` raises, but a refusal at once, without the search for a suggestion.
    """
    _check(run, assumptions, deadline)
    return _answered(basis(run, assumptions), assumptions, deadline)


def reweighted_forecast(run: Run, assumptions: Assumptions) -> Forecast:
    """The fast answer by year end, even where a refit under the same beliefs is at hand.

    Raises what `answered` raises.
    """
    deadline = default_deadline(run.as_of)
    _check(run, assumptions, deadline)
    return _answered(fast(run, assumptions), assumptions, deadline)


def _answered(weighed: Basis, assumptions: Assumptions, deadline: date) -> Forecast:
    run = weighed.run
    days = shortest_grid(run, assumptions, deadline)
    at = days.index((deadline - run.as_of).days) - 1
    solution = solve(run, assumptions, days, weighed.log_weight, at)
    _check_draws(solution, weighed.method)
    reaches_the_end = days == grid(run, assumptions, deadline)
    return Forecast(
        basis=weighed,
        as_of=run.as_of,
        deadline=deadline,
        assumptions=assumptions,
        effective_draws=effective_draws(solution.weight, len(solution.joint)),
        chance=solution.chance,
        outcomes=summary.outcome_table(run, solution, at, deadline),
        joint=summary.joint_table(run, solution),
        _curves=summary.curve_table(run, solution) if reaches_the_end else None,
    )


def _check(run: Run, assumptions: Assumptions, deadline: date) -> None:
    problem = deadline_problem(run.scenario, run.as_of, deadline)
    if problem:
        raise ValueError(problem)
    problems = faults(assumptions, run.scenario, run.as_of, last_day(run.scenario, run.as_of))
    if problems:
        raise ValueError("\n".join(problems))


def _check_draws(solution: Solution, method: str) -> None:
    # of assumed outcomes that cannot come about the weights are all 0, and none can be shared out
    left = effective_draws(solution.weight, len(solution.joint)) if solution.chance > 0 else 0.0
    if left < DRAWS_FLOOR:
        raise refused(left, len(solution.joint), method)


def as_json(answer: Forecast, phrases: list[str] | None = None) -> dict:
    """The forecast as one plain object, the one that `python -m model forecast --json` prints.

    Probabilities in 0..1, days as ISO text. phrases: likelihood words, one per row of `outcomes`.
    """
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
