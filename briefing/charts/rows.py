"""Charts of one row per item: the joint scenarios, the published forecast beside one's own."""

from collections.abc import Mapping
from html import escape

import pandas as pd
import plotly.graph_objects as go

from briefing.charts import labels, theme
from briefing.words import numbers
from briefing.words.explain import both_readings

ROW_HEIGHT = 44
ABOVE = 17  # pixels from a row's marks up to the middle of its title
CLOSEST = 14  # the same where rows are low, at least
# A faint line along each row, by the grid of its axis.
TRACKS = dict(showgrid=True, gridcolor=theme.FAINT, gridwidth=2, tick0=0, dtick=1)


def scenarios(table: pd.DataFrame) -> go.Figure:
    """Joint scenarios as bars, likeliest on top; `table` is that of `words.tables.scenarios`."""
    bars = dict(
        type="bar",
        x=table["probability"],
        y=list(range(len(table))),
        orientation="h",
        width=0.36,
        marker=dict(color=theme.GREY),
        text=[labels.percent(row.probability, row.mcse) for row in table.itertuples()],
        textposition="outside",
        constraintext="none",  # else numbers shrink with their bars where a document has less room
        cliponaxis=False,
        customdata=table["name"],
        hovertemplate="%{customdata}: %{text}<extra></extra>",
    )
    titles = [row_title(place, name) for place, name in enumerate(table["name"])]
    layout = _rows(len(table), 1.0, titles)
    return theme.drawn([bars], layout, ROW_HEIGHT * len(table) + 26, l=12, r=22, b=26)


def comparison(
    table: pd.DataFrame, colours: Mapping[str, str], top: float = 1.0, filled: str = "yours"
) -> go.Figure:
    """Published (open circle) to own (filled), one row per outcome.

    table: that of `words.tables.comparison`. colours: #rrggbb by outcome. top: end of the axis,
    a probability. filled: what the filled circles are called.

    Few marks, since this is the chart that a moved slider draws anew: one trace of either kind of
    circle, one of all the lines between them, the rows' tracks as a grid.
    """
    hues = [colours[outcome] for outcome in table["outcome"]]
    rows = enumerate(zip(table.to_dict("records"), hues, strict=True))
    titles = [row_title(place, _named(row, hue)) for place, (row, hue) in rows]
    marks = [
        _between(table),
        _circles(table, "published", "Published", hues, symbol="circle-open", size=14),
        _circles(table, "own", numbers.capital(filled), hues, symbol="circle", size=9),
    ]
    layout = _rows(len(table), top, titles)
    layout["yaxis"] |= TRACKS
    return theme.drawn(marks, layout, ROW_HEIGHT * len(table) + 26, l=12, r=22, b=26)


def _between(table: pd.DataFrame) -> dict:
    """A line per row from published to own, with a gap after each."""
    ends = [x for pair in zip(table["published"], table["own"], strict=True) for x in (*pair, None)]
    rows = [place for place in range(len(table)) for _ in range(3)]
    line = dict(color=theme.GREY, width=3)
    return dict(type="scatter", x=ends, y=rows, mode="lines", line=line, hoverinfo="skip")


def _circles(table: pd.DataFrame, column: str, name: str, hues: list[str], **marker) -> dict:
    return dict(
        type="scatter",
        x=list(table[column]),
        y=list(range(len(table))),
        mode="markers",
        marker=dict(color=hues, opacity=1, line=dict(color=hues, width=2.5)) | marker,
        cliponaxis=False,  # a chance of 0 or 1 would show half a circle
        customdata=list(table["title"]),
        hovertemplate=f"%{{customdata}}, {name}: %{{x:.1%}}<extra></extra>",
        name=name,
    )


def track(place: int, top: float) -> dict:
    """A faint line along row `place`, in place of a grid, which would run through the titles.

    top: end of the line on the axis, a probability.
    """
    line = dict(color=theme.FAINT, width=2)
    return dict(type="line", x0=0, x1=top, y0=place, y1=place, layer="below", line=line)


def _named(row: Mapping, colour: str) -> str:
    """Dot, title and reading in one label: on screen a second one would cost as much as a mark."""
    published, own = map(escape, both_readings(row))
    reading = f"<b>{own}</b>" if own == published else f"{published} → <b>{own}</b>"
    return f"{labels.dot(colour)} {row['title']}   {reading}"


def row_title(place: int, text: str) -> dict:
    """The label (`text`, for plotly) above row `place`, 0 on top, at its left end."""
    return _beside(place, text, x=0, xanchor="left")


def row_reading(place: int, text: str) -> dict:
    """The label (`text`, for plotly) above row `place`, 0 on top, at its right end."""
    return _beside(place, text, x=1, xanchor="right")


def _beside(place: int, text: str, **across) -> dict:
    return dict(xref="paper", y=place, yshift=ABOVE, text=text, showarrow=False, **across)


def in_height(figure: go.Figure, height: float) -> go.Figure:
    """The chart made as high as `height` (pixels); in closer rows a title stays by its own marks.

    Any chart will do.
    """
    closer = height / figure.layout.height
    for note in figure.layout.annotations:
        if note.yshift == ABOVE and closer < 1:
            note.yshift = max(CLOSEST, ABOVE * closer)
    return figure.update_layout(height=height)


def as_rows(figure: go.Figure, rows: int, top: float, labels: list[dict]) -> go.Figure:
    """Row 0 on top, room above each for its labels, a probability axis below without a grid.

    rows: how many. top: end of the axis, a probability. labels: those of `row_title` and the like.
    The labels are set in one go: plotly checks all of them again at each one that is added.
    """
    return figure.update_layout(_rows(rows, top, labels))


def _rows(rows: int, top: float, labels: list[dict]) -> dict:
    return dict(
        xaxis=theme.probability_axis(top) | dict(showgrid=False),
        yaxis=dict(
            range=[rows - 0.6, -0.75],
            showticklabels=False,
            showgrid=False,
            zeroline=False,
            fixedrange=True,
        ),
        annotations=labels,
    )
