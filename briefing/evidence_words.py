"""The evidence in sentences and tables."""

from datetime import date

import pandas as pd

from briefing import words

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
}


def counted(events: pd.DataFrame) -> str:
    """`14 reports of 9 origins, from 5 sources`; `events` are rows of `coded_events`."""
    once = events.drop_duplicates("event")
    reports, origins, sources = len(once), once["origin"].nunique(), once["source"].nunique()
    return (
        f"{reports} {_plural(reports, 'report')} of {origins} {_plural(origins, 'origin')}, "
        f"from {sources} {_plural(sources, 'source')}"
    )


def strength(coded: float) -> str:
    """`+1.5`, `−2`, `0`: how strongly an event was coded, -3..3."""
    return f"{coded:+g}".replace("-", "−") if coded else "0"


def timeline_alt(events: pd.DataFrame) -> str:
    if events.empty:
        return "A timeline without events."
    busiest = events["driver_title"].value_counts()
    return (
        f"A timeline of {counted(events)}, between {words.long_date(events['date'].min())} and "
        f"{words.long_date(events['date'].max())}. Most speak to {busiest.index[0]} "
        f"({busiest.iloc[0]})."
    )


def driver_alt(curve: pd.DataFrame, as_of: date) -> str:
    """Where a driver stands, and where it is expected to be at the end."""
    now = curve[curve["past"]].iloc[-1]
    last = curve.iloc[-1]
    return (
        f"{now['title']}: {words.signed(now['level'])} on {words.long_date(as_of)}, 90% interval "
        f"{words.signed(now['low'])} to {words.signed(now['high'])}; expected by "
        f"{words.long_date(last['date'])} at {words.signed(last['level'])}, "
        f"{words.signed(last['low'])} to {words.signed(last['high'])}."
    )


def driver_in_words(curve: pd.DataFrame) -> pd.DataFrame:
    """Date, Level, 90% interval, and whether it is past."""
    return pd.DataFrame(
        {
            "Date": [words.short_date(day) for day in curve["date"]],
            "Level": [words.signed(level) for level in curve["level"]],
            "90% interval": [
                f"{words.signed(row.low)} to {words.signed(row.high)}" for row in curve.itertuples()
            ],
            "": ["record" if past else "expected" for past in curve["past"]],
        }
    )


def events_in_words(events: pd.DataFrame) -> pd.DataFrame:
    """One row an event, newest first; index: event. Link is the source's address."""
    said = [f"{row.driver_title} {strength(row.strength)}" for row in events.itertuples()]
    spoke = events.assign(said=said)
    speaks_to = spoke.groupby("event")["said"].agg("; ".join)
    once = events.drop_duplicates("event").sort_values("date", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "Date": once["date"].dt.date.to_numpy(),
            "What happened": once["what_happened"].to_numpy(),
            "Speaks to": [speaks_to[event] for event in once["event"]],
            "Source": once["source"].to_numpy(),
            "Link": once["source_url"].to_numpy(),
            "Reliability": [f"{r}: {RELIABILITY.get(r, '')}" for r in once["reliability"]],
            "Known on": once["known_on"].dt.date.to_numpy(),
            "Origin": once["origin"].to_numpy(),
        },
        index=pd.Index(once["event"], name="Event"),
    )


def _plural(number: int, noun: str) -> str:
    return noun if number == 1 else f"{noun}s"
