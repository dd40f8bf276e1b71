"""Charts that explain a number: what moves it most, and what a gap between two sets is made of."""

from collections.abc import Mapping
from html import escape

import pandas as pd
import plotly.graph_objects as go

from briefing.charts import labels, theme
from briefing.charts.rows import ROW_HEIGHT, as_rows, row_reading, row_title, track
from briefing.words import numbers
from briefing.words.explain import both_readings
from briefing.words.points import Waterfall

OWN_DASH, PUBLISHED_DASH = "solid", "dot"


def tornado(table: pd.DataFrame, now: float, colour: str, top: float = 1.0) -> go.Figure:
    """One bar per driver, from the chance at its lower level to that at its higher one.

    table: that of `model.explain.tornado`; rows without a number at both ends are left out. now:
    the present chance, 0..1, a dotted line. Both ends say their level; the filled circle is the
    higher one.
    """
    rows = table.dropna(subset=["at_low", "at_high"]).reset_index(drop=True)
    figure = theme.frame(ROW_HEIGHT * len(rows) + 26, l=12, r=22, b=26)
    for place, row in enumerate(rows.itertuples()):
        figure.add_scatter(
            x=[row.at_low, row.at_high],
            y=[place, place],
            mode="lines+markers",
            line=dict(color=colour, width=6),
            marker=dict(
                size=[11, 11],
                symbol=["circle-open", "circle"],
                color=colour,
                opacity=1,
                line=dict(color=colour, width=2.5),
            ),
            customdata=[numbers.signed(row.low_level), numbers.signed(row.high_level)],
            hovertemplate=f"{row.title} at %{{customdata}}: %{{x:.1%}}<extra></extra>",
            cliponaxis=False,
            name=row.title,
        )
    titles = []
    for place, row in enumerate(rows.itertuples()):
        titles.append(row_title(place, row.title) | dict(name=theme.OVER_LINES))
        titles.append(row_reading(place, _ends(row)))
    now_line = dict(color=theme.GREY, width=1.5, dash="dot")
    line = dict(type="line", x0=now, x1=now, y0=0, y1=1, yref="paper", layer="below", line=now_line)
    figure.update_layout(shapes=[line, *(track(place, top) for place in rows.index)])
    return as_rows(figure, len(rows), top, titles)


def gap(
    table: pd.DataFrame,
    ends: tuple[str, str],
    before: float,
    shown: Waterfall,
    top: float = 1.0,
) -> go.Figure:
    """A waterfall from one set's chance, `before` (0..1), to another's, one step per assumption.

    table: title and share per row, the shares adding up to the gap. ends: the sets' names. shown:
    the texts of both chances and of the steps.
    """
    names = [escape(name, quote=False) for name in (ends[0], *table["title"], ends[1])]
    levels = [before, *(before + table["share"].cumsum())]
    # Both ends stand on zero, each step on the level before it.
    starts = [0.0, *levels[:-1], 0.0]
    return _waterfall(names, starts, [before, *table["share"], levels[-1]], shown, top)


def build_up(rows: pd.DataFrame, shown: Waterfall, top: float) -> go.Figure:
    """A waterfall from the base rate to the published chance; `rows` as of `words.build_up.steps`.

    shown: its texts. top: end of the axis, a probability.
    """
    names, starts, widths = (list(rows[name]) for name in ("title", "before", "share"))
    return _waterfall(names, starts, widths, shown, top)


def _waterfall(names: list, starts: list, widths: list, shown: Waterfall, top: float) -> go.Figure:
    """Bars from `starts` on, so wide: the first and the last whole chances, steps between them."""
    figure = theme.frame(ROW_HEIGHT * len(names) + 26, l=12, r=22, b=26)
    texts = (shown.first, *shown.steps, shown.last)
    figure.add_bar(
        x=widths,
        base=starts,
        y=list(range(len(names))),
        orientation="h",
        width=0.36,
        marker_color=[theme.GREY, *map(_step_colour, widths[1:-1]), theme.GREY],
        text=[escape(text) for text in texts],
        textposition="outside",
        constraintext="none",
        cliponaxis=False,
        customdata=names,
        hovertemplate="%{customdata}: %{text}<extra></extra>",
    )
    titles = [row_title(place, name) for place, name in enumerate(names)]
    return as_rows(figure, len(names), top, titles)


def own_curves(
    published: pd.DataFrame, own: pd.DataFrame, reading: Mapping, colour: str, top: float = 1.0
) -> go.Figure:
    """One outcome's chance over time, published (dotted) and own (solid, with its 90 % band).

    published, own: an outcome's rows of a forecast's curves. reading: its row of
    `words.tables.comparison`, with the deadline. top: end of the axis, a probability.
    """
    figure = theme.frame(332, t=26, r=12, b=40, l=44)
    figure.add_scatter(
        x=[*own["date"], *own["date"][::-1]],
        y=[*own["high"], *own["low"][::-1]],
        fill="toself",
        fillcolor=theme.tint(colour, 0.14),
        line_width=0,
        mode="lines",
        hoverinfo="skip",
        name="Yours, 90% interval",
    )
    for name, rows, line in (
        ("Published", published, dict(color=theme.GREY, width=2.5, dash=PUBLISHED_DASH)),
        ("Yours", own, dict(color=colour, width=2.5, dash=OWN_DASH)),
    ):
        figure.add_scatter(
            x=list(rows["date"]),
            y=list(rows["probability"]),
            mode="lines",
            line=line,
            name=name,
            hovertemplate=f"{name} by %{{x|%-d %b %Y}}: %{{y:.1%}}<extra></extra>",
        )
    _mark_deadline(figure, reading)
    figure.update_yaxes(theme.probability_axis(top))
    figure.update_xaxes(showgrid=False, fixedrange=True, dtick="M6", tickformat="%b\n%Y")
    return figure


def _mark_deadline(figure: go.Figure, reading: Mapping) -> None:
    day = pd.Timestamp(reading["deadline"])
    line = dict(color=theme.GREY, width=1.5, dash="dot")
    figure.add_shape(type="line", x0=day, x1=day, y0=0, y1=1, yref="paper", line=line)
    published, own = map(escape, both_readings(reading))
    said = f"<b>{own}</b>" if own == published else f"{published} → <b>{own}</b>"
    figure.add_annotation(
        x=day,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="left",
        text=f"By {numbers.short_date(reading['deadline'])}: {said}",
        showarrow=False,
    )


def _ends(row) -> str:
    low, high = labels.percent(row.at_low, None), labels.percent(row.at_high, None)
    return f"{low} at {numbers.signed(row.low_level)} → {high} at {numbers.signed(row.high_level)}"


def _step_colour(share: float) -> str:
    # as in the table of if-then and in the evidence: orange is more, blue less
    return theme.COLOURS[2] if share >= 0 else theme.COLOURS[0]
