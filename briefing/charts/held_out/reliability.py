"""Said beside came: groups of forecasts alike, and how evenly chances lie at the events."""

import pandas as pd
import plotly.graph_objects as go

from briefing.charts import theme

HEIGHT = 360
APART = 6  # pixels by which an axis's labels stand off, clear of the other axis's lowest
COLOUR = theme.COLOURS[0]


def reliability(rows: pd.DataFrame) -> go.Figure:
    """The share that came, with its 90 % interval, over the mean chance said; dashed: alike.

    rows: said, came, low, high, cases of groups of forecasts; groups without a share are left out.
    """
    known = rows[rows["came"].notna()]
    ends = zip(known["low"], known["high"], strict=True)
    bars = dict(
        type="scatter",
        x=[value for chance in known["said"] for value in (chance, chance, None)],
        y=[value for low, high in ends for value in (low, high, None)],
        mode="lines",
        line=dict(color=COLOUR, width=2.5),
        hoverinfo="skip",
        name="90% interval",
    )
    marks = dict(
        type="scatter",
        x=list(known["said"]),
        y=list(known["came"]),
        mode="markers",
        marker=dict(size=10, color=COLOUR, opacity=1),
        customdata=list(known["cases"]),
        hovertemplate="said %{x:.0%}, came %{y:.0%}, %{customdata} cases<extra></extra>",
        name="groups of cases",
        cliponaxis=False,
    )
    alike = dict(type="line", x0=0, y0=0, x1=1, y1=1, layer="below")
    axis = theme.probability_axis(1.0)
    layout = dict(
        xaxis=axis | dict(title=dict(text="said"), dtick=0.2, ticklabelstandoff=APART),
        yaxis=axis | dict(title=dict(text="came"), dtick=0.2),
        shapes=[alike | dict(line=dict(color=theme.GREY, width=1.5, dash="dash"))],
    )
    return theme.drawn([bars, marks], layout, HEIGHT, l=56, r=18, t=14, b=48)


def evenness(rows: pd.DataFrame) -> go.Figure:
    """How many more events lie below each chance than right chances put there, with intervals.

    rows: share, and gap, gap_low, gap_high, the curve and its ends less the share.
    """
    shared = dict(type="scatter", x=list(rows["share"]), mode="lines")
    edge = dict(width=0, shape="hv")
    marks = [
        shared | dict(y=list(rows["gap_low"]), line=edge, hoverinfo="skip", name="90%, lower edge"),
        shared
        | dict(y=list(rows["gap_high"]), line=edge, hoverinfo="skip", name="90%, upper edge")
        | dict(fill="tonexty", fillcolor=theme.tint(COLOUR, 0.16)),
        shared
        | dict(y=list(rows["gap"]), line=dict(color=COLOUR, width=2.5, shape="hv"), name="cases")
        | dict(hovertemplate="%{y:+.1%} at a chance of %{x:.0%}<extra></extra>"),
    ]
    axis = dict(fixedrange=True, zeroline=False, showgrid=False)
    zero = dict(type="line", x0=0, x1=1, y0=0, y1=0, layer="below")
    layout = dict(
        xaxis=axis
        | dict(range=[0, 1], tickformat=".0%", title=dict(text="chance at the event"))
        | dict(ticklabelstandoff=APART),
        yaxis=axis | dict(tickformat="+.0%", showgrid=True, gridcolor=theme.FAINT),
        shapes=[zero | dict(line=dict(color=theme.GREY, width=1.5, dash="dash"))],
    )
    return theme.drawn(marks, layout, HEIGHT, l=52, r=18, t=14, b=48)
