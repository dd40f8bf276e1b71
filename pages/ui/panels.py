"""Pieces of a page: an outcome's card, a chart with its table, the line on the run."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from briefing import theme, words
from model.store import Run


def outcome_card(row: Mapping) -> None:
    """Percent, phrase with range, both sides and interval of one row of the outcomes table."""
    with st.container(border=True, height="stretch"):
        if words.is_settled(row):
            st.metric(row["title"], "Happened")
            st.markdown(f"Already happened, {words.settled(row)}.")
            return
        chance, error = row["probability"], row["mcse"]
        st.metric(row["title"], words.percent(chance, error))
        st.markdown(words.capital(words.phrase(chance)))
        st.markdown(words.capital(words.both_sides(chance, error)))
        st.caption(words.capital(words.interval(row["low"], row["high"], error)))


def outcome_cards(rows: list[Mapping]) -> None:
    for column, row in zip(st.columns(len(rows)), rows, strict=True):
        with column:
            outcome_card(row)


def chart(figure: go.Figure, alt: str, key: str) -> None:
    """A chart in the reader's theme, with its sentence for screen readers."""
    theme.inked(figure, st.context.theme.type or "light")
    st.plotly_chart(figure, key=key, alt=alt, config={"displayModeBar": False})


def table(title: str, rows: pd.DataFrame) -> None:
    """The numbers behind a chart, folded."""
    with st.expander(title, icon=":material/table:"):
        st.dataframe(rows, hide_index=True)


def identity(reproduced: bool, run_id: str) -> None:
    """What was found when the page computed the published forecast again."""
    if reproduced:
        same = f"With nothing changed this page reproduces run {run_id} exactly."
        st.caption(f":material/check: {same}")
    else:
        st.error(f"With nothing changed this page does not reproduce run {run_id}: do not use it.")


def run_line(run: Run) -> None:
    """The run, the evidence behind it and its diagnostics, at the foot of the page."""
    counted = run.manifest["counts"].items()
    counts = [f"{number:,} {name.replace('_', ' ')}" for name, number in counted]
    rhat = f"R-hat {run.manifest['diagnostics']['rhat']:.3f}"
    st.divider()
    st.caption(" · ".join([f"Run {run.id}", *counts, rhat]))
