"""A belief as a density beside the published prior and the posterior, on a log axis."""

from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go

from briefing.charts import theme
from briefing.words.sets import beliefs
from model.beliefs.elicitation import Elicited

HEIGHT = 220
LABEL_ROW = 18
FOOT = 54
# Marks in every n-th power of ten, finest first; the first with room for its numbers is used.
STEPS = (
    ((1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8), 1),
    ((1, 1.5, 2, 3, 5, 7), 1),
    ((1, 2, 5), 1),
    ((1, 3), 1),
    ((1,), 1),
    ((1,), 2),
    ((1,), 4),
)
MOST_TICKS = 7


def belief(
    elicited: Elicited,
    published: tuple[float, float],
    posterior: np.ndarray,
    kind: str = "effect",
    colour: str = theme.GREY,
) -> go.Figure:
    """The user's density filled in `colour`, the published prior dotted, the posterior drawn out.

    published: ends of the prior's 90 % interval. posterior: a value per draw. kind: effect, link,
    influence or base_rate. colour: #rrggbb of the outcome. Ratios have a line at 1, no effect, and
    influences at 0. Densities are per unit of the logarithm, but of influences.
    """
    table = beliefs.densities(elicited, published, posterior, kind)
    curves = {name: rows for name, rows in table.groupby("name", sort=False)}
    figure = theme.frame(HEIGHT, l=8, r=8, t=0, b=FOOT)
    figure.add_traces([_curve(name, rows, colour) for name, rows in curves.items()])
    low, high = table["x"].min(), table["x"].max()
    linear = kind in beliefs.LINEAR
    if kind != "base_rate":
        near = (0.0, 0.0) if linear else (0.9, 1.1)
        low, high = min(low, near[0]), max(high, near[1])
        _line_at(figure, 0.0 if linear else 1.0, table["density"].max())
    top = _label_peaks(figure, curves, colour, np.asarray if linear else np.log10, (low, high))
    figure.update_xaxes(_level_axis(low, high) if linear else _axis(low, high, kind))
    figure.update_yaxes(range=[0, top], visible=False, fixedrange=True)
    return figure


def _style(name: str, colour: str) -> dict:
    return {
        beliefs.YOURS: dict(color=colour, width=2.5),
        beliefs.PUBLISHED: dict(color=theme.GREY, width=2, dash="dot"),
        beliefs.POSTERIOR: dict(color=theme.GREY, width=2),
    }[name]


def _curve(name: str, rows, colour: str) -> go.Scatter:
    filled = dict(fill="tozeroy", fillcolor=theme.tint(colour, 0.28))
    return go.Scatter(
        x=rows["x"],
        y=rows["density"],
        mode="lines",
        line=_style(name, colour) | dict(simplify=False),  # every point of the table
        hoverinfo="skip",
        name=name,
        **(filled if name == beliefs.YOURS else {}),
    )


def _line_at(figure: go.Figure, no_effect: float, top: float) -> None:
    line = dict(color=theme.GREY, width=1)
    figure.add_shape(
        type="line", x0=no_effect, x1=no_effect, y0=0, y1=top, line=line, layer="below"
    )


def _label_peaks(
    figure: go.Figure, curves: dict, colour: str, on_axis: Callable, ends: tuple[float, float]
) -> float:
    """Names over the peaks, a row each, and the top of the axis that leaves room for the rows.

    All names stand on the side with more room; the outermost peak has the top row, so that no line
    down to a peak crosses another's name.
    """
    peaks = {name: _peak(rows) for name, rows in curves.items()}
    middle = np.mean([on_axis(x) for x, _ in peaks.values()])
    leftwards = middle > np.mean(on_axis(ends))
    down = sorted(peaks, key=lambda name: peaks[name][0], reverse=bool(leftwards))
    tallest, pixels = max(y for _, y in peaks.values()), HEIGHT - FOOT
    top = tallest * pixels / (pixels - LABEL_ROW * len(down) - 4)
    for row, name in enumerate(down):
        y = top * (1 - (row + 0.5) * LABEL_ROW / pixels)
        # plotly places notes of a log axis by the logarithm, shapes by the value
        _label(
            figure,
            name,
            (*peaks[name], on_axis(peaks[name][0])),
            y,
            _style(name, colour),
            leftwards,
        )
    return top


def _peak(rows) -> tuple[float, float]:
    x, density = rows.loc[rows["density"].idxmax(), ["x", "density"]]
    return float(x), float(density)


def _label(figure: go.Figure, name: str, peak, y: float, style: dict, leftwards) -> None:
    x, density, place = peak
    line = style | dict(width=1)
    figure.add_shape(type="line", x0=x, x1=x, y0=density, y1=y, line=line)
    figure.add_annotation(
        x=float(place),
        y=y,
        text=name,
        xanchor="right" if leftwards else "left",
        xshift=-3 if leftwards else 3,
        showarrow=False,
        borderpad=0,
    )


def _axis(low: float, high: float, kind: str) -> dict:
    ticks = _ticks(low, high)
    ratio = kind != "base_rate"
    return dict(
        type="log",
        range=list(np.log10([low, high])),
        tickvals=ticks,
        ticktext=[f"{x:g}<br>no effect" if ratio and x == 1 else beliefs.size(x) for x in ticks],
        title=dict(text=beliefs.UNITS[kind], font_size=12, standoff=6),
        showgrid=False,
        fixedrange=True,
        tickangle=0,
    )


def _level_axis(low: float, high: float) -> dict:
    return dict(
        range=[low, high],
        nticks=MOST_TICKS,
        tickformat="+.2~f",
        title=dict(text=beliefs.UNITS["influence"], font_size=12, standoff=6),
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        tickangle=0,
    )


def _ticks(low: float, high: float) -> list[float]:
    """At most seven round numbers within low..high, 1 among them; the ends too if under two."""
    powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    for steps, every in STEPS:
        marks = [float(f"{step}e{p}") for p in powers if p % every == 0 for step in steps]
        ticks = [mark for mark in marks if low <= mark <= high]
        if len(ticks) <= MOST_TICKS:
            break
    return ticks if len(ticks) > 1 else [low, *ticks, high]
