"""The evidence in sentences and tables: events, a driver over time, the strongest pulls."""

from datetime import date

import pandas as pd

from briefing.words import numbers, points
from model.evidence.begun import Begun
from model.scenario import plain_text

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
}
PULL = "An event's pull: the published chance minus the chance without it, in percentage points."
STRONGEST = 10  # events drawn by their pull


def counted(events: pd.DataFrame) -> str:
    """`14 reports, 9 of them independent, from 5 sources`; rows of `coded_events`."""
    # An event has a row for each driver that it was coded to.
    once = events.drop_duplicates("event")
    reports, origins, sources = len(once), once["origin"].nunique(), once["source"].nunique()
    return (
        f"{plain_text.counted(reports, 'report')}, {origins:,} of them independent, "
        f"from {plain_text.counted(sources, 'source')}"
    )


def uncoded(events: pd.DataFrame, known: int) -> str:
    """How many of the events `known` move no driver, as a sentence; "" where all do.

    events: rows of `coded_events`.
    """
    rest = known - events["event"].nunique()
    if not rest:
        return ""
    are = "event is known, but bears" if rest == 1 else "events are known, but bear"
    return f"{numbers.capital(numbers.count(rest))} more {are} on no driver."


def under_way(first: Begun, title: str = "") -> str:
    """The warning at an outcome that was reported as begun, as plain text.

    title: its name, where that does not stand beside it.
    """
    head = f"{title} was reported" if title else "Reported"
    told = f": {first.what_happened.rstrip('.')}" if first.what_happened else ""
    return (
        f"{head} as begun on {numbers.long_date(first.date)}{told}. The model has no cases of what "
        "had already begun, so it understates this chance."
    )


def strength(coded: float) -> str:
    """`+1.5`, `−2`, `0`: how strongly an event was coded, -3..3."""
    return f"{coded:+g}".replace("-", "−") if coded else "0"


def timeline_alt(events: pd.DataFrame) -> str:
    """What the timeline shows, as a text; `events` are rows of `coded_events`."""
    if events.empty:
        return "A timeline without events."
    busiest = events["driver_title"].value_counts()
    return (
        f"A timeline of {counted(events)}, between {numbers.long_date(events['date'].min())} and "
        f"{numbers.long_date(events['date'].max())}. Most are evidence about {busiest.index[0]} "
        f"({busiest.iloc[0]})."
    )


def driver_alt(curve: pd.DataFrame, as_of: date) -> str:
    """Where a driver stands, and where it is expected to be at the end, as a text.

    curve: the driver's rows of `model.inspect.driver_history`, levels -2..2.
    """
    now = curve[curve["past"]].iloc[-1]
    last = curve.iloc[-1]
    return (
        f"{now['title']}: {numbers.signed(now['level'])} on {numbers.long_date(as_of)}, "
        f"90% interval "
        f"{numbers.signed(now['low'])} to {numbers.signed(now['high'])}; expected by "
        f"{numbers.long_date(last['date'])} at {numbers.signed(last['level'])}, "
        f"{numbers.signed(last['low'])} to {numbers.signed(last['high'])}."
    )


def driver_in_words(curve: pd.DataFrame) -> pd.DataFrame:
    """Date, Level (-2..2), 90% interval, and whether it is past: one row per date of `curve`."""
    return pd.DataFrame(
        {
            "Date": [numbers.short_date(day) for day in curve["date"]],
            "Level": [numbers.signed(level) for level in curve["level"]],
            "90% interval": [
                f"{numbers.signed(row.low)} to {numbers.signed(row.high)}"
                for row in curve.itertuples()
            ],
            "": ["record" if past else "expected" for past in curve["past"]],
        }
    )


def codings_in_words(events: pd.DataFrame) -> pd.DataFrame:
    """Date, Driver, Strength, What happened: one row per mark of the timeline, newest first."""
    rows = events.sort_values("date", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "Date": [numbers.short_date(day) for day in rows["date"]],
            "Driver": rows["driver_title"],
            "Strength": [strength(coded) for coded in rows["strength"]],
            "What happened": rows["what_happened"],
        }
    )


def strongest(pulls: pd.DataFrame, events: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """The events that pull an outcome most, either way, the strongest first.

    pulls: that of `model.inspect.event_pulls`, differences of chances. events: rows of
    `coded_events`. Columns of both, one row per event, at most `STRONGEST`.
    """
    moving = pulls[(pulls["outcome"] == outcome) & (pulls["pull"] != 0)]
    details = events.drop_duplicates("event")[["event", "date", "what_happened", "source"]]
    both = moving.merge(details, on="event")
    order = both["pull"].abs().sort_values(ascending=False, kind="stable").index
    return both.loc[order[:STRONGEST]].reset_index(drop=True)


def pull_alt(rows: pd.DataFrame, title: str) -> str:
    """What the chart of the strongest pulls shows, as a text; `rows` are those of `strongest`."""
    if rows.empty:
        return f"No event pulls the chance of {title}."
    first = rows.iloc[0]
    raises = int((rows["pull"] > 0).sum())
    return (
        f"The {len(rows)} events that pull the chance of {title} most, {raises} of them up and "
        f"{len(rows) - raises} down. The strongest, of {numbers.long_date(first['date'])}, "
        f"pulls by "
        f"{points.bare(first['pull'], first['mcse'])} points: {first['what_happened']}."
    )


def pulls_in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Date, What happened, Pull and its Monte Carlo error (points), k̂, Draws that count.

    One row per row of `strongest`.
    """
    return pd.DataFrame(
        {
            "Date": [numbers.short_date(day) for day in rows["date"]],
            "What happened": rows["what_happened"],
            "Pull (points)": [points.bare(row.pull, row.mcse) for row in rows.itertuples()],
            "Monte Carlo error": [points.error(mcse) for mcse in rows["mcse"]],
            "k̂": [f"{max(khat, 0):.2f}" for khat in rows["khat"]],
            "Draws that count": [f"{left:,.0f}" for left in rows["effective_draws"]],
        }
    )


def events_in_words(
    events: pd.DataFrame, title: str = "", pulls: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row per event, newest first; index: event. Link is the source's address.

    pulls: rows of `model.inspect.event_pulls` of the outcome `title`; they add a column of
    percentage points.
    """
    codings = [f"{row.driver_title} {strength(row.strength)}" for row in events.itertuples()]
    speaks_to = events.assign(coding=codings).groupby("event")["coding"].agg("; ".join)
    once = events.drop_duplicates("event").sort_values("date", ascending=False, kind="stable")
    pull_column = {}
    if pulls is not None:
        by_event = 100 * pulls.set_index("event")["pull"]
        pull_column = {f"Pull on {title}, points": by_event.reindex(once["event"]).to_numpy()}
    return pd.DataFrame(
        {
            "Date": once["date"].dt.date.to_numpy(),
            "What happened": once["what_happened"].to_numpy(),
            **pull_column,
            "Source": once["source"].to_numpy(),
            "Media of": once["country"].to_numpy(),
            "Link": once["source_url"].to_numpy(),
            "Evidence about": [speaks_to[event] for event in once["event"]],
            "Reliability": [f"{r}: {RELIABILITY.get(r, '')}" for r in once["reliability"]],
            "Known on": once["known_on"].dt.date.to_numpy(),
            "Origin": once["origin"].to_numpy(),
        },
        index=pd.Index(once["event"], name="Event"),
    )
