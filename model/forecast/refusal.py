"""What is said where too few draws stand behind an answer: how few, and what to ask instead."""

from datetime import date

from model.assumptions import Assumptions, Belief, DriverAssumption, OutcomeAssumption
from model.forecast.nearest import DRAWS_FLOOR, Trials, Weigh, nearest
from model.runs import Run

TOO_FAR = "the beliefs are far from the fitted ones; refit under them (`forecast --refit`)"
TOO_SURPRISING = (
    "under the model the assumptions are too surprising together; move a level towards the fitted "
    "one, choose a later day, or use the verb make"
)


class Refused(ValueError):
    """An answer that too few draws stand behind; the message says why and what to ask instead.

    few: how many draws are left. suggestion: the nearest set of assumptions that works, None if
    none was found or none was looked for.
    """

    def __init__(self, few: str, instead: str, suggestion: Assumptions | None = None):
        super().__init__(few, instead, suggestion)
        self.few, self.suggestion = few, suggestion

    def __str__(self) -> str:
        return "".join(self.args[:2])


def refused(left: float, draws: int, method: str) -> Refused:
    """The refusal of an answer of `left` effective draws, 0 to `draws`, with no suggestion."""
    few = (
        f"only {left:.0f} effective draws of {draws} stand behind this answer, below {DRAWS_FLOOR}"
    )
    return Refused(few, f": {TOO_FAR if method == 'reweighted' else TOO_SURPRISING}")


def with_suggestion(
    refusal: Refused, run: Run, assumptions: Assumptions, deadline: date, weigh: Weigh
) -> Refused:
    """The refusal of `assumptions` with the nearest set that works; `weigh` as in `nearest`.

    Where no set works, its text says what to ask instead, and its suggestion is None.
    """
    suggestion = nearest(run, assumptions, deadline, weigh)
    beliefs_at_fault = _refit_would_do(assumptions, deadline, weigh)
    if suggestion is None:
        return Refused(refusal.few, f": {TOO_FAR if beliefs_at_fault else TOO_SURPRISING}")
    moved = moved_in_words(assumptions, suggestion)
    settings = "settings that work" if len(moved) > 1 else "setting that works"
    refit = "; or refit under the beliefs (`forecast --refit`)" if beliefs_at_fault else ""
    instead = f"; the nearest {settings}: {' and '.join(moved)}{refit}"
    return Refused(refusal.few, instead, suggestion)


def _refit_would_do(assumptions: Assumptions, deadline: date, weigh: Weigh) -> bool:
    """True if the beliefs are answered by weights, and without these enough draws are left."""
    weighted = weigh(assumptions).log_weight is not None
    return weighted and Trials(deadline, weigh).works(assumptions.without_beliefs())


def moved_in_words(asked: Assumptions, nearest: Assumptions) -> list[str]:
    """One text per setting that differs, the nearest set's first: `x at +1.4 (asked +2.0)`.

    Raises ValueError where the sets do not hold as many drivers, outcomes or beliefs.
    """
    pairs = [
        pair
        for field in ("drivers", "outcomes", "beliefs")
        for pair in zip(getattr(asked, field), getattr(nearest, field), strict=True)
    ]
    return [_moved(before, after) for before, after in pairs if before != after]


def _moved[T: (DriverAssumption, OutcomeAssumption, Belief)](before: T, after: T) -> str:
    if isinstance(after, DriverAssumption):
        return f"{after.id} at {_levels(after)} (asked {_levels(before)})"
    if isinstance(after, Belief):
        return f"{after.about} at {_interval(after)} (asked {_interval(before)})"
    if before.verb != after.verb:
        return f"{after.id} {_day(after)} with the verb make (asked assume)"
    return f"{after.id} {_day(after)} (asked {before.day})"


def _levels(driver: DriverAssumption) -> str:
    end = f" until {driver.until}" if driver.until else ""
    if not driver.path:
        return f"{driver.level:+.1f}{end}"
    return ", ".join(f"{dated.level:+.1f} from {dated.from_}" for dated in driver.path) + end


def _day(outcome: OutcomeAssumption) -> str:
    how = "on" if outcome.on else "by" if outcome.happens else "not by"
    return f"{how} {outcome.day}"


def _interval(belief: Belief) -> str:
    low, high = belief.interval  # a belief with a factor instead does not move
    return f"{low:g} to {high:g}"
