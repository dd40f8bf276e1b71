"""Charts: a table in, a plotly figure out. The numbers drawn are the table's, unrounded.

Text colour is left to the page; colour marks outcomes only, and every mark is also named.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import pandas as pd
import plotly.graph_objects as go

from briefing.charts import labels, theme
from briefing.words import numbers

CURVES_HEIGHT = 412
LINE_HEIGHT = 17
LABEL_MARGIN = 104
FOOT = 40  # two lines of tick labels, month and year
DOTS_HEIGHT = 62


def curves(
    table: pd.DataFrame,
    readings: pd.DataFrame,
    colours: Mapping[str, str],
    top: float = 1.0,
) -> go.Figure:
    """Chance that each outcome has happened by a date, with its 90 % band.

    table: rows of the forecast's curves (outcome, title, date, probability, low, high).
    readings: the outcomes table's rows, read off at their common deadline; `given`, if there, marks
    what is assumed. colours: #rrggbb by outcome. top: end of the axis, a probability.
    """
    head = LINE_HEIGHT * (len(readings) + 1) + 8
    lines = [(outcome, rows) for outcome, rows in table.groupby("outcome", sort=False)]
    # All bands lie below all lines: a band over a line would dim it.
    marks = [_band(rows, colours[outcome]) for outcome, rows in lines]
    marks += [_curve(rows, colours[outcome]) for outcome, rows in lines]
    first, last = _day(table["date"].min()), _day(table["date"].max())
    ends = _end_labels([rows.iloc[-1] for _, rows in lines], colours, top, head)
    layout = dict(
        annotations=[*ends, _deadline_label(first, last, readings, colours)],
        shapes=[_deadline_line(readings)],
        yaxis=theme.probability_axis(top),
        xaxis=dict(
            range=[first, last],
            showgrid=False,
            fixedrange=True,
            tick0="2000-01-01",
            dtick="M6",
            tickformat="%b\n%Y",
            tickangle=0,
        ),
    )
    marks.append(_deadline_dots(readings, colours))
    return theme.drawn(marks, layout, CURVES_HEIGHT, t=head, r=LABEL_MARGIN, b=FOOT, l=44)


def dots(probability: float, colour: str) -> go.Figure:
    """A hundred dots in five rows, 100 * `probability` of them in `colour`; the last in part."""
    filled = [min(1.0, max(0.0, 100 * probability - place)) for place in range(100)]
    across, down = [place % 20 for place in range(100)], [place // 20 for place in range(100)]
    marks = [
        dict(type="scatter", x=across, y=down, mode="markers", marker=dict(size=8) | marker)
        for marker in (dict(color=theme.FAINT), dict(color=colour, opacity=filled))
    ]
    axes = dict(
        xaxis=dict(visible=False, range=[-0.5, 19.5]), yaxis=dict(visible=False, range=[4.6, -0.6])
    )
    return theme.drawn(marks, axes, DOTS_HEIGHT, l=0, r=0, t=0, b=0)


def _band(rows: pd.DataFrame, colour: str) -> dict:
    return theme.band(rows["date"], rows, colour, f"{rows['title'].iloc[0]}, 90% interval")


def _curve(rows: pd.DataFrame, colour: str) -> dict:
    texts = [
        f"{row.title} by {numbers.short_date(row.date)}: {labels.percent(row.probability, None)}"
        f"<br>{escape(numbers.interval(row.low, row.high))}"
        for row in rows.itertuples()
    ]
    return dict(
        type="scatter",
        x=list(rows["date"]),
        y=list(rows["probability"]),
        mode="lines",
        line=dict(color=colour, width=2.5),
        customdata=texts,
        hovertemplate="%{customdata}<extra></extra>",
        name=rows["title"].iloc[0],
    )


def _end_labels(ends, colours: Mapping[str, str], top: float, head: int) -> list[dict]:
    """A name at the end of each curve, with a line to it where the label had to move."""
    names = [labels.wrapped(end["title"]) for end in ends]
    shares = [min(end["probability"], top) / top for end in ends]
    offsets = _apart(shares, names, CURVES_HEIGHT - head - FOOT)
    return [
        dict(
            x=_day(end["date"]),
            y=min(end["probability"], top),
            ax=16,
            ay=offset,
            text=name,
            align="left",
            xanchor="left",
            showarrow=True,
            arrowhead=0,
            arrowwidth=1.5,
            arrowcolor=colours[end["outcome"]],
            standoff=2,
        )
        for end, name, offset in zip(ends, names, offsets, strict=True)
    ]


def _apart(shares: Sequence[float], names: Sequence[str], pixels: float) -> list[float]:
    """How far, in pixels downwards, each name has to move so that none meets another.

    shares: of the axis, 0..1, where the curves end. pixels: the height of the axis.
    """
    tallest = max(name.count("<br>") + 1 for name in names) * LINE_HEIGHT
    places = [share * pixels for share in shares]
    moved = labels.spread(places, tallest, tallest / 2 - 8, pixels - tallest / 2 + 8)
    return [place - label for place, label in zip(places, moved, strict=True)]


def in_height(figure: go.Figure, height: float) -> go.Figure:
    """The chart made as high as `height` (pixels); names at the ends of curves are put apart anew.

    Any chart will do; the names' offsets are in pixels, which do not shrink with it.
    """
    figure.update_layout(height=height)
    names = [note for note in figure.layout.annotations if note.showarrow]
    if names:
        margin, top = figure.layout.margin, figure.layout.yaxis.range[1]
        shares = [note.y / top for note in names]
        offsets = _apart(shares, [note.text for note in names], height - margin.t - margin.b)
        for note, offset in zip(names, offsets, strict=True):
            note.ay = offset
    return figure


def _deadline_line(readings: pd.DataFrame) -> dict:
    deadline = _day(readings["deadline"].iloc[0])
    line = dict(color=theme.GREY, width=1.5, dash="dot")
    return dict(type="line", x0=deadline, x1=deadline, y0=0, y1=1, yref="paper", line=line)


def _deadline_dots(readings: pd.DataFrame, colours: Mapping[str, str]) -> dict:
    return dict(
        type="scatter",
        x=[_day(readings["deadline"].iloc[0])] * len(readings),
        y=list(readings["probability"]),
        mode="markers",
        marker=dict(size=8, color=[colours[outcome] for outcome in readings["outcome"]]),
        hoverinfo="skip",
        name="at the deadline",
    )


def _deadline_label(first, last, readings: pd.DataFrame, colours: Mapping[str, str]) -> dict:
    """What is read at the deadline, in a block on top."""
    deadline = _day(readings["deadline"].iloc[0])
    late = (deadline - first) > 0.55 * (last - first)
    return dict(
        x=deadline,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="right" if late else "left",
        align="right" if late else "left",
        text="<br>".join(_readings(readings, colours)),
        showarrow=False,
        borderpad=0,
    )


def _readings(readings: pd.DataFrame, colours: Mapping[str, str]) -> list[str]:
    rows = readings.sort_values("probability", ascending=False, kind="stable").to_dict("records")
    lines = [
        f"{labels.dot(colours[row['outcome']])} {row['title']} <b>{escape(numbers.told(row))}</b>"
        for row in rows
    ]
    return [f"By {numbers.short_date(rows[0]['deadline'])}", *lines]


def _day(day: date) -> pd.Timestamp:
    """A day as a timestamp: tables hold both kinds, and the two do not compare."""
    return pd.Timestamp(day)
