"""Charts: a table in, a plotly figure out. The numbers drawn are the table's, unrounded.

Text colour is left to the page; colour marks outcomes only, and every mark is also named.
"""

from collections.abc import Mapping
from datetime import date
from html import escape

import pandas as pd
import plotly.graph_objects as go

from briefing import labels, theme, words

CURVES_HEIGHT = 400
LINE_HEIGHT = 17
LABEL_MARGIN = 104
ROW_HEIGHT = 44
DOTS_HEIGHT = 62


def curves(
    table: pd.DataFrame,
    readings: pd.DataFrame,
    colours: Mapping[str, str],
    top: float = 1.0,
) -> go.Figure:
    """Chance that each outcome has happened by a date, with its 90 % band.

    table: rows of the forecast's curves (outcome, title, date, probability, low, high).
    readings: the outcomes table's rows, read off at their common deadline. top: end of the axis.
    """
    head = LINE_HEIGHT * (len(readings) + 1) + 8
    figure = theme.frame(CURVES_HEIGHT, t=head, r=LABEL_MARGIN, b=28, l=44)
    lines = [(outcome, rows) for outcome, rows in table.groupby("outcome", sort=False)]
    for outcome, rows in lines:
        figure.add_trace(_band(rows, colours[outcome]))
    for outcome, rows in lines:
        figure.add_trace(_curve(rows, colours[outcome]))
    _label_ends(figure, [rows.iloc[-1] for _, rows in lines], colours, top, head)
    _read_at_deadline(figure, table, readings, colours)
    figure.update_yaxes(theme.probability_axis(top))
    figure.update_xaxes(
        range=[_day(table["date"].min()), _day(table["date"].max())],
        showgrid=False,
        fixedrange=True,
        tick0="2000-01-01",
        dtick="M6",
        tickformat="%b\n%Y",
        tickangle=0,
    )
    return figure


def dots(probability: float, colour: str) -> go.Figure:
    """A hundred dots in five rows, 100 * `probability` of them filled; the last one in part."""
    figure = theme.frame(DOTS_HEIGHT, l=0, r=0, t=0, b=0)
    filled = [min(1.0, max(0.0, 100 * probability - place)) for place in range(100)]
    across, down = [place % 20 for place in range(100)], [place // 20 for place in range(100)]
    for marker in (dict(color=theme.FAINT), dict(color=colour, opacity=filled)):
        figure.add_scatter(x=across, y=down, mode="markers", marker=dict(size=8) | marker)
    figure.update_xaxes(visible=False, range=[-0.5, 19.5])
    figure.update_yaxes(visible=False, range=[4.6, -0.6])
    return figure


def scenarios(table: pd.DataFrame) -> go.Figure:
    """Joint scenarios as bars, likeliest on top; `table` is that of `tables.scenarios`."""
    figure = theme.frame(ROW_HEIGHT * len(table) + 26, l=12, r=22, b=26)
    figure.add_bar(
        x=table["probability"],
        y=list(range(len(table))),
        orientation="h",
        width=0.36,
        marker_color=theme.GREY,
        text=[_shown(row.probability, row.mcse) for row in table.itertuples()],
        textposition="outside",
        cliponaxis=False,
        customdata=table["name"],
        hovertemplate="%{customdata}: %{text}<extra></extra>",
    )
    for place, name in enumerate(table["name"]):
        _row_title(figure, place, name)
    _as_rows(figure, len(table), 1.0)
    return figure


def comparison(table: pd.DataFrame, colours: Mapping[str, str], top: float = 1.0) -> go.Figure:
    """Published (open circle) to own (filled); `table` is that of `tables.comparison`."""
    figure = theme.frame(ROW_HEIGHT * len(table) + 26, l=12, r=22, b=26)
    for place, row in enumerate(table.to_dict("records")):
        _track(figure, place, top)
        figure.add_trace(_dumbbell(row, place, colours[row["outcome"]]))
        _row_title(figure, place, f"{_dot(colours[row['outcome']])} {row['title']}")
        _row_reading(figure, place, _from_to(row))
    _as_rows(figure, len(table), top)
    return figure


def _band(rows: pd.DataFrame, colour: str) -> go.Scatter:
    return go.Scatter(
        x=[*rows["date"], *rows["date"][::-1]],
        y=[*rows["high"], *rows["low"][::-1]],
        fill="toself",
        fillcolor=theme.tint(colour, 0.14),
        line_width=0,
        mode="lines",
        hoverinfo="skip",
        name=f"{rows['title'].iloc[0]}, 90% interval",
    )


def _curve(rows: pd.DataFrame, colour: str) -> go.Scatter:
    said = [
        f"{row.title} by {words.short_date(row.date)}: {_shown(row.probability, None)}"
        f"<br>{escape(words.interval(row.low, row.high))}"
        for row in rows.itertuples()
    ]
    return go.Scatter(
        x=list(rows["date"]),
        y=list(rows["probability"]),
        mode="lines",
        line=dict(color=colour, width=2.5),
        customdata=said,
        hovertemplate="%{customdata}<extra></extra>",
        name=rows["title"].iloc[0],
    )


def _label_ends(figure: go.Figure, ends, colours: Mapping[str, str], top: float, head: int):
    """A name at the end of each curve, with a line to it where the label had to move."""
    pixels = CURVES_HEIGHT - head - 28
    names = [labels.wrapped(end["title"]) for end in ends]
    tallest = max(name.count("<br>") + 1 for name in names) * LINE_HEIGHT
    places = [min(end["probability"], top) / top * pixels for end in ends]
    moved = labels.spread(places, tallest, tallest / 2 - 8, pixels - tallest / 2 + 8)
    for end, name, place, label in zip(ends, names, places, moved, strict=True):
        figure.add_annotation(
            x=_day(end["date"]),
            y=min(end["probability"], top),
            ax=16,
            ay=place - label,
            text=name,
            align="left",
            xanchor="left",
            showarrow=True,
            arrowhead=0,
            arrowwidth=1.5,
            arrowcolor=colours[end["outcome"]],
            standoff=2,
        )


def _read_at_deadline(figure: go.Figure, table, readings, colours: Mapping[str, str]) -> None:
    """A line at the deadline, a dot on each curve, and what is read there in a block on top."""
    deadline = _day(readings["deadline"].iloc[0])
    first, last = _day(table["date"].min()), _day(table["date"].max())
    late = (deadline - first) > 0.55 * (last - first)
    figure.add_shape(
        type="line",
        x0=deadline,
        x1=deadline,
        y0=0,
        y1=1,
        yref="paper",
        line=dict(color=theme.GREY, width=1.5, dash="dot"),
    )
    figure.add_scatter(
        x=[deadline] * len(readings),
        y=list(readings["probability"]),
        mode="markers",
        marker=dict(size=8, color=[colours[outcome] for outcome in readings["outcome"]]),
        hoverinfo="skip",
        name="at the deadline",
    )
    figure.add_annotation(
        x=deadline,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="right" if late else "left",
        align="right" if late else "left",
        text="<br>".join(_readings(readings, colours)),
        showarrow=False,
        borderpad=0,
    )


def _readings(readings: pd.DataFrame, colours: Mapping[str, str]) -> list[str]:
    rows = readings.sort_values("probability", ascending=False, kind="stable").to_dict("records")
    said = [
        f"{_dot(colours[row['outcome']])} {row['title']} "
        f"<b>{_shown(row['probability'], row['mcse'])}</b>"
        for row in rows
    ]
    return [f"By {words.short_date(rows[0]['deadline'])}", *said]


def _track(figure: go.Figure, place: int, top: float) -> None:
    """A faint line along a row, in place of a grid, which would run through the titles."""
    figure.add_shape(
        type="line",
        **dict(x0=0, x1=top, y0=place, y1=place, layer="below"),
        line=dict(color=theme.FAINT, width=2),
    )


def _dumbbell(row: Mapping, place: int, colour: str) -> go.Scatter:
    return go.Scatter(
        x=[row["published"], row["own"]],
        y=[place, place],
        mode="lines+markers",
        line=dict(color=colour, width=3),
        marker=dict(
            symbol=["circle-open", "circle"],
            size=[14, 9],
            color=colour,
            opacity=1,
            line=dict(color=colour, width=2.5),
        ),
        cliponaxis=False,
        customdata=["Published", "Yours"],
        hovertemplate=f"{row['title']}, %{{customdata}}: %{{x:.1%}}<extra></extra>",
        name=row["title"],
    )


def _from_to(row: Mapping) -> str:
    published = _shown(row["published"], row["published_mcse"])
    own = _shown(row["own"], row["own_mcse"])
    return f"<b>{own}</b>" if own == published else f"{published} → <b>{own}</b>"


def _shown(probability: float, mcse: float | None) -> str:
    """A percentage as plotly's text needs it: `<1%` would be read as a tag."""
    return escape(words.percent(probability, mcse))


def _row_title(figure: go.Figure, place: int, text: str) -> None:
    figure.add_annotation(
        x=0, xref="paper", y=place, yshift=17, text=text, showarrow=False, xanchor="left"
    )


def _row_reading(figure: go.Figure, place: int, text: str) -> None:
    figure.add_annotation(
        x=1, xref="paper", y=place, yshift=17, text=text, showarrow=False, xanchor="right"
    )


def _as_rows(figure: go.Figure, rows: int, top: float) -> None:
    """Row 0 on top, room above each for its title, a probability axis below without a grid."""
    figure.update_xaxes(theme.probability_axis(top), showgrid=False)
    figure.update_yaxes(
        range=[rows - 0.6, -0.75],
        showticklabels=False,
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )


def _dot(colour: str) -> str:
    return f'<span style="color:{colour}">●</span>'


def _day(day: date) -> pd.Timestamp:
    return pd.Timestamp(day)
