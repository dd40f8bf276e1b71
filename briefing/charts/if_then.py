"""If A, then B as a heat table."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from briefing.charts import labels, theme
from briefing.words.if_then import answered

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

    rows: those of `words.if_then.pairs`; what has no answer has no row. Orange is likelier, blue
    less likely, nothing the same, in full at `FURTHEST` doublings; every cell prints its number.
    """
    supposed, outcomes = answered(rows)
    known = rows[rows["then"].notna()]
    cells = known.assign(text=[labels.percent(row.then, row.mcse) for row in known.itertuples()])
    wide, times, texts = (
        cells.pivot(index="given", columns="outcome", values=column).reindex(
            index=supposed, columns=outcomes
        )
        for column in ("then", "times", "text")
    )
    figure = theme.frame(CELL_HEIGHT * len(supposed) + 84, l=96, t=80, r=30)
    figure.add_heatmap(
        # A chance of 0 has an infinite logarithm, which plotly would leave blank.
        z=np.clip(np.log2(times.to_numpy()), -FURTHEST, FURTHEST),
        x=list(range(len(outcomes))),
        y=list(range(len(supposed))),
        zmin=-FURTHEST,
        zmax=FURTHEST,
        colorscale=SCALE,
        showscale=False,
        xgap=2,
        ygap=2,
        customdata=wide.to_numpy(),
        text=texts.astype(object).replace("about ", "~", regex=True).fillna("").to_numpy(),
        texttemplate="%{text}",
        textfont_size=12,
        hoverinfo="skip",
    )
    figure.update_xaxes(_ticks(outcomes), side="top", tickangle=-35)
    figure.update_yaxes(_ticks([labels.wrapped(name) for name in supposed]), autorange="reversed")
    return figure


def _ticks(names: list[str]) -> dict:
    bare = dict(showgrid=False, zeroline=False, fixedrange=True)
    return dict(tickvals=list(range(len(names))), ticktext=names) | bare
