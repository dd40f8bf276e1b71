"""Tall charts in low pictures: rows in columns side by side, or less height; text stays legible."""

import math
from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from briefing.charts import rows
from briefing.exports.shared import text_width

LEGIBLE = 0.75  # of a chart's own size: its letters of 12 pixels are then 9, on a slide 9 points
LETTERS = 12
BETWEEN, ASIDE = 36, 40  # pixels between columns; between a row's title and the number at its right
NARROWEST = 300  # pixels of a column
CLOSEST = 0.77  # of the height of a row
# Charts whose marks may come closer together, and how high they are at the least.
LOWEST = {"arrows": 500, "driver_pit": 420}
# Charts whose rows each stand for themselves: not those where one row starts at another's end.
ROWS = frozenset(("intervals", "pull", "predictive_checks", "timeline"))
POINTS = ("x", "y", "customdata", "base", "text")  # of a trace, one per mark


def fitted(name: str, figure: go.Figure, wide: float, high: float) -> tuple[go.Figure, float]:
    """The chart laid out for a room of `wide` times `high` pixels, and its least width, 0 if any.

    name: of the exhibit. A chart that is legible as it stands, or knows no other layout, stays.
    """
    if figure.layout.height * LEGIBLE <= high:
        return figure, 0.0
    if name in LOWEST:
        lower = max(LOWEST[name], min(figure.layout.height, high))
        return go.Figure(figure).update_layout(height=lower), 0.0
    if name not in ROWS:
        return figure, 0.0
    column = max(NARROWEST, *(_wide(figure, place) for place in range(_rows(figure))))
    columns = range(1, _rows(figure) + 1)
    widths = {many: many * (column + BETWEEN) - BETWEEN for many in columns}
    heights = {many: _lowered(name, _height(figure, many), high) for many in columns}
    many = max(columns, key=lambda many: min(high / heights[many], wide / widths[many]))
    drawn = _in_columns(figure, many) if many > 1 else go.Figure(figure)
    return rows.in_height(drawn, heights[many]), widths[many] if many > 1 else 0.0


def _lowered(name: str, height: float, high: float) -> float:
    """Rows closer together, as far as it takes to be legible and they can."""
    if name == "pull" or height * LEGIBLE <= high:  # two lines stand above its bars
        return height
    return max(CLOSEST * height, high / LEGIBLE)


def _rows(figure: go.Figure) -> int:
    return round(figure.layout.yaxis.range[0] + 0.6)  # as charts of rows set it


def _wide(figure: go.Figure, row: int) -> float:
    """Pixels that the words of a row take side by side."""
    texts = [note.text for note in figure.layout.annotations if note.y == row]
    lines = (line for text in texts for line in text.split("<br>")[-1:])
    return sum(text_width.width(line, LETTERS, False) for line in lines) + ASIDE


def _height(figure: go.Figure, columns: int) -> float:
    """Of the figure in so many columns, in pixels."""
    margin = figure.layout.margin
    a_row = (figure.layout.height - margin.t - margin.b) / (_rows(figure) + 0.15)
    return margin.t + margin.b + (math.ceil(_rows(figure) / columns) + 0.15) * a_row


def _in_columns(figure: go.Figure, many: int) -> go.Figure:
    """The rows in so many columns, first down, then across; each has the figure's own axes."""
    each, whole = math.ceil(_rows(figure) / many), figure.layout.to_plotly_json()
    apart = 0.05  # of the whole width: the ticks at the ends must not meet
    share = (1 - apart * (many - 1)) / many
    marks, parts = [], {"annotations": [], "shapes": []}
    for place in range(many):
        number, start, left = str(place + 1) if place else "", place * each, place * (share + apart)
        on, inside = dict(xaxis=f"x{number}", yaxis=f"y{number}"), (start - 0.5, start + each - 0.5)
        traces = (_part(trace.to_plotly_json(), inside) for trace in figure.data)
        marks += [trace | on for trace in traces if len(trace["y"])]
        parts[f"xaxis{number}"] = whole["xaxis"] | dict(
            domain=[left, left + share], anchor=on["yaxis"]
        )
        parts[f"yaxis{number}"] = whole["yaxis"] | dict(
            range=[start + each - 0.6, start - 0.75], anchor=on["xaxis"]
        )
        for kind, y in (("annotations", "y"), ("shapes", "y0")):
            mine = (one for one in whole.get(kind, ()) if inside[0] <= one[y] < inside[1])
            parts[kind] += [_moved(one, on) for one in mine]
    return go.Figure(marks, whole | parts | dict(height=_height(figure, many)))


def _part(trace: dict, inside: tuple[float, float]) -> dict:
    """The marks of a trace between two heights of the y axis."""
    y = np.array(trace["y"], dtype=float)
    keep = (y >= inside[0]) & (y < inside[1])

    def kept(values):
        listed = isinstance(values, (list, tuple, np.ndarray)) and len(values) == len(y)
        return np.array(values)[keep] if listed else values

    deeper = {
        name: {key: kept(value) for key, value in trace[name].items()}
        for name in ("marker", "error_x")
        if name in trace
    }
    return trace | {name: kept(trace[name]) for name in POINTS if name in trace} | deeper


def _moved(one: Mapping, on: Mapping[str, str]) -> dict:
    """A note or shape on the axes of its column."""
    across = f"{on['xaxis']} domain" if one.get("xref") == "paper" else on["xaxis"]
    return {**one, "xref": across, "yref": on["yaxis"]}
