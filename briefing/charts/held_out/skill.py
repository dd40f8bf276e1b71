"""Skill beside simple rules over the horizons: a mark with its interval a rule and horizon."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from briefing.charts import labels, theme

HEIGHT = 340
APART = 0.22  # of a horizon's room, between two rules
LOWEST = -1.0  # a skill under this is drawn at the edge, as a triangle that points down


def skill(rows: pd.DataFrame, names: Mapping[str, str]) -> go.Figure:
    """Skill and its 90 % interval, horizons from left to right, rules side by side.

    rows: months, baseline, skill, skill_low, skill_high. names: rule -> its words, in their order.
    """
    months = sorted(rows["months"].unique())
    marks = []
    for place, (rule, name) in enumerate(names.items()):
        series, colour = rows[rows["baseline"] == rule], theme.COLOURS[place]
        x = [months.index(m) + APART * (place - (len(names) - 1) / 2) for m in series["months"]]
        marks += [_intervals(series, x, colour, name), _points(series, x, colour, name)]
    top = float(np.nanmax([0.2, *rows["skill"], *rows["skill_high"]]))
    low = float(np.nanmin([-0.2, *rows["skill"], *rows["skill_low"]]))
    layout = _axes(months, max(low, LOWEST), top) | dict(annotations=_legend(names))
    return theme.drawn(marks, layout, HEIGHT, l=52, r=12, t=14 + 20 * len(names), b=44)


def _points(series: pd.DataFrame, x: list[float], colour: str, name: str) -> dict:
    return dict(
        type="scatter",
        x=x,
        y=list(series["skill"].clip(lower=LOWEST)),
        mode="markers",
        marker=dict(
            size=9,
            color=colour,
            opacity=1,
            symbol=["triangle-down" if skill < LOWEST else "circle" for skill in series["skill"]],
        ),
        name=name,
        cliponaxis=False,
        customdata=list(series["skill"]),
        hovertemplate=f"beside {name}: skill %{{customdata:+.2f}}<extra></extra>",
    )


def _intervals(series: pd.DataFrame, x: list[float], colour: str, name: str) -> dict:
    """One trace of all intervals, with a gap after each."""
    ends = zip(series["skill_low"], series["skill_high"], strict=True)
    return dict(
        type="scatter",
        x=[value for place in x for value in (place, place, None)],
        y=[value for low, high in ends for value in (low, high, None)],
        mode="lines",
        line=dict(color=colour, width=2.5),
        hoverinfo="skip",
        name=f"{name}, 90% interval",
    )


def _axes(months: list[int], low: float, top: float) -> dict:
    axis = dict(fixedrange=True, zeroline=False, showgrid=False)
    zero = dict(type="line", x0=0, x1=1, xref="paper", y0=0, y1=0, layer="below")
    room = 0.06 * (top - low)
    return dict(
        xaxis=axis
        | dict(
            range=[-0.5, len(months) - 0.5],
            tickvals=list(range(len(months))),
            ticktext=[f"{month}" for month in months],
            title=dict(text="months ahead"),
        ),
        yaxis=axis
        | dict(
            range=[low - room, top + room], tickformat="+.1f", showgrid=True, gridcolor=theme.FAINT
        ),
        shapes=[zero | dict(line=dict(color=theme.GREY, width=1.5, dash="dash"))],
    )


def _legend(names: Mapping[str, str]) -> list[dict]:
    """The rules' names in their colours above the chart, one below the other, as a phone has it."""
    return [
        dict(
            xref="paper",
            yref="paper",
            x=0,
            y=1,
            xanchor="left",
            yanchor="bottom",
            yshift=6 + 20 * (len(names) - 1 - place),
            text=f"{labels.dot(theme.COLOURS[place])} beside {name}",
            showarrow=False,
        )
        for place, name in enumerate(names.values())
    ]
