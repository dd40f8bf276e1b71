"""What has happened since a past day, in sentences: of a day that is history, nobody forecasts."""

from datetime import date

import pandas as pd

from briefing.words import numbers
from model.scenario import Scenario

HAPPENED = "happened"


def since(rows: pd.DataFrame, scenario: Scenario, as_of: date) -> str:
    """Which outcomes have come about since a day, as a sentence; "" where nothing later is known.

    rows: resolutions known after the day (outcome, status, date, note).
    """
    if rows.empty:
        return ""
    rows = _dated(rows)
    came = rows[(rows["status"] == HAPPENED) & (rows["date"] > pd.Timestamp(as_of))]
    last = numbers.long_date(rows["date"].max())
    titles = {outcome.id: outcome.title for outcome in scenario.outcomes}
    named = [f"{titles[row.outcome]} ({numbers.long_date(row.date)})" for row in came.itertuples()]
    many = numbers.count(len(scenario.outcomes))
    happened = numbers.count(len(named))
    said = f"Known now: from then to {last} {happened} of the {many} outcomes happened"
    return f"{said}: {', '.join(named)}." if named else f"{said}."


def each(rows: pd.DataFrame, scenario: Scenario) -> list[str]:
    """One line per outcome on what became of it, as text with Markdown; `rows` as in `since`."""
    by_outcome = {row.outcome: row for row in _dated(rows).itertuples()}
    return [
        f"**{outcome.title}**: {_became(by_outcome[outcome.id])}"
        for outcome in scenario.outcomes
        if outcome.id in by_outcome
    ]


def _dated(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, what is open to no day being so to the one on which that was known."""
    return rows.assign(date=rows["date"].fillna(rows["known_on"]))


def _became(row) -> str:
    day = numbers.long_date(row.date)
    head = f"happened on {day}" if row.status == HAPPENED else f"had not happened by {day}"
    return numbers.as_typed(f"{head}. {row.note}." if row.note else f"{head}.")


def others_in_words(
    judgements: pd.DataFrame, crowd: pd.DataFrame, outcome: str, as_of: date
) -> pd.DataFrame:
    """Date, Who, What, Chance, Link: what others had foretold of an outcome (an id) by a day.

    judgements: rows of `published_judgements.csv`, days as ISO texts. crowd: a crowd's daily
    chances, of which the latest of each question stands here, whatever the outcome: its question
    is near to ours and not the same.
    """
    known = judgements["known_on"] <= as_of.isoformat()
    about = judgements["outcomes"].str.split(";").map(lambda ids: outcome in ids)
    latest = crowd.groupby("question", sort=False).tail(1)
    rows = [
        (row.known_on, row.forecaster, row.judgement, row.probability, row.source_url)
        for row in judgements[known & about].itertuples()
    ]
    rows += [
        (f"{row.date:%Y-%m-%d}", row.platform, row.question, row.probability, row.source_url)
        for row in latest.itertuples()
    ]
    newest = sorted(rows, key=lambda row: row[0], reverse=True)
    shown = [
        (numbers.short_date(date.fromisoformat(day)), who, what, _share(chance), link)
        for day, who, what, chance, link in newest
    ]
    return pd.DataFrame(shown, columns=["Date", "Who", "What", "Chance", "Link"])


def _share(chance: float | str) -> str:
    """A chance as others gave it, in percent; a dash where they gave none."""
    return "–" if chance == "" else numbers.percent(float(chance))
