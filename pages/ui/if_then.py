"""If A, then B: the heat table, computed when a reader opens it."""

from datetime import date

import pandas as pd
import streamlit as st

from briefing import if_then, words
from model.conditional import default_day
from model.store import Run
from pages.ui import explained, panels


def section(run: Run, outcomes: pd.DataFrame, deadline: date) -> None:
    """Every pair of open outcomes, in the way that the reader chooses."""
    open_ones = outcomes[outcomes["settled_on"].isna()]
    if len(open_ones) < 2:
        return
    day = default_day(run.as_of, deadline)
    st.subheader("If one happens, what of the others?", anchor=False)
    way = st.segmented_control(
        f"The outcome of a row, by {words.long_date(day)}",
        list(if_then.WAYS),
        default=next(iter(if_then.WAYS)),
        required=True,
        key="if",
        bind="query-params",
    )
    with st.spinner("Supposing each outcome"):
        table = explained.if_then(run, deadline, day)
    titles = dict(zip(open_ones["outcome"], open_ones["title"], strict=True))
    rows = if_then.pairs(table, way, titles)
    st.markdown(if_then.strongest(rows, day))
    panels.chart(if_then.heat(rows), if_then.heat_alt(rows, day), "if_then")
    st.caption(
        f"Rows: what comes about by {words.long_date(day)}. Columns: the chance by "
        f"{words.long_date(deadline)}. Orange: likelier than published; blue: less likely. "
        + if_then.EXPLAINED[way]
    )
    panels.table("If one happens, as a table", if_then.in_words(rows))
