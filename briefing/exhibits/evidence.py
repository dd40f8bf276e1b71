"""The exhibits of the Evidence page: the timeline, a driver over time, what each event pulls."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from briefing.charts import evidence, theme
from briefing.exhibits.exhibit import Exhibit
from briefing.words import evidence as evidence_words
from briefing.words import numbers
from model.evidence.event_table import by_month
from model.scenario import Scenario

MARKS = 1_000  # more could not be told apart, and a browser takes seconds to draw them
FILTERS = ("about", "sources", "media", "q")  # about: a driver


def timeline(
    events: pd.DataFrame, start: date, end: date, filters: Mapping[str, str] | None = None
) -> Exhibit:
    """The events between two days; `events` are rows of `model.evidence.event_table.coded_events`.

    start, end: both within; ends of the axis. filters: what the rows were chosen by (`FILTERS`),
    several sources or countries joined by "; ". More than `MARKS` rows are counted by month.
    """
    inside = events[events["date"].dt.date.between(start, end)]
    figure, marks = _timeline(inside, start, end)
    return Exhibit(
        name="timeline",
        title="Events by driver",
        figure=figure,
        numbers=inside[["event", "date", "driver", "driver_title", "strength"]],
        in_words=evidence_words.codings_in_words(inside),
        alt=evidence_words.timeline_alt(inside),
        caption=f"{evidence_words.counted(inside)}. {marks}",
        choices={"from": start.isoformat(), "to": end.isoformat()} | dict(filters or {}),
    )


def _timeline(inside: pd.DataFrame, start: date, end: date) -> tuple[go.Figure, str]:
    """The figure, a mark an event or, where these are too many, a month; what its marks say."""
    if len(inside) <= MARKS:
        marks = "Up: it raised the driver; down: it lowered it; the larger, the stronger."
        return evidence.timeline(inside, start, end), marks
    marks = "A mark is a month. Up: those that raised the driver; down: that lowered it; the "
    return evidence.timeline_by_month(by_month(inside), start, end), f"{marks}larger, the more."


def driver_curve(curves: pd.DataFrame, events: pd.DataFrame, driver: str, as_of: date) -> Exhibit:
    """One driver's level (-2..2) over time, with ticks for its events.

    curves: that of `model.inspect.driver_history`. events: rows of `coded_events`. driver: an id.
    """
    curve = curves[curves["driver"] == driver]
    codings = events[events["driver"] == driver]
    ticks = codings[["driver", "event", "date", "strength"]].assign(date=codings["date"].dt.date)
    return Exhibit(
        name="driver_curve",
        title=f"{curve['title'].iloc[0]} over time",
        figure=evidence.driver_curve(curve, codings, as_of),
        numbers=pd.concat([curve, ticks], ignore_index=True),
        in_words=evidence_words.driver_in_words(curve),
        alt=evidence_words.driver_alt(curve, as_of),
        caption="Solid: the record. Dotted: expected. Bands: 90% interval. Ticks: its events. "
        "Where no report was found, the level fades as earlier reports do; no band shows what "
        "nobody reported.",
        choices={"driver": driver},
    )


def pull(
    pulls: pd.DataFrame, events: pd.DataFrame, outcome: str, scenario: Scenario, deadline: date
) -> Exhibit:
    """The events that pull an outcome (an id) most, in percentage points by the deadline.

    pulls: that of `model.inspect.event_pulls`. events: rows of `coded_events`.
    """
    title = scenario.outcome(outcome).title
    rows = evidence_words.strongest(pulls, events, outcome)
    colour = theme.outcome_colours(scenario.outcome_ids)[outcome]
    return Exhibit(
        name="pull",
        title=f"{title} by {numbers.long_date(deadline)}: the strongest pulls",
        figure=evidence.pull(rows, colour),
        numbers=rows,
        in_words=evidence_words.pulls_in_words(rows),
        alt=evidence_words.pull_alt(rows, title),
        caption="Pull: the published chance minus the chance without the event, in percentage "
        "points. Right: the event raises the chance. Whiskers: two Monte Carlo errors.",
        choices={"outcome": outcome},
    )
