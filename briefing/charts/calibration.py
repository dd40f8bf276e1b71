"""Calibration drawn: ranks in simulated worlds, and PITs of what came, beside their bands."""

import pandas as pd
import plotly.graph_objects as go

from briefing.charts import theme

HEIGHT = 340
PANEL_GAP = 0.12  # between charts side by side, as a share of the width
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


def pits(tenths: pd.DataFrame) -> go.Figure:
    """A bar a tenth over what chance gives, a panel for each horizon, two beside each other.

    tenths: that of `model.inspect.driver_coverage.pit_tenths`.
    """
    marks, layout = [], {}
    top = 1.1 * float(tenths[["share", "by_chance_high"]].to_numpy().max())
    horizons = list(tenths.groupby("months"))
    for place, (months, rows) in enumerate(horizons):
        axes = str(place + 1) if place else ""
        on = dict(xaxis=f"x{axes}", yaxis=f"y{axes}")
        marks += [mark | on for mark in [*_tenths_band(rows), _tenths_bars(months, rows)]]
        layout |= _panel(axes, months, place, len(horizons), top)
    notes = [layout.pop(name) for name in list(layout) if name.startswith("note")]
    return theme.drawn(marks, layout | {"annotations": notes}, 2 * HEIGHT, l=44, r=8, t=24, b=44)


def _panel(axes: str, months: int, place: int, of: int, top: float) -> dict:
    """Axes and title of one panel, the first at the top left."""
    rows = (of + 1) // 2
    width, height = (1 - PANEL_GAP) / 2, (1 - PANEL_GAP * (rows - 1)) / rows
    left = (place % 2) * (width + PANEL_GAP)
    foot = 1 - height - (place // 2) * (height + PANEL_GAP)
    axis = dict(fixedrange=True, zeroline=False, showgrid=False)
    title = dict(text="share of futures below") if place // 2 == rows - 1 else None
    return {
        f"xaxis{axes}": axis
        | dict(domain=[left, left + width], anchor=f"y{axes}", range=[0, 1], title=title)
        | dict(tickformat=".0%", dtick=0.5),
        f"yaxis{axes}": axis
        | dict(domain=[foot, foot + height], anchor=f"x{axes}", range=[0, top], tickformat=".0%"),
        f"note{axes}": dict(
            text=f"{months} months ahead",
            x=left,
            y=foot + height,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            showarrow=False,
        ),
    }


def _tenths_band(rows: pd.DataFrame) -> list[dict]:
    def edge(column: str) -> dict:
        y = [*rows[column], rows[column].iloc[-1]]  # to the last tenth's end
        return dict(type="scatter", x=[*rows["low"], 1.0], y=y, mode="lines", hoverinfo="skip")

    line = dict(line=dict(width=0, shape="hv"))
    low = edge("by_chance_low") | line | dict(name="by chance, lower edge")
    high = edge("by_chance_high") | line | dict(name="by chance, upper edge")
    return [low, high | dict(fill="tonexty", fillcolor=theme.FAINT)]


def _tenths_bars(months: int, rows: pd.DataFrame) -> dict:
    return dict(
        type="bar",
        x=list(rows["low"]),
        y=list(rows["share"]),
        offset=0.02,
        width=0.06,
        marker=dict(color=theme.COLOURS[0]),
        name=f"{months} months ahead",
        customdata=[[low, low + 0.1] for low in rows["low"]],
        hovertemplate="%{y:.0%} of what came had %{customdata[0]:.0%} to %{customdata[1]:.0%} of "
        "the futures below it<extra>%{fullData.name}</extra>",
    )
