"""If A, then B: the heat table, the sentence on its strongest cell, and its twin in words."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from briefing.charts import labels, theme
from briefing.words import numbers

# How A comes about: the columns of B's chance then, of what it is compared with, of its error.
WAYS = {
    "We learn that it happened by then": ("assumed", "published", "mcse_assumed"),
    "It is brought about then": ("made", "published", "mcse_made"),
    "It is brought about then, counted from there": ("made_after", "published_after", "mcse_made"),
}
EXPLAINED = {
    "We learn that it happened by then": "Draws that made it likely count for more.",
    "It is brought about then": (
        "The chance counts from the as-of date, so the column may come before the row."
    ),
    "It is brought about then, counted from there": (
        "The chance counts from that day, for a column that has not happened before."
    ),
}
CELL_HEIGHT = 46
FURTHEST = 2.0  # doublings at which the colour is full


def pairs(table: pd.DataFrame, way: str, titles: Mapping[str, str]) -> pd.DataFrame:
    """A row a pair: given, outcome (titles), published, then, mcse, times (then over published).

    table: that of `model.explain.conditional`. Pairs that are refused have then and times NaN.
    """
    then, published, mcse = WAYS[way]
    return pd.DataFrame(
        {
            "given": table["given"].map(titles),
            "outcome": table["outcome"].map(titles),
            "published": table[published],
            "then": table[then],
            "mcse": table[mcse],
            "times": table[then] / table[published],
        }
    )


def heat(rows: pd.DataFrame) -> go.Figure:
    """Rows A, columns B; each cell the chance of B, coloured by how many times the published.

    Orange is likelier, blue less likely, nothing the same; every cell prints its number.
    """
    order = list(dict.fromkeys(rows["given"]))
    wide, times = (
        rows.pivot(index="given", columns="outcome", values=column).loc[order, order]
        for column in ("then", "times")
    )
    cells = rows.assign(said=[_cell(row) for row in rows.itertuples()])
    said = cells.pivot(index="given", columns="outcome", values="said").loc[order, order]
    figure = theme.frame(CELL_HEIGHT * len(order) + 84, l=96, t=80, r=30)
    figure.add_heatmap(
        z=np.clip(np.log2(times.to_numpy()), -FURTHEST, FURTHEST),
        x=list(range(len(order))),
        y=list(range(len(order))),
        zmin=-FURTHEST,
        zmax=FURTHEST,
        colorscale=[
            [0, theme.tint(theme.COLOURS[0], 0.75)],
            [0.5, theme.tint(theme.COLOURS[0], 0.0)],
            [0.5, theme.tint(theme.COLOURS[2], 0.0)],
            [1, theme.tint(theme.COLOURS[2], 0.75)],
        ],
        showscale=False,
        xgap=2,
        ygap=2,
        customdata=wide.to_numpy(),
        text=said.fillna("").to_numpy(),
        texttemplate="%{text}",
        textfont_size=12,
        hoverinfo="skip",
    )
    ticks = dict(tickvals=list(range(len(order))), showgrid=False, zeroline=False, fixedrange=True)
    names = [labels.wrapped(title) for title in order]
    figure.update_xaxes(ticks, ticktext=order, side="top", tickangle=-35)
    figure.update_yaxes(ticks, ticktext=names, autorange="reversed")
    return figure


def strongest(rows: pd.DataFrame, day: date) -> str:
    """The pair that moves most, by the size of its factor, as a sentence."""
    known = rows.dropna(subset=["times"])
    if known.empty:
        return "No pair has enough draws behind it."
    row = known.loc[np.log(known["times"]).abs().idxmax()]
    way = "likelier" if row["times"] > 1 else "less likely"
    return (
        f"The strongest: with {row['given']} by {numbers.long_date(day)}, {row['outcome']} is "
        f"{way}, "
        f"{numbers.percent(row['then'], row['mcse'])} in place of "
        f"{numbers.percent(row['published'], row['mcse'])}."
    )


def heat_alt(rows: pd.DataFrame, day: date) -> str:
    """What the heat table shows; `rows` are those of `pairs`."""
    return (
        "A table of each outcome's chance (columns) once another one has come about (rows), "
        f"coloured by how many times the published chance. {strongest(rows, day)}"
    )


def in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """If, then a column an outcome: `5% (published 1.7%)`."""
    said = rows.assign(
        said=[
            "too few draws"
            if row.then != row.then
            else f"{numbers.percent(row.then, row.mcse)} "
            f"(published {numbers.percent(row.published, row.mcse)})"
            for row in rows.itertuples()
        ]
    )
    order = list(dict.fromkeys(rows["given"]))
    wide = said.pivot(index="given", columns="outcome", values="said").loc[order, order]
    wide = wide.fillna("–").rename_axis(index="If", columns=None)
    return wide.reset_index()


def _cell(row) -> str:
    if row.then != row.then:
        return "–"
    return labels.percent(row.then, row.mcse).replace("about ", "~")
