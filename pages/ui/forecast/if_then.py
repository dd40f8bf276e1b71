"""If A, then B: the heat table, computed when a reader opens it."""

import streamlit as st

from briefing.exhibits import forecast as exhibits
from briefing.material.material import Material
from briefing.words import numbers
from briefing.words.if_then import WAYS, answered, strongest
from model.explain.conditional import default_day
from model.forecast import Forecast
from pages.ui.frame import panels
from pages.ui.memory import explanations


def section(forecast: Forecast, material: Material) -> None:
    """Every pair of open outcomes, two or more, in the way that the reader chooses.

    forecast: made of `material`, with nothing assumed.
    """
    run, deadline = material.run, material.deadline
    day = default_day(run.as_of, deadline)
    st.subheader(exhibits.IF_THEN, anchor=False)
    way = st.segmented_control(
        f"How the outcome of a row comes about by {numbers.long_date(day)}",
        list(WAYS),
        default=next(iter(WAYS)),
        required=True,
        key="if",
        bind="query-params",
    )
    with st.spinner("Supposing each outcome"):
        table = explanations.if_then(run, deadline, day)
    titles = dict(zip(forecast.open["outcome"], forecast.open["title"], strict=True))
    shown = exhibits.if_then(table, way, titles, day, deadline)
    st.markdown(strongest(shown.numbers, day))
    if not answered(shown.numbers)[0]:
        return
    panels.exhibit(shown, material)
