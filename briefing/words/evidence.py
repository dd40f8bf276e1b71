"""The evidence in sentences and tables."""

from datetime import date

import pandas as pd

from briefing.words import numbers

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
}
PULL = "An event's pull is the published chance less the chance without it, in percentage points."
STRONGEST = 10  # events drawn by their pull


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
    """What the timeline shows; `events` are rows of `coded_events`."""
    if events.empty:
        return "A timeline without events."
    busiest = events["driver_title"].value_counts()
    return (
        f"A timeline of {counted(events)}, between {numbers.long_date(events['date'].min())} and "
        f"{numbers.long_date(events['date'].max())}. Most speak to {busiest.index[0]} "
        f"({busiest.iloc[0]})."
    )


def driver_alt(curve: pd.DataFrame, as_of: date) -> str:
    """Where a driver stands, and where it is expected to be at the end."""
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
    """Date, Level, 90% interval, and whether it is past."""
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
    """Date, Driver, Strength, What happened: a row a mark of the timeline, newest first."""
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

    pulls: that of `model.inspect.event_pulls`; events: rows of `coded_events`. Columns of both, a
    row an event.
    """
    own = pulls[(pulls["outcome"] == outcome) & (pulls["pull"] != 0)]
    named = events.drop_duplicates("event")[["event", "date", "what_happened", "source"]]
    both = own.merge(named, on="event")
    order = both["pull"].abs().sort_values(ascending=False, kind="stable").index
    return both.loc[order[:STRONGEST]].reset_index(drop=True)


def pull_alt(rows: pd.DataFrame, title: str) -> str:
    """What the chart of the strongest pulls shows; `rows` are those of `strongest`."""
    if rows.empty:
        return f"No event pulls the chance of {title}."
    first = rows.iloc[0]
    raises = int((rows["pull"] > 0).sum())
    return (
        f"The {len(rows)} events that pull the chance of {title} most, {raises} of them up and "
        f"{len(rows) - raises} down. The strongest, of {numbers.long_date(first['date'])}, "
        f"pulls by "
        f"{numbers.bare_points(first['pull'], first['mcse'])} points: {first['what_happened']}."
    )


def pulls_in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Date, What happened, Pull and its Monte Carlo error (points), k̂, Draws that count."""
    return pd.DataFrame(
        {
            "Date": [numbers.short_date(day) for day in rows["date"]],
            "What happened": rows["what_happened"],
            "Pull (points)": [numbers.bare_points(row.pull, row.mcse) for row in rows.itertuples()],
            "Monte Carlo error": [f"{100 * error:.1g} points" for error in rows["mcse"]],
            "k̂": [f"{max(khat, 0):.2f}" for khat in rows["khat"]],
            "Draws that count": [f"{left:,.0f}" for left in rows["effective_draws"]],
        }
    )


def events_in_words(
    events: pd.DataFrame, title: str = "", pulls: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row an event, newest first; index: event. Link is the source's address.

    pulls: rows of `model.inspect.event_pulls` of the outcome `title`; they add a column of
    percentage points.
    """
    said = [f"{row.driver_title} {strength(row.strength)}" for row in events.itertuples()]
    spoke = events.assign(said=said)
    speaks_to = spoke.groupby("event")["said"].agg("; ".join)
    once = events.drop_duplicates("event").sort_values("date", ascending=False, kind="stable")
    told = {}
    if pulls is not None:
        of = pulls.set_index("event")["pull"]
        told = {f"Pull on {title}, points": (100 * of).reindex(once["event"]).to_numpy()}
    return pd.DataFrame(
        {
            "Date": once["date"].dt.date.to_numpy(),
            "What happened": once["what_happened"].to_numpy(),
            **told,
            "Speaks to": [speaks_to[event] for event in once["event"]],
            "Source": once["source"].to_numpy(),
            "Media of": once["country"].to_numpy(),
            "Link": once["source_url"].to_numpy(),
            "Reliability": [f"{r}: {RELIABILITY.get(r, '')}" for r in once["reliability"]],
            "Known on": once["known_on"].dt.date.to_numpy(),
            "Origin": once["origin"].to_numpy(),
        },
        index=pd.Index(once["event"], name="Event"),
    )


def _plural(number: int, noun: str) -> str:
    return noun if number == 1 else f"{noun}s"
