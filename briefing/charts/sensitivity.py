"""How much each headline rests on priors and on data, drawn: one row per outcome."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from briefing.charts import labels, rows, theme
from briefing.words.inspect import sensitivity as sensitivity_words
from model.inspect.prior_sensitivity import THRESHOLD

ROW_HEIGHT = 62
CAUSES = (("prior", "circle", 0.0), ("likelihood", "diamond-open", 0.24))  # symbol, place in a row


def sensitivity(table: pd.DataFrame, colours: Mapping[str, str]) -> go.Figure:
    """Sensitivity to the prior (filled circle) and the data (open diamond), over its noise (bar).

    table: that of `model.inspect.prior_sensitivity`. colours: #rrggbb by outcome. Dotted: the
    threshold above which a change matters.
    """
    figure = theme.frame(ROW_HEIGHT * len(table) + 44, l=12, r=22, b=44)
    for cause, symbol, lower in CAUSES:
        figure.add_traces(_marks(table, colours, cause, symbol, lower))
    titles = []
    for place, row in enumerate(table.itertuples()):
        title = f"{labels.dot(colours[row.outcome])} {row.title}"
        titles.append(rows.row_title(place, title))
        titles.append(rows.row_reading(place, sensitivity_words.SHORT[row.diagnosis]))
    rows.as_rows(figure, len(table), _top(table), titles)
    figure.update_layout(shapes=[_threshold(place) for place in range(len(table))])
    return figure.update_xaxes(title="sensitivity", tickformat=".2f", dtick=0.1)


def _threshold(place: int) -> dict:
    """The threshold across the marks of one row, clear of the rows' titles."""
    line = dict(color=theme.GREY, width=2, dash="dot")
    ends = dict(x0=THRESHOLD, x1=THRESHOLD, y0=place - 0.14, y1=place + 0.38)
    return dict(type="line", line=line, layer="below", **ends)


def _marks(table, colours, cause: str, symbol: str, lower: float) -> list[go.Scatter]:
    places = [place + lower for place in range(len(table))]
    noise, measured = table[f"{cause}_noise"], table[cause]
    paint = [colours[outcome] for outcome in table["outcome"]]
    bars = [
        go.Scatter(
            x=[0, width],
            y=[place, place],
            mode="lines",
            line=dict(color=theme.FAINT, width=9),
            hovertemplate=f"chance alone: up to {width:.3f}<extra></extra>",
            name=f"{cause} noise",
        )
        for place, width in zip(places, noise, strict=True)
    ]
    marks = go.Scatter(
        x=list(measured),
        y=places,
        mode="markers",
        marker=dict(
            symbol=symbol, size=11, color=paint, opacity=1, line=dict(width=2, color=paint)
        ),
        customdata=list(table["title"]),
        hovertemplate=f"%{{customdata}}, {cause}: %{{x:.3f}}<extra></extra>",
        name=cause,
        cliponaxis=False,
    )
    return [*bars, marks]


def _top(table: pd.DataFrame) -> float:
    names = ["prior", "prior_noise", "likelihood", "likelihood_noise"]
    return max(0.1, 1.08 * table[names].to_numpy().max())
