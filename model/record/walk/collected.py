"""The days of a walk put together: resolved, beside what was said before, and scored."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from model.evidence import Evidence
from model.evidence.collected import last_as_of
from model.evidence.evidence import cut
from model.record.resolution import known_of
from model.record.walk import walk_scores
from model.record.walk.crowd import Question, crowd
from model.record.walk.forecasters import MODEL
from model.record.walk.misses import misses
from model.record.walk.resolved import resolved
from model.record.walk.stored_walk import About, WalkForward, version
from model.record.walk.walk_forward import Walk

DIGITS = 5  # of a score or a chance in the tables that are kept
FIT = ("rhat", "ess_bulk", "ess_tail", "divergences")
KEYS = ["as_of", "outcome", "term"]


def collected(
    walk: Walk, days: Sequence[dict[str, Any]], questions: Sequence[Question] = ()
) -> WalkForward:
    """A walk's stored days as tables, resolved by what its evidence knows at its end.

    days: as `walk_forward.read` returns them. questions: the crowd's, matched to outcomes. Raises
    ValueError where there is none.
    """
    if not days:
        raise ValueError("no day was walked; expected one or more; ask for a longer span")
    known = known_at_last(walk.evidence)
    outcomes = known_of(known)
    forecasts = resolved(_joined(days, "forecasts"), outcomes)
    forecasts = forecasts.assign(
        last_value=_last_value(forecasts),
        crowd=crowd(forecasts, walk.evidence, questions),
    )
    rows = walk_scores.scorable(forecasts, outcomes)
    tables = {
        "forecasts": forecasts,
        "fits": _fits(days),
        "misses": misses(rows),
        "scores": walk_scores.scores(rows),
        "skills": walk_scores.skills(rows),
        "transfer": walk_scores.transfer(rows),
        "sets": walk_scores.set_scores(_joined(days, "sets"), rows),
        "conditionals": walk_scores.conditional_scores(_joined(days, "conditionals"), rows),
    }
    # numbers alone: of days there is nothing to round, and pandas says so
    rounded = {
        name: table.assign(**table.select_dtypes("number").round(DIGITS))
        for name, table in tables.items()
    }
    return WalkForward(_about(walk, known.as_of, questions), **rounded)


def known_at_last(evidence: Evidence) -> Evidence:
    """Uncut evidence as it is known on its last as-of day."""
    return cut(evidence, last_as_of(evidence.collected, evidence.events))


def _about(walk: Walk, until: date, questions: Sequence[Question]) -> About:
    settings = walk.settings
    fit = {"draws": settings.draws, "tune": settings.tune, "chains": settings.chains}
    today = datetime.now(UTC).date()
    fit |= {"seed": settings.seed}
    return About(today, version(walk.evidence.scenario), until, fit, tuple(questions))


def _joined(days: Sequence[dict[str, Any]], table: str) -> pd.DataFrame:
    joined = pd.concat([pd.DataFrame(day[table]) for day in days], ignore_index=True)
    for name in {"as_of", "deadline"} & set(joined.columns):
        joined[name] = [date.fromisoformat(day) for day in joined[name]]
    numbers = joined.columns.difference(["as_of", "deadline", "outcome", "term", "set", "given"])
    # a day on which all of a column is blank would make it a column of objects
    return joined.astype(dict.fromkeys(numbers, float))


def _last_value(forecasts: pd.DataFrame) -> pd.Series:
    """(rows,): what the model said of the same outcome and term on the as-of day before."""
    in_order = forecasts.sort_values(KEYS, kind="stable")
    return in_order.groupby(["outcome", "term"])[MODEL].shift(1).reindex(forecasts.index)


def _fits(days: Sequence[dict[str, Any]]) -> pd.DataFrame:
    rows = [
        {name: day[name] for name in ("as_of", "run", "seconds", "cpu_seconds")}
        | {name: day["diagnostics"][name] for name in FIT}
        | {"failures": "; ".join(day["diagnostics"]["failures"])}
        for day in days
    ]
    return pd.DataFrame(rows)
