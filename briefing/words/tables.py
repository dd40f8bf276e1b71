"""The tables that charts draw, and their twins in words for a reader who wants the numbers."""

from collections.abc import Collection
from datetime import date

import numpy as np
import pandas as pd

from briefing.words import numbers, points
from briefing.words.numbers import GIVEN
from briefing.words.yardsticks import ICD_203, phrase

CERTAIN = 0.999  # of a chance
LEAST_MOVE = 0.001  # of a chance: a tenth of a point


def scenarios(joint: pd.DataFrame, still_open: pd.DataFrame, shown: int = 6) -> pd.DataFrame:
    """The `shown` likeliest joint scenarios and the sum of all others.

    still_open: the rows of outcomes that are not settled. Columns: name, happened (tuple of ids,
    None for the others), probability, mcse. Rows that end at the same name once outcomes already
    settled are left out are added up. The Monte Carlo error of a sum is bounded by the sum of the
    errors.
    """
    titles = dict(zip(still_open["outcome"], still_open["title"], strict=True))
    happened = [tuple(id for id in titles if id in set(ids)) for ids in joint["happened"]]
    rows = joint.assign(happened=happened).groupby("happened", sort=False, as_index=False)
    rows = rows[["probability", "mcse"]].sum()
    rows = rows.sort_values("probability", ascending=False, kind="stable", ignore_index=True)
    rows.insert(0, "name", [numbers.scenario_name(ids, titles) for ids in rows["happened"]])
    return _with_others(rows, shown)


def comparison(
    still_open: pd.DataFrame, own: pd.DataFrame, supposed: Collection[str] = ()
) -> pd.DataFrame:
    """Outcomes still open, published beside own; `still_open` are rows of the published ones.

    Columns: outcome, title, published, published_mcse, own, own_mcse, change (own - published),
    given: whether it is `by_decree`, by the ids of the outcomes that are `supposed`.
    Chances and errors are 0..1. Raises KeyError where `own` lacks an open outcome.
    """
    ids, before = still_open["outcome"].to_numpy(), still_open["probability"].to_numpy()
    chances = dict(zip(own["outcome"], own[["probability", "mcse"]].to_numpy(), strict=True))
    assumed = np.array([chances[id] for id in ids]).reshape(-1, 2).T
    return pd.DataFrame(
        {
            "outcome": ids,
            "title": still_open["title"].to_numpy(),
            "published": before,
            "published_mcse": still_open["mcse"].to_numpy(),
            "own": assumed[0],
            "own_mcse": assumed[1],
            "change": assumed[0] - before,
            "given": np.isin(ids, list(by_decree(own, supposed))),
        }
    )


def by_decree(outcomes: pd.DataFrame, supposed: Collection[str]) -> set[str]:
    """Ids of the outcomes whose chance is certain since a set says so, and no forecast.

    outcomes: rows of the outcomes table. supposed: ids of those that the set supposes to happen,
    or not to.
    """
    certain = (outcomes["probability"] > CERTAIN) | (outcomes["probability"] < 1 - CERTAIN)
    return {*outcomes.loc[certain, "outcome"]} & {*supposed}


def with_given(rows: pd.DataFrame, supposed: Collection[str]) -> pd.DataFrame:
    """Rows of an outcomes table with the column `given`: whether each is `by_decree`."""
    return rows.assign(given=rows["outcome"].isin(by_decree(rows, supposed)))


def moved_most(rows: pd.DataFrame, supposed: Collection[str]) -> str:
    """The id of the outcome that moves furthest; of those not `supposed`, if one of them moves.

    rows: those of `comparison`. What a set supposes moves by decree, which is no news.
    """
    moves = dict(zip(rows["outcome"], rows["change"].abs(), strict=True))
    free = {id: move for id, move in moves.items() if id not in supposed}
    is_news = max(free.values(), default=0.0) >= LEAST_MOVE
    return max(free if is_news else moves, key=moves.__getitem__)


def outcomes_in_words(
    outcomes: pd.DataFrame, yardstick: str = ICD_203, supposed: Collection[str] = ()
) -> pd.DataFrame:
    """Outcome, By, Probability, In 100, Likelihood, 90% interval, Monte Carlo error (points).

    One row per outcome. yardstick: whose likelihood words are used. supposed: see `by_decree`.
    """
    given = by_decree(outcomes, supposed)
    rows = [row | {"given": row["outcome"] in given} for row in outcomes.to_dict("records")]
    return pd.DataFrame([_outcome_in_words(row, yardstick) for row in rows])


def scenarios_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Scenario, Probability, Monte Carlo error (points): one row per row of `scenarios`."""
    return pd.DataFrame(
        {
            "Scenario": table["name"],
            "Probability": _percents(table["probability"], table["mcse"]),
            "Monte Carlo error": [points.error(mcse) for mcse in table["mcse"]],
        }
    )


def comparison_in_words(table: pd.DataFrame, beside: str = "yours") -> pd.DataFrame:
    """Outcome, Published, Yours, Change (percentage points): one row per row of `comparison`.

    beside: what the forecast beside the published one is called, in place of `yours`.
    """
    return pd.DataFrame(
        {
            "Outcome": table["title"],
            "Published": _percents(table["published"], table["published_mcse"]),
            numbers.capital(beside): [
                GIVEN if is_given else shown
                for is_given, shown in zip(
                    table["given"], _percents(table["own"], table["own_mcse"]), strict=True
                )
            ],
            "Change": [_change(row) for row in table.to_dict("records")],
        }
    )


def moved_in_words(moved: pd.DataFrame) -> pd.DataFrame:
    """Outcome, Before, Now (percent), Time passing, News (percentage points).

    moved: that of `model.explain.movement`.
    """
    parts = [points.moved_parts(row)[1] for row in moved.to_dict("records")]
    return pd.DataFrame(
        {
            "Outcome": moved["title"],
            "Before": _percents(moved["before"], moved["change_mcse"]),
            "Now": _percents(moved["now"], moved["change_mcse"]),
            "Time passing": [time_passing for time_passing, _ in parts],
            "News": [news for _, news in parts],
        }
    )


def by_quarter(events: pd.DataFrame) -> pd.DataFrame:
    """Codings of events by the quarter of the event, quarters without any included.

    Columns: quarter (`2023 Q3`); raised, lowered, neither: how many moved a driver so.
    `events` are rows of `model.evidence.event_table.coded_events`.
    """
    quarters = events["date"].dt.to_period("Q")
    signs = {"raised": events["strength"] > 0, "lowered": events["strength"] < 0}
    signs["neither"] = events["strength"] == 0
    counts = pd.DataFrame(signs).groupby(quarters).sum()
    # A quarter without an event is a gap that a reader should see.
    counts = counts.reindex(pd.period_range(quarters.min(), quarters.max(), freq="Q"), fill_value=0)
    names = [f"{quarter.year} Q{quarter.quarter}" for quarter in counts.index]
    return counts.astype(int).assign(quarter=names)[["quarter", *signs]].reset_index(drop=True)


def curves_in_words(curves: pd.DataFrame) -> pd.DataFrame:
    """One row per date, one column per outcome: `6% (1–16%)`, chance and 90 % interval."""
    cells = [
        f"{numbers.percent(row.probability)} ({numbers.span(row.low, row.high)})"
        for row in curves.itertuples()
    ]
    wide = curves.assign(cell=cells).pivot(index="date", columns="title", values="cell")
    # `pivot` sorts its columns; readers get the order of the curves.
    wide = wide[list(dict.fromkeys(curves["title"]))].rename_axis(columns=None)
    wide.index = pd.Index([numbers.short_date(day) for day in wide.index], name="By")
    return wide.reset_index()


def _with_others(rows: pd.DataFrame, shown: int) -> pd.DataFrame:
    # A single row left over is shown by its own name: it takes no more room than "all others".
    if len(rows) <= shown + 1:
        return rows
    rest = rows.iloc[shown:]
    others = {
        "name": f"All {len(rest)} others together",
        "happened": None,
        "probability": rest["probability"].sum(),
        "mcse": rest["mcse"].sum(),
    }
    return pd.concat([rows.iloc[:shown], pd.DataFrame([others])], ignore_index=True)


def _outcome_in_words(row: dict, yardstick: str) -> dict:
    if numbers.is_settled(row):
        cells = dict.fromkeys(("Probability", "In 100", "Likelihood", "90% interval"), "–")
        cells |= {"Likelihood": f"happened {numbers.settled(row)}", "Monte Carlo error": "–"}
    elif row["given"]:
        cells = dict.fromkeys(("In 100", "Likelihood", "90% interval", "Monte Carlo error"), "–")
        cells = {"Probability": GIVEN} | cells
    else:
        chance, error = row["probability"], row["mcse"]
        cells = {
            "Probability": numbers.percent(chance, error),
            "In 100": numbers.both_sides(chance, error),
            "Likelihood": phrase(chance, yardstick),
            "90% interval": numbers.span(row["low"], row["high"], error),
            "Monte Carlo error": points.error(error),
        }
    return {"Outcome": row["title"], "By": numbers.short_date(row["deadline"])} | cells


def _percents(probabilities, errors) -> list[str]:
    return [numbers.percent(p, error) for p, error in zip(probabilities, errors, strict=True)]


def _change(row: dict) -> str:
    """Both forecasts share their draws, but a digit that neither end shows would puzzle."""
    if not row["change"]:
        return "none"
    ends = ((row[side], row[f"{side}_mcse"]) for side in ("published", "own"))
    return points.difference(row["change"], numbers.step_between(*ends))


def when_in_words(table: pd.DataFrame, title: str, deadline: date) -> str:
    """How many of the dots fall by the deadline, and by the last date at hand, as a sentence.

    table: that of `model.explain.quantile_dates`; a date later than the horizon is NaT.
    """
    by_then = int((table["date"] <= pd.Timestamp(deadline)).sum())
    later = int(table["date"].isna().sum())
    dots = len(table)
    return (
        f"{title}: {by_then} of {dots} equally likely dates fall by {numbers.long_date(deadline)}, "
        f"{dots - by_then - later} after it, {later} beyond the horizon or never."
    )


def dates_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Share (percent of the chance), By: a row per dot with a date, and one for all the others."""
    dated, later = table.dropna(subset="date"), table[table["date"].isna()]
    shares = [f"{100 * share:.0f}%" for share in dated["share"]]
    dates = [numbers.short_date(day) for day in dated["date"]]
    if len(later):
        shares.append(f"{100 * later['share'].iloc[0]:.0f}% and more")
        dates.append("later or never")
    return pd.DataFrame({"Share": shares, "By": dates})


def one_in_fifty(row, horizon: date) -> str:
    """What a dot of `charts.dates.placed` says, as text.

    horizon: the last day that a date can have.
    """
    when = (
        f"after {numbers.short_date(horizon)} or never"
        if row.later
        else numbers.short_date(row.date)
    )
    return f"One chance in fifty: {when}"
