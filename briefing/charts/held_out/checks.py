"""Posterior predictive checks drawn: where what was seen lies among the simulated worlds."""

import pandas as pd
import plotly.graph_objects as go

from briefing.charts import theme
from briefing.charts.rows import ROW_HEIGHT, as_rows, row_title, track

LOW, HIGH = 0.05, 0.95
HALF_BAND = 0.18  # of a row: a title begins a quarter of one above its line
INSIDE, OUTSIDE = theme.COLOURS[0], theme.COLOURS[2]


def positions(rows: pd.DataFrame) -> go.Figure:
    """One row per `row`, a mark per quantity at its place among the simulated worlds, 0..1.

    rows: row (title of a line of the chart), name (of the quantity), position, inside.
    """
    titles = list(dict.fromkeys(rows["row"]))
    figure = theme.frame(ROW_HEIGHT * len(titles) + 40, l=16, r=16, b=40)
    for inside, colour, symbol in ((True, INSIDE, "circle"), (False, OUTSIDE, "diamond")):
        group = rows[rows["inside"] == inside]
        figure.add_scatter(
            x=list(group["position"]),
            y=[titles.index(title) for title in group["row"]],
            mode="markers",
            marker=dict(size=10, color=colour, opacity=0.85, symbol=symbol),
            customdata=list(group["name"]),
            hovertemplate="%{customdata}: %{x:.2f}<extra></extra>",
            name="inside the middle 90%" if inside else "outside it",
            cliponaxis=False,
        )
    as_rows(
        figure, len(titles), 1.0, [row_title(place, title) for place, title in enumerate(titles)]
    )
    places = range(len(titles))
    figure.update_layout(shapes=[*map(_band, places), *(track(place, 1.0) for place in places)])
    return figure.update_xaxes(title="place among the simulated worlds", tickformat=".1f")


def _band(place: int) -> dict:
    """The middle 90 % of one row, clear of the rows' titles."""
    ends = dict(x0=LOW, x1=HIGH, y0=place - HALF_BAND, y1=place + HALF_BAND)
    return dict(
        type="rect", layer="below", fillcolor=theme.FAINT, line_width=0, opacity=0.5, **ends
    )
