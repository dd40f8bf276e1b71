"""The walk-forward drawn: an outcome's path over as-of days, the skill against each rule."""

from collections.abc import Iterable
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from briefing.charts import rows as row_charts
from briefing.charts import theme

HEIGHT = 320
ROW_HEIGHT = 44
RULES = (("class_rate", "dash", "rate of the class"), ("own_record", "dot", "own record"))
BECAME = (("happened", "circle"), ("not", "circle-open"))
LOWEST = -1.0  # end of the axis of skill; a reading beside the row tells what lies beyond


def path(forecasts: pd.DataFrame, happened: Iterable[date], colour: str, top: float) -> go.Figure:
    """One outcome's chance for one term, as of each day, with what became of it.

    forecasts: its rows with as_of, probability, low, high, class_rate, own_record, resolution, by
    as-of day. happened: days of an upright line each. colour: #rrggbb. top: end of the axis.
    """
    marks = [_band(forecasts, colour), *(_rule(forecasts, *rule) for rule in RULES)]
    marks += [_line(forecasts, colour)]
    marks += [_circles(forecasts, *became, colour) for became in BECAME]
    lines = [_upright(day) for day in happened]
    layout = dict(
        xaxis=dict(showgrid=False, fixedrange=True, zeroline=False),
        yaxis=theme.probability_axis(top),
        shapes=lines,
    )
    return theme.drawn(marks, layout, HEIGHT, l=44, r=14, t=12, b=32)


def _days(forecasts: pd.DataFrame) -> list[date]:
    return list(forecasts["as_of"])


def _band(forecasts: pd.DataFrame, colour: str) -> dict:
    days = _days(forecasts)
    return dict(
        type="scatter",
        x=[*days, *days[::-1]],
        y=[*forecasts["high"], *forecasts["low"][::-1]],
        fill="toself",
        fillcolor=theme.tint(colour, 0.18),
        line=dict(width=0),
        mode="lines",
        hoverinfo="skip",
        name="90% interval",
    )


def _rule(forecasts: pd.DataFrame, column: str, dash: str, name: str) -> dict:
    return dict(
        type="scatter",
        x=_days(forecasts),
        y=list(forecasts[column]),
        mode="lines",
        line=dict(color=theme.GREY, width=1.5, dash=dash),
        hovertemplate=f"%{{x|%-d %b %Y}}, {name}: %{{y:.1%}}<extra></extra>",
        name=name,
    )


def _line(forecasts: pd.DataFrame, colour: str) -> dict:
    return dict(
        type="scatter",
        x=_days(forecasts),
        y=list(forecasts["probability"]),
        mode="lines",
        line=dict(color=colour, width=2.5),
        hovertemplate="%{x|%-d %b %Y}: %{y:.1%}<extra></extra>",
        name="the model",
    )


def _circles(forecasts: pd.DataFrame, resolution: str, symbol: str, colour: str) -> dict:
    some = forecasts[forecasts["resolution"] == resolution]
    return dict(
        type="scatter",
        x=_days(some),
        y=list(some["probability"]),
        mode="markers",
        marker=dict(symbol=symbol, size=8, color=colour, line=dict(color=colour, width=1.5)),
        hoverinfo="skip",
        name="came" if resolution == "happened" else "did not come",
    )


def _upright(day: date) -> dict:
    line = dict(color=theme.GREY, width=1.5)
    return dict(type="line", x0=day, x1=day, y0=0, y1=1, yref="paper", line=line, layer="below")


def skills(table: pd.DataFrame, titles: list[str], readings: list[str]) -> go.Figure:
    """The model's skill against each rule, a row a rule, with its 90 % interval.

    table: skill, skill_low, skill_high. titles, readings: texts above each row, left and right.
    Dotted: 0, where neither is better.
    """
    places = list(range(len(table)))
    marks = [_interval(table, places), _dots(table, places)]
    notes = [row_charts.row_title(place, text) for place, text in enumerate(titles)]
    notes += [row_charts.row_reading(place, text) for place, text in enumerate(readings)]
    line = dict(color=theme.GREY, width=2, dash="dot")
    zero = dict(type="line", x0=0, x1=0, y0=-0.3, y1=len(table) - 0.7, line=line, layer="below")
    layout = dict(
        xaxis=dict(
            range=[LOWEST, 1.0], tickformat="+.1f", zeroline=False, showgrid=False, fixedrange=True
        ),
        yaxis=dict(visible=False, range=[len(table) - 0.6, -0.75], fixedrange=True),
        annotations=notes,
        shapes=[zero],
    )
    return theme.drawn(marks, layout, ROW_HEIGHT * len(table) + 30, l=12, r=22, b=30)


def _interval(table: pd.DataFrame, places: list[int]) -> dict:
    pairs = zip(table["skill_low"], table["skill_high"], strict=True)
    ends = [x for low, high in pairs for x in (low, high, None)]
    lines = [place for place in places for _ in range(3)]
    line = dict(color=theme.tint(theme.COLOURS[0], 0.45), width=5)
    return dict(type="scatter", x=ends, y=lines, mode="lines", line=line, hoverinfo="skip")


def _dots(table: pd.DataFrame, places: list[int]) -> dict:
    return dict(
        type="scatter",
        x=list(table["skill"]),
        y=places,
        mode="markers",
        marker=dict(color=theme.COLOURS[0], size=10),
        hovertemplate="skill %{x:+.2f}<extra></extra>",
        name="skill",
    )
