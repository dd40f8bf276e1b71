"""If A, then B as a heat table."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from briefing.charts import labels, theme

CELL_HEIGHT = 46
FURTHEST = 2.0  # doublings at which the colour is full
# Blue up to the middle and orange from there on: two clear ends, or the middle would be a mixture.
SCALE = [
    [0, theme.tint(theme.COLOURS[0], 0.75)],
    [0.5, theme.tint(theme.COLOURS[0], 0.0)],
    [0.5, theme.tint(theme.COLOURS[2], 0.0)],
    [1, theme.tint(theme.COLOURS[2], 0.75)],
]


def heat(rows: pd.DataFrame) -> go.Figure:
    """Rows A, columns B; each cell the chance of B, coloured by how many times the published.

    rows: those of `words.if_then.pairs`. Orange is likelier, blue less likely, nothing the same, in
    full at `FURTHEST` doublings; every cell prints its number.
    """
    order = list(dict.fromkeys(rows["given"]))
    cells = rows.assign(text=[_cell(row) for row in rows.itertuples()])
    wide, times, texts = (
        cells.pivot(index="given", columns="outcome", values=column).loc[order, order]
        for column in ("then", "times", "text")
    )
    figure = theme.frame(CELL_HEIGHT * len(order) + 84, l=96, t=80, r=30)
    figure.add_heatmap(
        # A chance of 0 has an infinite logarithm, which plotly would leave blank.
        z=np.clip(np.log2(times.to_numpy()), -FURTHEST, FURTHEST),
        x=list(range(len(order))),
        y=list(range(len(order))),
        zmin=-FURTHEST,
        zmax=FURTHEST,
        colorscale=SCALE,
        showscale=False,
        xgap=2,
        ygap=2,
        customdata=wide.to_numpy(),
        text=texts.fillna("").to_numpy(),
        texttemplate="%{text}",
        textfont_size=12,
        hoverinfo="skip",
    )
    ticks = dict(tickvals=list(range(len(order))), showgrid=False, zeroline=False, fixedrange=True)
    names = [labels.wrapped(title) for title in order]
    figure.update_xaxes(ticks, ticktext=order, side="top", tickangle=-35)
    figure.update_yaxes(ticks, ticktext=names, autorange="reversed")
    return figure


def _cell(row) -> str:
    if row.then != row.then:  # NaN: refused, too few draws
        return "–"
    return labels.percent(row.then, row.mcse).replace("about ", "~")
