"""A believed interval beside the published one: a chart, its sentence and its table."""

import math

import pandas as pd
import plotly.graph_objects as go

from briefing import theme
from model.elicitation import Elicited

HEIGHT = 190
HEAD = 40
TICKS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 30, 100, 1000)


def belief(own: Elicited, published: Elicited, colour: str, is_ratio: bool) -> go.Figure:
    """Both distributions on a log axis: own filled in `colour`, published as a grey line.

    is_ratio: of hazard ratios, so that 1 means no effect and is marked.
    """
    figure = theme.frame(HEIGHT, t=HEAD, b=26, l=8, r=8)
    figure.add_trace(
        _density(published, "Published", dict(color=theme.GREY, width=2, simplify=False))
    )
    filled = dict(fill="tozeroy", fillcolor=theme.tint(colour, 0.25))
    figure.add_trace(
        _density(own, "Yours", dict(color=colour, width=2.5, simplify=False), **filled)
    )
    if is_ratio:
        figure.add_vline(x=1, line=dict(color=theme.GREY, width=1.5, dash="dot"))
    low = min(own.value[0], published.value[0])
    high = max(own.value[-1], published.value[-1])
    figure.update_xaxes(
        type="log",
        range=[math.log10(low), math.log10(high)],
        tickvals=[tick for tick in TICKS if low <= tick <= high],
        showgrid=False,
        fixedrange=True,
    )
    top = 1.08 * max(own.density.max(), published.density.max())
    figure.update_yaxes(visible=False, range=[0, top], fixedrange=True)
    return figure.update_layout(annotations=_names(own, published, colour, is_ratio))


def _density(one: Elicited, name: str, line: dict, **filled) -> go.Scatter:
    return go.Scatter(
        x=list(one.value),
        y=list(one.density),
        mode="lines",
        line=line,
        name=name,
        hovertemplate=f"{name}: %{{x:.2f}}<extra></extra>",
        **filled,
    )


def _names(own: Elicited, published: Elicited, colour: str, is_ratio: bool) -> list[dict]:
    """What each curve and the line is, above the drawing."""
    said = [
        f'<span style="color:{colour}">■</span> yours, {own.low:g} to {own.high:g}',
        f'<span style="color:{theme.GREY}">━</span> published, '
        f"{published.low:g} to {published.high:g}",
        *(["┊ 1: no effect"] if is_ratio else []),
    ]
    return [
        dict(
            x=0,
            y=1,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            text="   ".join(said),
            showarrow=False,
        )
    ]


def sentence(own: Elicited, is_ratio: bool) -> str:
    """What the two numbers say: the median, and of a hazard ratio which way it goes."""
    median = f"Your median is {own.median:.2g}"
    if not is_ratio:
        return f"{median} a year."
    above = min(99, max(1, round(100 * own.chance_above_one)))
    return (
        f"{median} times; {above} in 100 that it raises the hazard, "
        f"{100 - above} in 100 that it lowers it."
    )


def alt(own: Elicited, published: Elicited) -> str:
    """What the chart shows, for a screen reader."""
    return (
        f"Two bell curves on a logarithmic axis: yours around {own.median:.2g}, 90% between "
        f"{own.low:g} and {own.high:g}; published around {published.median:.2g}, 90% between "
        f"{published.low:g} and {published.high:g}."
    )


def in_words(own: Elicited, published: Elicited) -> pd.DataFrame:
    """Interval, 5%, Median, 95%: a row each for yours and the published one."""
    rows = {"Yours": own, "Published": published}
    return pd.DataFrame(
        [
            {
                "Interval": name,
                "5%": f"{one.low:.3g}",
                "Median": f"{one.median:.3g}",
                "95%": f"{one.high:.3g}",
            }
            for name, one in rows.items()
        ]
    )
