"""The model drawn: priors and posteriors, a class's survival, the map of drivers and outcomes."""

import textwrap
from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from briefing.charts import labels, theme
from briefing.charts.rows import ROW_HEIGHT, as_rows, row_reading, row_title
from briefing.words.inspect.fit import arrow_size, size
from model.inspect.prior_posterior import acting_on
from model.inspect.survival import Survival
from model.scenario import Scenario

TICKS = (0.01, 0.1, 0.25, 0.5, 1, 2, 4, 10, 100)
LEVEL_TICKS = {"centre": (-2, -1, 0, 1, 2), "influence": (-0.1, -0.05, 0, 0.05, 0.1)}
MAP_HEIGHT = 620
# Ends of the arrows' room, in which they leave the drivers at 0 and reach the outcomes at 1.
LEFTMOST, RIGHTMOST = -0.16, 1.22
NAME_LETTERS = 16  # of a name's line
NAMES_LEFT, NAMES_RIGHT = 112, 96  # pixels beyond that room, for the names
POINTS = 22  # along an arrow; each is a mark that a browser draws
INTERVAL_ENDS = ["prior_low", "prior_high", "low", "median", "high"]


def intervals(table: pd.DataFrame, kind: str) -> go.Figure:
    """Prior (thin grey) and posterior (thick, with its median) 90 % intervals, one row each.

    table: rows of `model.inspect.prior_posterior`, all of this kind: levels of drivers (`centre`)
    or levels per month (`influence`) on a linear axis with 0 marked, else cases per year
    (`base_rate`) or hazard ratios, whose 1 is marked, on a logarithmic one.
    """
    figure = theme.frame(ROW_HEIGHT * len(table) + 26, l=12, r=22, b=26)
    titles = []
    for place, row in enumerate(table.itertuples()):
        figure.add_traces(_both_intervals(place, row))
        titles.append(row_title(place, row.title))
        titles.append(row_reading(place, size(kind, row.median)))
    as_rows(figure, len(table), 1.0, titles)
    low = table[["prior_low", "low"]].to_numpy().min()
    high = table[["prior_high", "high"]].to_numpy().max()
    linear = kind in LEVEL_TICKS
    figure.update_xaxes(_level_axis(kind, low, high) if linear else _log_axis(low, high))
    if kind != "base_rate":
        neutral = 0.0 if linear else 1.0
        figure.update_layout(shapes=[_mark(neutral, place) for place in range(len(table))])
    return figure


def _both_intervals(place: int, row) -> list[go.Scatter]:
    prior = go.Scatter(
        x=[row.prior_low, row.prior_high],
        y=[place, place],
        mode="lines",
        line=dict(color=theme.GREY, width=2),
        hoverinfo="skip",
        name="prior",
    )
    posterior = go.Scatter(
        x=[row.low, row.median, row.high],
        y=[place + 0.16] * 3,
        mode="lines+markers",
        line=dict(color=theme.COLOURS[0], width=4),
        # The ends' marks are thinner than the line: only the median's shows.
        marker=dict(size=[1, 9, 1], color=theme.COLOURS[0], opacity=1),
        hovertemplate=f"{row.title}: %{{x:.3g}}<extra></extra>",
        name="posterior",
    )
    return [prior, posterior]


def _log_axis(low: float, high: float) -> dict:
    ends = [np.log10(low) - 0.05, np.log10(high) + 0.05]
    words = [f"{tick:g}" for tick in TICKS]
    return dict(type="log", range=ends, tickvals=TICKS, ticktext=words, tickformat=None, dtick=None)


def _level_axis(kind: str, low: float, high: float) -> dict:
    ticks = LEVEL_TICKS[kind]
    words, room = [size(kind, tick) for tick in ticks], (ticks[1] - ticks[0]) / 10
    ends = [low - room, high + room]
    return dict(range=ends, tickvals=ticks, ticktext=words, tickformat=None, dtick=None)


def _mark(x: float, place: int) -> dict:
    """A dotted line across one row's intervals, clear of the rows' titles."""
    line = dict(color=theme.GREY, width=2, dash="dot")
    return dict(type="line", x0=x, x1=x, y0=place - 0.1, y1=place + 0.34, layer="below", line=line)


def survival(curves: Survival, waited: float | None) -> go.Figure:
    """Share still waiting over the years: the cases in steps, the fit as a line with its band.

    waited: years the region has waited; drawn where it lies within the curves, not where None.
    """
    figure = theme.frame(360, l=44, r=12, t=12, b=44)
    seen, fitted, region = curves.seen, curves.fitted, curves.region
    figure.add_scatter(
        x=[*fitted["years"], *fitted["years"][::-1]],
        y=[*fitted["high"], *fitted["low"][::-1]],
        fill="toself",
        fillcolor=theme.tint(theme.COLOURS[0], 0.16),
        line_width=0,
        mode="lines",
        hoverinfo="skip",
        name="fitted, 90% interval",
    )
    for name, rows, line in (
        ("cases", seen, dict(color=theme.GREY, width=2.5, shape="hv")),
        ("fitted", fitted, dict(color=theme.COLOURS[0], width=2.5)),
        ("like the region", region, dict(color=theme.COLOURS[2], width=2.5, dash="dash")),
    ):
        figure.add_scatter(
            x=list(rows["years"]),
            y=list(rows["survival"]),
            mode="lines",
            line=line,
            name=name,
            hovertemplate=f"{name}, after %{{x:.1f}} years: %{{y:.0%}}<extra></extra>",
        )
    if waited is not None and curves.entry <= waited <= fitted["years"].max():
        line = dict(color=theme.GREY, width=1.5, dash="dot")
        figure.add_shape(type="line", x0=waited, x1=waited, y0=0, y1=1, yref="paper", line=line)
    figure.update_xaxes(title="years", showgrid=False, zeroline=False, fixedrange=True)
    return figure.update_yaxes(theme.probability_axis(1.0))


def survival_numbers(curves: Survival, waited: float | None) -> pd.DataFrame:
    """curve, years, survival, low, high (0..1): all that `survival` draws, one row per point.

    The region's place, `waited` years, is a row without survival.
    """
    tables = {"cases": curves.seen, "fitted": curves.fitted, "like the region": curves.region}
    rows = [table.assign(curve=name) for name, table in tables.items()]
    if waited is not None:
        rows.append(pd.DataFrame({"curve": ["the region stands"], "years": [waited]}))
    columns = ["curve", "years", "survival", "low", "high"]
    return pd.concat(rows, ignore_index=True).reindex(columns=columns)


def arrows(
    scenario: Scenario, table: pd.DataFrame, colours: Mapping[str, str], chosen: str
) -> go.Figure:
    """Drivers left, outcomes right, one arrow per effect; links bend between outcomes.

    Influences bend between drivers. Names stand outside of all arrows; a faint line leads to the
    place where these leave or arrive. table: rows of `model.inspect.prior_posterior`, effects,
    links and influences. colours: #rrggbb by outcome. The outcome `chosen` has in its colour, with
    their posterior median, its arrows and the influences on drivers that act on it; the others are
    faint. Dashed: it makes the outcome less likely, or lowers the driver.
    """
    left = _places([driver.id for driver in scenario.drivers], 0.0)
    right = _places([outcome.id for outcome in scenario.outcomes], 1.0)
    mine = acting_on(table, chosen)
    marks = []
    # The chosen outcome's arrows come last, so that no faint one crosses over them.
    for row in pd.concat([table[~mine], table[mine]]).itertuples():
        start, end = row.about.split(" -> ")
        if row.kind == "effect":
            path = _bend(left[start], right[end])
        else:
            path = _bow(right, start, end) if row.kind == "link" else _bow(left, start, end)
        marks.append(_arrow(row, path, colours[chosen] if mine[row.Index] else None))
    names = [
        _name(LEFTMOST, left[driver.id][1], _lines(driver.title)) for driver in scenario.drivers
    ]
    for outcome in scenario.outcomes:
        title = _lines(outcome.title)
        title = f"<b>{title}</b>" if outcome.id == chosen else title
        title = f"{labels.dot(colours[outcome.id])} {title}"
        names.append(_name(RIGHTMOST, right[outcome.id][1], title))
    leads = [_lead(LEFTMOST, *place) for place in left.values()]
    leads += [_lead(RIGHTMOST, *place) for place in right.values()]
    layout = dict(
        annotations=names,
        shapes=leads,
        xaxis=dict(visible=False, range=[LEFTMOST, RIGHTMOST], fixedrange=True),
        yaxis=dict(visible=False, range=[1.03, -0.03], fixedrange=True),
    )
    return theme.drawn(marks, layout, MAP_HEIGHT, l=NAMES_LEFT, r=NAMES_RIGHT, t=8, b=8)


def _places(ids: list[str], x: float) -> dict[str, tuple[float, float]]:
    return {id: (x, (place + 0.5) / len(ids)) for place, id in enumerate(ids)}


def _bend(start, end) -> tuple[np.ndarray, np.ndarray]:
    """A curve that leaves and arrives level."""
    share = np.linspace(0, 1, POINTS)
    smooth = share**2 * (3 - 2 * share)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * smooth


def _bow(places, start: str, end: str) -> tuple[np.ndarray, np.ndarray]:
    """A bow on the outer side of the drivers (at x = 0) or outcomes, from one to the other."""
    turn = np.linspace(0, np.pi, POINTS)
    (x, from_), (_, to) = places[start], places[end]
    smooth = (1 - np.cos(turn)) / 2
    width = 0.2 if x > 0 else LEFTMOST
    out = (0.01 if x > 0 else -0.01) + width * np.sin(turn) * abs(to - from_)
    return x + out, from_ + (to - from_) * smooth


def _arrow(row, path, colour: str | None) -> dict:
    shown = colour is not None
    # a tenth of a level per month counts as much as a hazard ratio of e
    strength = 10 * row.median if row.kind == "influence" else np.log(row.median)
    return dict(
        type="scatter",
        x=path[0],
        y=path[1],
        mode="lines+markers",
        line=dict(
            color=colour or theme.FAINT,
            width=1 + 3 * min(1.0, abs(strength)) if shown else 1,
            dash="dash" if strength < 0 else "solid",
        ),
        marker=dict(
            symbol="arrow",
            angleref="previous",
            # A head at the end alone; the other points only bend the line.
            size=[0] * (len(path[0]) - 1) + [11 if shown else 6],
            color=colour or theme.FAINT,
            opacity=1,
        ),
        hovertemplate=f"{row.title}: {arrow_size(row)}<extra></extra>",
        name=row.about,
    )


def _lines(title: str) -> str:
    return "<br>".join(textwrap.wrap(title, NAME_LETTERS))


def _name(end: float, y: float, text: str) -> dict:
    """A name beyond the `end` of the arrows' room, left or right of it."""
    side = "right" if end < 0 else "left"
    at = dict(x=end, y=y, xanchor=side, yanchor="middle", align=side)
    return dict(text=text, showarrow=False, **at)


def _lead(end: float, x: float, y: float) -> dict:
    """A faint line from a name to the place where its arrows leave or arrive."""
    line = dict(color=theme.FAINT, width=1, dash="dot")
    return dict(type="line", x0=end, x1=x, y0=y, y1=y, layer="below", line=line)
