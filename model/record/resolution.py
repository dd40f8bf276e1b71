"""What became of a forecast: it happened, it did not, it is open, or it was void from the start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from model.evidence import Evidence
from model.fit.observations import known_until, occurrences

HAPPENED, NOT, OPEN, VOID = "happened", "not", "open", "void"


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of outcomes, by their ids.

    came: the days on which each happened, ascending. until: up to when its table tells whether it
    happened. again: those that can happen more than once.
    """

    came: Mapping[str, Sequence[date]]
    until: Mapping[str, date]
    again: frozenset[str] = frozenset()


class Resolution(NamedTuple):
    """word: HAPPENED, NOT, OPEN or VOID. day: when it happened, None elsewhere. over: whether it is
    known to the deadline; of those whose deadline is ahead only the ones that came are resolved,
    and scoring these alone would make every forecaster look too low."""

    word: str
    day: date | None
    over: bool


def known_of(evidence: Evidence) -> Known:
    """What evidence, cut at the day on which this is asked, knows of every outcome."""
    outcomes = evidence.scenario.outcomes
    return Known(
        {id: [day.date() for day in days] for id, days in occurrences(evidence).items()},
        {outcome.id: known_until(evidence, outcome) for outcome in outcomes},
        frozenset(outcome.id for outcome in outcomes if outcome.happens_again),
    )


def resolution(outcome: str, as_of: date, deadline: date, known: Known) -> Resolution:
    """What became of a forecast of an outcome (an id) by its deadline, made as of a day.

    It is void where it had happened for good by the as-of day, whether that was known then or not.
    """
    days, over = known.came[outcome], deadline <= known.until[outcome]
    if outcome not in known.again and any(day <= as_of for day in days):
        return Resolution(VOID, None, False)
    day = next((day for day in days if as_of < day <= deadline), None)
    if day is not None:
        return Resolution(HAPPENED, day, over)
    return Resolution(NOT if over else OPEN, None, over)
