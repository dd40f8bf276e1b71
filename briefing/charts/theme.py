"""What charts share: an outcome's colour, greys that work on light and dark, axes, the frame."""

import colorsys
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

# Okabe and Ito's colours, safe for colour-blind readers, in the order of the scenario's outcomes.
COLOURS = ("#0072B2", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#8C6D1F")
GREY = "#8A94A3"
FAINT = "rgba(138, 148, 163, 0.28)"
INK = {"light": "#080D13", "dark": "#E7EBF0"}
PAPER = {"light": "#FFFFFF", "dark": "#11171F"}  # the page's own backgrounds
CLEAR = "rgba(0, 0, 0, 0)"
OVER_LINES = "over lines"  # the name of an annotation that lines would otherwise strike through
SMALL_TOPS = (0.005, 0.01, 0.02)  # of a chart of steps, whose bars would else be too short to tell
TOPS = (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
GOLDEN_ANGLE = 0.381966


def outcome_colours(outcomes: Sequence[str]) -> dict[str, str]:
    """A colour (#rrggbb) per outcome id, by its place, so that it is the same on every chart."""
    return {outcome: _colour(place) for place, outcome in enumerate(outcomes)}


def tint(colour: str, share: float) -> str:
    """`colour` (#rrggbb) made see-through, as rgba text: `share` 0..1 of it stays."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {share:g})"


def top_of(probabilities: Sequence[float]) -> float:
    """The lowest round top of a zoomed axis that leaves room above the largest probability."""
    return _top_of(probabilities, TOPS)


def top_of_steps(probabilities: Sequence[float]) -> float:
    """The same of a chart of steps from one chance to another, which may be far smaller."""
    return _top_of(probabilities, SMALL_TOPS + TOPS)


def _top_of(probabilities: Sequence[float], tops: Sequence[float]) -> float:
    return next((top for top in tops if top >= 1.1 * max(probabilities)), 1.0)


def frame(height: int, **margin: int) -> go.Figure:
    """An empty figure, transparent, without legend or dragging (which would trap a phone's scroll).

    height, margin (l, r, t, b): pixels. Font and text colour (`inked`) are left to the page or the
    export.
    """
    return drawn([], {}, height, **margin)


def band(across: pd.Series, rows: pd.DataFrame, colour: str, name: str) -> dict:
    """A trace that shades the 90 % interval, `low` to `high` of `rows`, at the days `across`."""
    return dict(
        type="scatter",
        x=[*across, *across[::-1]],
        y=[*rows["high"], *rows["low"][::-1]],
        fill="toself",
        fillcolor=tint(colour, 0.14),
        line=dict(width=0),
        mode="lines",
        hoverinfo="skip",
        name=name,
    )


def drawn(marks: Sequence, layout: Mapping, height: int, **margin: int) -> go.Figure:
    """A `frame` with its marks and layout set in one go and taken as they are.

    Plotly's check of every name and value takes ten times as long as the rest; a test makes it, for
    every exhibit. marks: traces, or dictionaries with the "type" of each. height, margin: pixels.
    """
    shared = dict(
        height=height,
        margin=dict(l=4, r=4, t=4, b=4) | margin,
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        showlegend=False,
        dragmode=False,
        hovermode="closest",
    )
    return go.Figure(marks, shared | layout, _validate=False)


def inked(figure: go.Figure, background: str) -> go.Figure:
    """The same figure with its text readable, over lines too.

    background: light or dark; KeyError for another.
    """
    ink = INK[background]
    layout = figure.layout
    layout.font.color = layout.xaxis.tickfont.color = layout.yaxis.tickfont.color = ink
    for note in layout.annotations:
        if note.name == OVER_LINES:
            note.bgcolor = PAPER[background]
    for trace in figure.data:
        if trace.type in ("bar", "heatmap"):
            trace.textfont.color = ink
    return figure


def probability_axis(top: float) -> dict:
    """An axis from 0 to `top` (1 = 100 %), ticks in percent."""
    return dict(
        range=[0, top],
        tickformat=".0%" if top >= TOPS[0] else ".1%",
        dtick=top / 5 if top < 0.4 else 0.2 if top > 0.6 else 0.1,
        showgrid=True,
        gridcolor=FAINT,
        zeroline=False,
        fixedrange=True,
        title=None,
    )


def _colour(place: int) -> str:
    if place < len(COLOURS):
        return COLOURS[place]
    # Steps of the golden angle: hues stay apart however many outcomes a scenario has.
    hue = (0.08 + GOLDEN_ANGLE * place) % 1
    red, green, blue = colorsys.hls_to_rgb(hue, 0.45, 0.5)
    return f"#{round(255 * red):02X}{round(255 * green):02X}{round(255 * blue):02X}"
