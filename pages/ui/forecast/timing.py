"""When: fifty equally likely dates of an outcome."""

import streamlit as st

from briefing.exhibits import forecast as exhibits
from briefing.material.material import Material
from briefing.words.tables import when_in_words
from model.forecast import Forecast
from pages.ui.frame import panels


def section(forecast: Forecast, material: Material) -> None:
    """The dots of one open outcome, chosen by the reader; nothing where none is open.

    forecast: made of `material`.
    """
    if forecast.open.empty:
        return
    titles = dict(zip(forecast.open["outcome"], forecast.open["title"], strict=True))
    st.subheader(exhibits.WHEN, anchor=False)
    outcome = st.segmented_control(
        "Outcome",
        titles,
        default=next(iter(titles)),
        required=True,
        format_func=titles.get,
        key="when",
        bind="query-params",
        label_visibility="collapsed",
    )
    shown = exhibits.when(forecast, outcome)
    st.markdown(when_in_words(shown.numbers, titles[outcome], forecast.deadline))
    panels.exhibit(shown, material)
