"""If A, then B: the heat table, computed when a reader opens it."""

import pandas as pd
import streamlit as st

from briefing.exhibits import forecast as exhibits
from briefing.material.material import Material
from briefing.words import numbers
from briefing.words.if_then import WAYS, strongest
from model.explain.conditional import default_day
from pages.ui.frame import panels
from pages.ui.memory import explanations


def section(material: Material, outcomes: pd.DataFrame) -> None:
    """Every pair of open outcomes, in the way that the reader chooses."""
    run, deadline = material.run, material.deadline
    open_ones = outcomes[outcomes["settled_on"].isna()]
    if len(open_ones) < 2:
        return
    day = default_day(run.as_of, deadline)
    st.subheader(exhibits.IF_THEN, anchor=False)
    way = st.segmented_control(
        f"The outcome of a row, by {numbers.long_date(day)}",
        list(WAYS),
        default=next(iter(WAYS)),
        required=True,
        key="if",
        bind="query-params",
    )
    with st.spinner("Supposing each outcome"):
        table = explanations.if_then(run, deadline, day)
    titles = dict(zip(open_ones["outcome"], open_ones["title"], strict=True))
    shown = exhibits.if_then(table, way, titles, day, deadline)
    st.markdown(strongest(shown.numbers, day))
    panels.exhibit(shown, material)
