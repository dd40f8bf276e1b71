"""Charts with a row an item: the joint scenarios, and the published forecast beside one's own."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from briefing import labels, theme

ROW_HEIGHT = 44


def scenarios(table: pd.DataFrame) -> go.Figure:
    """Joint scenarios as bars, likeliest on top; `table` is that of `tables.scenarios`."""
    bars = dict(
        type="bar",
        x=table["probability"],
        y=list(range(len(table))),
        orientation="h",
        width=0.36,
        marker=dict(color=theme.GREY),
        text=[labels.percent(row.probability, row.mcse) for row in table.itertuples()],
        textposition="outside",
        cliponaxis=False,
        customdata=table["name"],
        hovertemplate="%{customdata}: %{text}<extra></extra>",
    )
    titles = [row_title(place, name) for place, name in enumerate(table["name"])]
    layout = _rows(len(table), 1.0, titles)
    return theme.drawn([bars], layout, ROW_HEIGHT * len(table) + 26, l=12, r=22, b=26)


def comparison(table: pd.DataFrame, colours: Mapping[str, str], top: float = 1.0) -> go.Figure:
    """Published (open circle) to own (filled); `table` is that of `tables.comparison`."""
    rows, said = list(enumerate(table.to_dict("records"))), []
    for place, row in rows:
        said.append(row_title(place, f"{labels.dot(colours[row['outcome']])} {row['title']}"))
        said.append(row_reading(place, _from_to(row)))
    marks = [_dumbbell(row, place, colours[row["outcome"]]) for place, row in rows]
    layout = _rows(len(table), top, said) | {"shapes": [track(place, top) for place, _ in rows]}
    return theme.drawn(marks, layout, ROW_HEIGHT * len(table) + 26, l=12, r=22, b=26)


def track(place: int, top: float) -> dict:
    """A faint line along a row, in place of a grid, which would run through the titles."""
    line = dict(color=theme.FAINT, width=2)
    return dict(type="line", x0=0, x1=top, y0=place, y1=place, layer="below", line=line)


def _dumbbell(row: Mapping, place: int, colour: str) -> dict:
    return dict(
        type="scatter",
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
    published = labels.percent(row["published"], row["published_mcse"])
    own = labels.percent(row["own"], row["own_mcse"])
    return f"<b>{own}</b>" if own == published else f"{published} → <b>{own}</b>"


def row_title(place: int, text: str) -> dict:
    """The label above a row, at its left end."""
    return _beside(place, text, x=0, xanchor="left")


def row_reading(place: int, text: str) -> dict:
    """The label above a row, at its right end."""
    return _beside(place, text, x=1, xanchor="right")


def _beside(place: int, text: str, **across) -> dict:
    return dict(xref="paper", y=place, yshift=17, text=text, showarrow=False, **across)


def as_rows(figure: go.Figure, rows: int, top: float, labels: list[dict]) -> go.Figure:
    """Row 0 on top, room above each for its labels, a probability axis below without a grid.

    The labels are set in one go: plotly checks all of them again at each one that is added.
    """
    return figure.update_layout(_rows(rows, top, labels))


def _rows(rows: int, top: float, labels: list[dict]) -> dict:
    return dict(
        xaxis=theme.probability_axis(top) | dict(showgrid=False),
        yaxis=dict(
            range=[rows - 0.6, -0.75],
            showticklabels=False,
            showgrid=False,
            zeroline=False,
            fixedrange=True,
        ),
        annotations=labels,
    )
