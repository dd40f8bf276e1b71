"""The evidence drawn: the timeline of events by driver, a driver's level over time, pulls."""

import math
from datetime import date, timedelta
from html import escape
from itertools import chain

import pandas as pd
import plotly.graph_objects as go

from briefing.charts import labels, theme
from briefing.charts.rows import ROW_HEIGHT, as_rows, row_title
from briefing.words import numbers, points
from briefing.words.evidence import strength

UP, DOWN = theme.COLOURS[2], theme.COLOURS[0]
DIRECTIONS = (  # sign of the coding, name, symbol, colour
    (1, "raised it", "triangle-up", UP),
    (-1, "lowered it", "triangle-down", DOWN),
    (0, "neither", "circle", theme.GREY),
)
LARGEST = 3.0  # the strongest coding
SMALLEST = 6  # pixels of a mark
PULL_HEIGHT = 64  # of a row with two lines above its bar


def timeline(events: pd.DataFrame, start: date, end: date) -> go.Figure:
    """One row per driver, one mark per event: up where it raised the driver, down where it lowered.

    The larger, the stronger. events: rows of `model.evidence.event_table.coded_events`. start, end:
    ends of the time axis.
    """
    sizes = SMALLEST + 9 * events["strength"].abs() / LARGEST
    hovers = [_hover(row) for row in events.itertuples()]
    return _by_driver(events.assign(size=sizes, hover=hovers), start, end)


def timeline_by_month(months: pd.DataFrame, start: date, end: date) -> go.Figure:
    """One row per driver, one mark per month and direction: the larger, the more events.

    months: rows of `model.evidence.event_table.by_month`. start, end: ends of the time axis.
    """
    sizes = SMALLEST + 9 * (months["codings"] / months["codings"].max()) ** 0.5  # by area
    hovers = [_month_hover(row) for row in months.itertuples()]
    inside = months["date"].clip(pd.Timestamp(start), pd.Timestamp(end))
    return _by_driver(months.assign(size=sizes, hover=hovers, date=inside), start, end)


def _by_driver(marks: pd.DataFrame, start: date, end: date) -> go.Figure:
    """marks: date, driver_title, strength, size (pixels) and hover of each."""
    drivers = list(dict.fromkeys(marks["driver_title"]))
    places = {title: place for place, title in enumerate(drivers)}
    figure = theme.frame(ROW_HEIGHT * len(drivers) + 40, l=12, r=22, b=32)
    for sign, name, symbol, colour in DIRECTIONS:
        rows = marks[marks["strength"].map(_sign) == sign]
        figure.add_trace(_marks(rows, places, name, symbol, colour))
    titles = [row_title(place, title) for title, place in places.items()]
    lines = [_row_line(place) for place in places.values()]
    figure.update_layout(annotations=titles, shapes=lines)
    figure.update_yaxes(visible=False, range=[len(drivers) - 0.6, -0.75], fixedrange=True)
    room = max((end - start) * 0.015, timedelta(days=1))  # so that no mark is cut in half
    figure.update_xaxes(range=[start - room, end + room], showgrid=False)
    return figure.update_xaxes(fixedrange=True, zeroline=False)


def _marks(
    rows: pd.DataFrame, places: dict[str, int], name: str, symbol: str, colour: str
) -> go.Scatter:
    return go.Scatter(
        x=rows["date"],
        y=rows["driver_title"].map(places),
        mode="markers",
        marker=dict(symbol=symbol, color=colour, opacity=0.75, size=list(rows["size"])),
        customdata=list(rows["hover"]),
        hovertemplate="%{customdata}<extra></extra>",
        name=name,
    )


def _row_line(place: int) -> dict:
    line = dict(color=theme.FAINT, width=2)
    across = dict(xref="paper", x0=0, x1=1, y0=place, y1=place)
    return dict(type="line", layer="below", line=line, **across)


def driver_curve(curve: pd.DataFrame, events: pd.DataFrame, as_of: date) -> go.Figure:
    """One driver's level with its 90 % band: solid up to the as-of day, dotted as expected after.

    curve: its rows of `model.inspect.driver_history`, levels -2..2. events: its rows of
    `coded_events`, ticks below.
    """
    figure = theme.frame(280, l=34, r=10, t=10, b=32)
    for past, share, dash in ((True, 0.22, "solid"), (False, 0.1, "dot")):
        rows = curve[curve["past"] == past]
        if not past:
            # The expected part starts at the last point of the record, or a gap would show.
            rows = pd.concat([curve[curve["past"]].tail(1), rows])
        when = "up to the as-of day" if past else "expected"
        figure.add_traces([_band(rows, share, when), _level(rows, dash, when)])
    figure.add_trace(_event_ticks(events))
    day = pd.Timestamp(as_of)
    line = dict(color=theme.GREY, width=1.5, dash="dot")
    figure.add_shape(type="line", x0=day, x1=day, y0=0, y1=1, yref="paper", line=line)
    figure.update_xaxes(showgrid=False, fixedrange=True)
    return figure.update_yaxes(
        range=[-2.1, 2.1],
        tickvals=[-2, -1, 0, 1, 2],
        ticktext=["−2", "−1", "0", "+1", "+2"],
        gridcolor=theme.FAINT,
        zeroline=False,
        fixedrange=True,
    )


def _band(rows: pd.DataFrame, share: float, when: str) -> go.Scatter:
    return go.Scatter(
        x=[*rows["date"], *rows["date"][::-1]],
        y=[*rows["high"], *rows["low"][::-1]],
        fill="toself",
        fillcolor=theme.tint(DOWN, share),
        line_width=0,
        mode="lines",
        hoverinfo="skip",
        name=f"90% interval, {when}",
    )


def _level(rows: pd.DataFrame, dash: str, when: str) -> go.Scatter:
    return go.Scatter(
        x=list(rows["date"]),
        y=list(rows["level"]),
        mode="lines",
        line=dict(color=DOWN, width=2.5, dash=dash),
        hovertemplate="%{x|%-d %b %Y}: %{y:+.1f}<extra></extra>",
        name=f"level, {when}",
    )


def _event_ticks(events: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=events["date"],
        y=[-1.95] * len(events),
        mode="markers",
        marker=dict(symbol="line-ns-open", size=9, color=theme.GREY),
        customdata=[_hover(row) for row in events.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
        name="events",
    )


def pull(rows: pd.DataFrame, colour: str) -> go.Figure:
    """One bar per event, from no pull to the event's in percentage points, to either side.

    rows: those of `words.evidence.strongest`, at least one. Whiskers: two Monte Carlo errors.
    """
    places = list(range(len(rows)))
    figure = theme.frame(PULL_HEIGHT * len(rows) + 26, l=12, r=22, b=26)
    figure.add_bar(
        x=rows["pull"],
        y=places,
        orientation="h",
        width=0.24,
        marker=dict(color=colour, line_width=0),
        error_x=dict(
            type="data", array=list(2 * rows["mcse"]), color=theme.GREY, thickness=2, width=4
        ),
        customdata=[escape(labels.shortened(what, 90)) for what in rows["what_happened"]],
        hovertemplate="%{customdata}<extra></extra>",
    )
    titles = (_pull_titles(place, row) for place, row in enumerate(rows.itertuples()))
    as_rows(figure, len(rows), 1.0, list(chain.from_iterable(titles)))
    line = dict(color=theme.GREY, width=2)
    none = [dict(type="line", x0=0, x1=0, y0=y - 0.14, y1=y + 0.14, line=line) for y in places]
    ends = [*(rows["pull"] - 2 * rows["mcse"]), *(rows["pull"] + 2 * rows["mcse"]), 0.0]
    ticks = _ticks(min(ends), max(ends))
    room = 0.04 * (max(ends) - min(ends))
    figure.update_layout(shapes=none)
    return figure.update_xaxes(
        range=[min(ends) - room, max(ends) + room],
        tickvals=ticks,
        ticktext=[_tick(tick) for tick in ticks],
    )


def _pull_titles(place: int, row) -> list[dict]:
    what = f"{numbers.short_date(row.date)}<br>{escape(labels.shortened(row.what_happened, 46))}"
    reading = f"<b>{points.bare(row.pull, row.mcse)}</b><br> "
    return [
        _above(place, what, x=0, xanchor="left", align="left"),
        _above(place, reading, x=1, xanchor="right", align="right"),
    ]


def _above(place: int, text: str, **across) -> dict:
    """Two lines above a bar, at one end of its row."""
    up = dict(yanchor="bottom", yshift=9)
    return dict(xref="paper", y=place, text=text, showarrow=False, **up, **across)


def _ticks(low: float, high: float) -> list[float]:
    """Round places between two ends, 0 among them."""
    step = 10 ** math.floor(math.log10((high - low) / 2))
    step *= max(times for times in (1, 2, 5) if times * step <= (high - low) / 2)
    return [step * n for n in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _tick(share: float) -> str:
    return f"{100 * share:+g}".replace("-", "−") if share else "0"


def _sign(strength: float) -> int:
    return (strength > 0) - (strength < 0)


def _hover(row) -> str:
    what = escape(labels.shortened(row.what_happened, 90))
    return f"{numbers.short_date(row.date)} ({strength(row.strength)}): {what}"


def _month_hover(row) -> str:
    told = f"{row.codings} report{'s' * (row.codings != 1)}"
    return f"{row.date:%B %Y}: {told}, {strength(round(row.strength, 1))} on average"
