"""When: fifty equally likely dates as dots, and what they say."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from briefing.charts import theme
from briefing.words.tables import one_in_fifty
from model.scenario import YEAR_DAYS

QUARTER_DAYS = YEAR_DAYS / 4
LATER_WIDE = 4
LATER_GAP = 1
DOT = 13  # pixels from one dot to the next


def stacked(table: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """`table`, that of `model.explain.quantile_dates`, with a place for each dot.

    column: quarters after the as-of day. row: from below. later: beyond the horizon or never; such
    dots stand in a block of four columns after the last quarter, their column counted within it.
    """
    days = (table["date"] - pd.Timestamp(as_of)).dt.days
    # A column of their own for dots without a date, so that they do not count in another's stack.
    column = (days / QUARTER_DAYS).fillna(-1).astype(int)
    row = column.groupby(column).cumcount()
    later = table["date"].isna()
    place = later.cumsum() - 1
    return table.assign(
        column=column.where(~later, place % LATER_WIDE),
        row=row.where(~later, place // LATER_WIDE),
        later=later,
    )


def placed(table: pd.DataFrame, as_of: date, horizon: date) -> pd.DataFrame:
    """`stacked`, with `across`: where a dot stands on the axis, in quarters after the as-of day.

    horizon: the last day that a date can have.
    """
    dots = stacked(table, as_of)
    block = _quarters(as_of, horizon) + LATER_GAP
    return dots.assign(across=dots["column"].where(~dots["later"], dots["column"] + block))


def _quarters(as_of: date, horizon: date) -> int:
    return int((horizon - as_of).days / QUARTER_DAYS) + 1


def when(table: pd.DataFrame, as_of: date, horizon: date, colour: str) -> go.Figure:
    """Fifty dots of two percent each, stacked by the quarter they fall in.

    A quantile dotplot (Kay et al. 2016, CHI; Fernandes et al. 2018, CHI). table: that of
    `model.explain.quantile_dates`. horizon: the last day that a date can have. colour: #rrggbb.
    """
    dots, quarters = placed(table, as_of, horizon), _quarters(as_of, horizon)
    rows = int(dots["row"].max()) + 1
    # At least eight rows high, or the dots of a flat chart would be drawn far apart.
    figure = theme.frame(DOT * max(rows, 8) + 44, l=6, r=6, b=40)
    figure.add_trace(_marks(dots, horizon, colour))
    places, names = _ticks(as_of, quarters)
    middle = quarters + LATER_GAP + (LATER_WIDE - 1) / 2
    end = f"after {horizon:%b %Y}<br>or never"
    figure.update_xaxes(
        range=[-0.7, quarters + LATER_GAP + LATER_WIDE - 0.3],
        tickvals=[*places, middle],
        ticktext=[*names, end],
        tickangle=0,
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(visible=False, range=[-0.7, max(rows, 8) - 0.3], fixedrange=True)
    return figure


def _marks(dots: pd.DataFrame, horizon: date, colour: str) -> go.Scatter:
    """The dots, hollow where they are later than the horizon."""
    return go.Scatter(
        x=dots["across"],
        y=dots["row"],
        mode="markers",
        marker=dict(
            size=10,
            color=[theme.CLEAR if later else colour for later in dots["later"]],
            line=dict(color=[theme.GREY if later else colour for later in dots["later"]], width=1),
        ),
        customdata=[one_in_fifty(row, horizon) for row in dots.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )


def _ticks(as_of: date, quarters: int) -> tuple[list[float], list[str]]:
    """A tick at each January within the dates, in quarters after the as-of date."""
    years = range(as_of.year + 1, as_of.year + 2 + quarters // 4)
    places = [
        ((date(year, 1, 1) - as_of).days / QUARTER_DAYS - 0.5, f"Jan<br>{year}") for year in years
    ]
    inside = [(place, name) for place, name in places if place < quarters - 0.5]
    return [place for place, _ in inside], [name for _, name in inside]
