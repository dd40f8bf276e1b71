"""How the sampler went, drawn by arviz-plots and put on our frame: energies, ranks.

arviz-plots takes seconds to import: it is imported when a chart is drawn, not before.
"""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio

from briefing.charts import theme
from model.inspect.sampler import thin_factor

HEIGHT = 300
ENERGY_CURVES = ("marginal", "transition")
DIFFER = "chains differ"


def energy(table: pd.DataFrame) -> go.Figure:
    """Densities of the energy (solid) and of its change from draw to draw (dashed), by arviz.

    table: chain, draw, energy (nats), one row per draw. Both are about as wide where the sampler
    explores well.
    """
    from arviz_plots import plot_energy

    drawn = plot_energy(
        _tree(table, "energy", "sample_stats"),
        backend="plotly",
        kind="kde",
        show_bfmi=False,
        aes={"color": ["energy"], "linestyle": ["energy"]},
        color=[theme.COLOURS[0], theme.COLOURS[2]],
        linestyle=["solid", "dash"],
        visuals={"legend": False, "title": False, "face": False},
    )
    figure = _on_frame(drawn, ENERGY_CURVES)
    figure.update_traces(line_width=2.5, hovertemplate="%{fullData.name}, %{x:.0f}<extra></extra>")
    figure.update_xaxes(title="nats")
    return figure.update_yaxes(visible=False, rangemode="tozero")


def ranks(table: pd.DataFrame) -> go.Figure:
    """Each chain's ranks among all draws, as cumulative shares less what is expected, by arviz.

    table: chain, draw, value, one row per draw; thinned until nearly independent. Crosses: where
    the chains differ, by a test of uniform ranks over all chains at once (Tesso et al. 2026,
    arXiv:2603.02928) that is wrong once in a hundred.
    """
    from arviz_plots import plot_rank

    _give_background()
    chains = table["chain"].nunique()
    drawn = plot_rank(
        _tree(table, "value", "posterior"),
        backend="plotly",
        thin=True,
        stats={"thin": {"factor": thin_factor(table)}},
        envelope_prob=0.99,
        color=[theme.COLOURS[place % len(theme.COLOURS)] for place in range(chains)],
        visuals={"title": False, "xlabel": False},
    )
    lines = [f"chain {chain}" for chain in range(1, chains + 1)]
    figure = _on_frame(drawn, (*lines, DIFFER))
    figure.update_traces(marker=dict(color=theme.GREY), selector=dict(name=DIFFER))
    figure.update_traces(
        hovertemplate="%{fullData.name}: %{y:+.1%} at rank %{x:.2f}<extra></extra>",
        selector=dict(mode="lines"),
    )
    figure.update_xaxes(title="rank among all draws, from lowest (0) to highest (1)", range=[0, 1])
    return figure.update_yaxes(tickformat="+.0%", gridcolor=theme.FAINT, zeroline=False)


def drawn_numbers(figure: go.Figure) -> pd.DataFrame:
    """curve, x, y: one row per point of a figure's lines, in the units of its axes."""
    rows = [
        pd.DataFrame({"curve": trace.name, "x": np.asarray(trace.x), "y": np.asarray(trace.y)})
        for trace in figure.data
    ]
    return pd.concat(rows, ignore_index=True)


def _tree(table: pd.DataFrame, name: str, group: str):
    """The column `name` as arviz wants it: (chain, draw), in a group."""
    import xarray as xr

    wide = table.pivot(index="chain", columns="draw", values=name)
    values = xr.DataArray(wide.to_numpy(), {"chain": wide.index, "draw": wide.columns})
    return xr.DataTree.from_dict({group: xr.Dataset({name: values})})


def _give_background() -> None:
    """arviz-plots takes a colour from the default template's background; Streamlit's has none.

    No chart of ours shows it: each frame has a clear background of its own.
    """
    layout = pio.templates[pio.templates.default].layout
    layout.paper_bgcolor = layout.paper_bgcolor or "white"


def _on_frame(drawn, names) -> go.Figure:
    """The lines and marks of an arviz plot, without its text, on the frame that charts share."""
    figure = theme.frame(HEIGHT, l=44, r=12, t=12, b=44)
    traces = [trace for trace in drawn.viz["figure"].item().data if trace.mode != "text"]
    for trace, name in zip(traces, names, strict=True):
        figure.add_trace(trace).data[-1].update(name=name)
    return figure.update_layout(
        xaxis=dict(showgrid=False, zeroline=False, fixedrange=True), yaxis=dict(fixedrange=True)
    )
