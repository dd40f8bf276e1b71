"""Simulation-based calibration drawn: every quantity's ranks beside the band that they stay in."""

import pandas as pd
import plotly.graph_objects as go

from briefing.charts import theme

HEIGHT = 340
INSIDE, OUTSIDE = theme.tint(theme.GREY, 0.75), theme.COLOURS[2]


def calibration(curves: pd.DataFrame, inside: dict[tuple[str, str], bool]) -> go.Figure:
    """ECDFs less what is expected, one line per quantity, over their band; bold if it leaves it.

    curves: that of `model.scoring.calibration.curves`. inside: whether each (kind, about) stays in
    the band, by the names to hover.
    """
    quantities = list(curves.groupby(["kind", "about"], sort=False))
    # as many fits for each, so one band for all; what leaves it is drawn last, on top
    marks = [*_band(quantities[0][1])]
    for name, rows in sorted(quantities, key=lambda quantity: not inside[quantity[0]]):
        marks.append(_line(name, rows, inside[name]))
    axis = dict(fixedrange=True, zeroline=False, showgrid=False)
    layout = dict(
        xaxis=axis
        | dict(title=dict(text="rank among the draws, lowest (0) to highest (1)"), range=[0, 1]),
        yaxis=axis | dict(tickformat="+.0%", showgrid=True, gridcolor=theme.FAINT),
    )
    return theme.drawn(marks, layout, HEIGHT, l=48, r=12, t=12, b=44)


def _band(rows: pd.DataFrame) -> list[dict]:
    shared = dict(type="scatter", x=list(rows["share"]), mode="lines", hoverinfo="skip")
    edge = dict(width=0, shape="hv")
    low = shared | dict(y=list(rows["low"]), line=edge, name="band, lower edge")
    high = shared | dict(y=list(rows["high"]), line=edge, name="band, upper edge")
    return [low, high | dict(fill="tonexty", fillcolor=theme.FAINT)]


def _line(name: tuple[str, str], rows: pd.DataFrame, is_inside: bool) -> dict:
    kind, about = name
    return dict(
        type="scatter",
        x=list(rows["share"]),
        y=list(rows["gap"]),
        mode="lines",
        name=f"{kind}: {about}",
        line=dict(color=INSIDE if is_inside else OUTSIDE, width=1 if is_inside else 2.5),
        hovertemplate="%{fullData.name}: %{y:+.1%} at rank %{x:.2f}<extra></extra>",
    )
