"""A set of assumptions as a story: the claims behind it, what it moves and when, its signposts."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from briefing.words import numbers
from model.assumptions import Assumptions
from model.explain.sets import LEAST
from model.explain.sets import MONTHS as SOON
from model.scenario import Scenario
from model.scenario.months import month_starts

MONTHS = (3, 6, 12, 24, 36)
CLEAR = 0.1  # of the logarithm of a hazard ratio: one between 0.9 and 1.1 supposes no direction


def signposts(assumptions: Assumptions, scenario: Scenario) -> list[str]:
    """What would be seen if the set came true, a sentence per driver and outcome that it supposes.

    Of a driver it is the described level nearest to the last that the set gives it; of a switch
    that is turned on what it says; of an outcome that happens, the first sentence of the rule by
    which it is settled.
    """
    drivers = [
        f"{driver.title}: {numbers.level_sentence(driver.levels, assumed.last_level)}"
        for assumed in assumptions.drivers
        for driver in scenario.drivers
        if driver.id == assumed.id
    ]
    outcomes = [
        f"{outcome.title}: {_first_sentence(outcome.rule)}"
        for assumed in assumptions.outcomes
        for outcome in scenario.outcomes
        if outcome.id == assumed.id and assumed.happens
    ]
    on = {switch.id for switch in assumptions.switches if switch.on}
    turned = [f"{s.title}: {s.says}" for s in scenario.switches if s.id in on]
    return drivers + turned + outcomes


def moved(published: pd.DataFrame, own: pd.DataFrame, outcomes: Sequence[str], as_of: date) -> str:
    """What a set moves most, 3, 12 and 24 months on, and what else, as sentences; or nothing.

    published, own: a forecast's curves. outcomes: ids of those that are open and that the set does
    not suppose, which move by decree. "" where there is none, or the curves reach no such month.
    """
    days = _reached(published, as_of, SOON)
    if not days or not outcomes:
        return ""
    before, after = (_chances(curves, outcomes, [*days.values()]) for curves in (published, own))
    change = (after - before).abs().max()
    order = change[change >= LEAST].sort_values(ascending=False).index
    if order.empty:
        return f"The model finds nothing that it moves by a tenth of a point in {max(days)} months."
    most, *others = (_title(published, outcome) for outcome in order)
    readings = {months: _both(published, own, order[0], day) for months, day in days.items()}
    steps = ", ".join(f"{reading} in {months} months" for months, reading in readings.items())
    also = f" It also moves {', '.join(others)}." if others else ""
    return f"It moves {most} most: {steps}.{also}"


def turned(assumptions: Assumptions, table: pd.DataFrame) -> list[str]:
    """Effects of the set's drivers whose fitted direction is not the supposed one, as sentences.

    table: that of `model.inspect.prior_posterior`. A set can then move an outcome against its own
    story. An effect that the set believes otherwise is left out.
    """
    believed = {belief.effect for belief in assumptions.beliefs}
    effects = table[(table["kind"] == "effect") & ~table["about"].isin(believed)]
    moved = [driver.id for driver in assumptions.drivers]
    own = effects[effects["about"].str.split(" -> ").str[0].isin(moved)]
    centres = (own["prior_low"] * own["prior_high"]) ** 0.5
    is_other_way = (np.log(centres) * np.log(own["median"]) < 0) & (np.log(centres).abs() > CLEAR)
    return [
        f"{row.title}: supposed to be about × {centre:.2g}, fitted at × {row.median:.2g} (90% "
        f"interval {row.low:.2g} to {row.high:.2g}). The data do not bear out its direction, so "
        "the set may move it the other way."
        for row, centre in zip(own.itertuples(), centres, strict=True)
        if is_other_way[row.Index]
    ]


def left_free(outcomes: Sequence[str], assumptions: Assumptions) -> list[str]:
    """Those of `outcomes`, ids, that the set does not suppose itself."""
    supposed = {outcome.id for outcome in assumptions.outcomes}
    return [outcome for outcome in outcomes if outcome not in supposed]


def _reached(curves: pd.DataFrame, as_of: date, months: Sequence[int]) -> dict[int, date]:
    """Months ahead -> the day, of those that the curves reach: a horizon may be shorter."""
    starts = month_starts(max(months) + 1)
    days = {ahead: as_of + timedelta(days=int(starts[ahead])) for ahead in months}
    return {ahead: day for ahead, day in days.items() if day in set(curves["date"])}


def _chances(curves: pd.DataFrame, outcomes: Sequence[str], days: Sequence[date]) -> pd.DataFrame:
    """Probabilities (0..1), a row per day and a column per outcome."""
    table = curves.pivot(index="date", columns="outcome", values="probability")
    return table.loc[list(days), list(outcomes)]


def claims(assumptions: Assumptions, table: pd.DataFrame) -> list[str]:
    """The article's claims that a set speaks to, as sentences; `table` has rows of `claims.csv`."""
    says = dict(zip(table["claim"], table["says"], strict=True))
    return [f"{says[claim]} ({claim})." for claim in assumptions.claims if claim in says]


def over_time(
    published: pd.DataFrame, own: pd.DataFrame, outcomes: Sequence[str], as_of: date
) -> pd.DataFrame:
    """Outcome, then a column per deadline: `2.5% → 2.7%`, one reading where both read the same.

    published, own: a forecast's curves. outcomes: ids, a row each.
    """
    days = _reached(published, as_of, MONTHS)
    rows = [
        {"Outcome": _title(published, outcome)}
        | {f"{months} months": _both(published, own, outcome, day) for months, day in days.items()}
        for outcome in outcomes
    ]
    return pd.DataFrame(rows)


def _both(published: pd.DataFrame, own: pd.DataFrame, outcome: str, day: date) -> str:
    before, after = (_reading(curves, outcome, day) for curves in (published, own))
    return before if before == after else f"{before} → {after}"


def _reading(curves: pd.DataFrame, outcome: str, day: date) -> str:
    at = curves[(curves["outcome"] == outcome) & (curves["date"] == day)]
    return numbers.percent(at["probability"].iloc[0])


def _title(curves: pd.DataFrame, outcome: str) -> str:
    return curves.loc[curves["outcome"] == outcome, "title"].iloc[0]


def _first_sentence(rule: str) -> str:
    return f"{rule.split('. ')[0].rstrip('.')}."
