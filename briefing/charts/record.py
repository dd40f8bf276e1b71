"""The track record drawn: an outcome's chance over past as-of days, with what moved it."""

from itertools import accumulate, pairwise

import pandas as pd
import plotly.graph_objects as go

from briefing.charts import theme
from briefing.words import numbers
from model.record.published.history import PUBLISHED, WALKED, ask_alike

HEIGHT = 320
SYMBOLS = {PUBLISHED: "circle", WALKED: "circle-open"}


def history(rows: pd.DataFrame, moves: pd.DataFrame, colour: str, top: float) -> go.Figure:
    """The chance over as-of days with its 90 % band; numbers stand where it moved most.

    rows, moves: of `model.record.published.history`. colour: #rrggbb. top: end of the axis, a
    probability. A line runs on while the same is asked: a year's end until that year is over.
    """
    segments = [segment for _, segment in rows.groupby(_asked(rows), sort=False)]
    marks = [draw(segment, colour) for draw in (_band, _line) for segment in segments]
    marks += [
        _points(rows[rows["source"] == source], symbol, colour)
        for source, symbol in SYMBOLS.items()
        if (rows["source"] == source).any()
    ]
    axis = dict(showgrid=False, fixedrange=True, zeroline=False)
    layout = dict(
        annotations=[_number(place, row) for place, row in enumerate(moves.itertuples(), start=1)],
        yaxis=theme.probability_axis(top),
        # its first label stands clear of 0% at the corner
        xaxis=axis | dict(range=_range(rows), ticklabelstandoff=5),
    )
    return theme.drawn(marks, layout, HEIGHT, l=44, r=16, t=24, b=32)


def _asked(rows: pd.DataFrame) -> list[int]:
    """(rows,): a number per row, the next one wherever something else is asked than before."""
    asked = rows.to_dict("records")
    changes = [not ask_alike(*pair) for pair in pairwise(asked)]
    return list(accumulate(changes, initial=0))


def _range(rows: pd.DataFrame) -> list[pd.Timestamp]:
    first, last = (pd.Timestamp(rows["as_of"].iloc[place]) for place in (0, -1))
    room = max((last - first) * 0.02, pd.Timedelta(days=15))
    return [first - room, last + room]


def _band(rows: pd.DataFrame, colour: str) -> dict:
    return theme.band(rows["as_of"], rows, colour, "90% interval")


def _line(rows: pd.DataFrame, colour: str) -> dict:
    return dict(
        type="scatter",
        x=list(rows["as_of"]),
        y=list(rows["probability"]),
        mode="lines",
        line=dict(color=colour, width=2),
        hoverinfo="skip",
        name="probability",
    )


def _points(rows: pd.DataFrame, symbol: str, colour: str) -> dict:
    texts = [
        f"As of {numbers.short_date(row.as_of)}, by {numbers.short_date(row.deadline)}: "
        f"{numbers.percent(row.probability, row.mcse)}".replace("<", "&lt;")
        for row in rows.itertuples()
    ]
    return dict(
        type="scatter",
        x=list(rows["as_of"]),
        y=list(rows["probability"]),
        mode="markers",
        marker=dict(symbol=symbol, color=colour, size=6),
        customdata=texts,
        hovertemplate="%{customdata}<extra></extra>",
        name=rows["source"].iloc[0],
    )


def _number(place: int, row) -> dict:
    return dict(
        x=pd.Timestamp(row.as_of),
        y=row.now,
        text=f"<b>{place}</b>",
        showarrow=False,
        yshift=14 if row.change > 0 else -14,
        name=theme.OVER_LINES,
        borderpad=1,
    )
