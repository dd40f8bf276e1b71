"""The history of a headline: one outcome's chance over past as-of days, and what moved it."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from model.scenario import Scenario

PUBLISHED, WALKED = "published", "walk-forward"
HISTORY = ["as_of", "deadline", "probability", "low", "high", "mcse", "source"]
MOVES = [
    "since",
    "as_of",
    "before",
    "now",
    "change",
    "date",
    "what_happened",
    "source",
    "source_url",
]
MOST_MOVES = 6
MONTHS_DIFFER = 4  # days, at most: spans of as many months


def history(
    published: pd.DataFrame, walked: pd.DataFrame, outcome: str, term: str, until: date
) -> pd.DataFrame:
    """One row per as-of day up to `until`, in order: `HISTORY`, chances 0..1.

    published: rows of the ledger; of a day published more than once the last counts, and what was
    published under assumptions does not. walked: outcome, term and `HISTORY` but source, of the
    walk-forward; its days stand where nothing was published. outcome: an id.
    """
    plain = published[published["assumptions"] == ""]
    parts = [(plain, PUBLISHED), (walked, WALKED)]
    rows = pd.concat([_of(*pair, outcome, term, until) for pair in parts], ignore_index=True)
    rows = rows.sort_values("as_of", kind="stable").drop_duplicates("as_of")
    return rows.reset_index(drop=True)


def _of(table: pd.DataFrame, source: str, outcome: str, term: str, until: date) -> pd.DataFrame:
    rows = table[(table["outcome"] == outcome) & (table["term"] == term)]
    # a day on which it had happened for good has no chance
    rows = rows[(rows["as_of"] <= until) & rows["probability"].notna()]
    return rows.assign(source=source).drop_duplicates("as_of", keep="last")[HISTORY]


def moves(
    rows: pd.DataFrame,
    events: pd.DataFrame,
    came: Mapping[str, Sequence[date]],
    scenario: Scenario,
    outcome: str,
) -> pd.DataFrame:
    """The `MOST_MOVES` largest moves between neighbouring days of a history, in order: `MOVES`.

    rows: of `history`. events: coded events, as `coded_events` has them. came: outcome -> the days
    on which it happened. since: the day before the move. date, what_happened, source, source_url:
    what became known in between and points the same way: another outcome that came about and has a
    link to this one, else the heaviest report on a driver with an effect on it; blank where there
    is none. That it moved the chance is likely and not proven: a fit weighs all reports together.
    """
    pairs = [
        (before, now)
        for before, now in zip(rows.to_dict("records"), rows[1:].to_dict("records"), strict=False)
        if _comparable(before, now)
    ]
    largest = sorted(pairs, key=lambda pair: -abs(_change(*pair)))[:MOST_MOVES]
    largest_moves = [
        {"since": before["as_of"], "as_of": now["as_of"]}
        | {"before": before["probability"], "now": now["probability"]}
        | {"change": _change(before, now)}
        | _behind(before, now, events, came, scenario, outcome)
        for before, now in sorted(largest, key=lambda pair: pair[1]["as_of"])
    ]
    return pd.DataFrame(largest_moves, columns=MOVES)


def _change(before: Mapping, now: Mapping) -> float:
    return now["probability"] - before["probability"]


def _comparable(before: Mapping, now: Mapping) -> bool:
    """Whether both ask alike, and differ by more than the Monte Carlo error."""
    noise = np.hypot(before["mcse"], now["mcse"])
    return ask_alike(before, now) and abs(_change(before, now)) > 2 * noise


def ask_alike(before: Mapping, now: Mapping) -> bool:
    """Whether two rows of a history, with as_of and deadline, ask the same of their days."""
    ahead = [(row["deadline"] - row["as_of"]).days for row in (before, now)]
    # months ahead are of one length but for days; of a year's end only the same is asked again
    return before["deadline"] == now["deadline"] or abs(ahead[0] - ahead[1]) <= MONTHS_DIFFER


def _behind(
    before: Mapping,
    now: Mapping,
    events: pd.DataFrame,
    came: Mapping[str, Sequence[date]],
    scenario: Scenario,
    outcome: str,
) -> dict:
    since, until, up = before["as_of"], now["as_of"], _change(before, now) > 0
    for link in scenario.links:
        days = [day for day in came[link.from_] if since < day <= until]
        if link.to == outcome and days:
            what = f"{scenario.outcome(link.from_).title} came about"
            return {"date": days[0], "what_happened": what, "source": "", "source_url": ""}
    heaviest = _heaviest(events, since, until, up, scenario, outcome)
    return (
        {}
        if heaviest is None
        else {"date": heaviest["date"].date()}
        | {name: heaviest[name] for name in ("what_happened", "source", "source_url")}
    )


def _heaviest(
    events: pd.DataFrame, since: date, until: date, up: bool, scenario: Scenario, outcome: str
) -> pd.Series | None:
    """The coding of (since, until] that pushes the outcome's chance the furthest that way."""
    push = {e.from_: _push(e.hazard_ratio) for e in scenario.effects if e.to == outcome}
    scale = {driver.id: driver.scale for driver in scenario.drivers}
    known = events["known_on"].dt.date
    rows = events[(known > since) & (known <= until) & events["driver"].isin(push)]
    pushed = rows["strength"] / rows["driver"].map(scale) * rows["driver"].map(push)
    pushed = pushed if up else -pushed
    return rows.loc[pushed.idxmax()] if (pushed > 0).any() else None


def _push(hazard_ratio: tuple[float, float]) -> float:
    """The middle of an effect's prior, as a log hazard ratio per point of the driver."""
    return float(np.log(hazard_ratio).mean())
