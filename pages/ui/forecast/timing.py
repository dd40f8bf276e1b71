"""When: fifty equally likely dates of an outcome."""

import streamlit as st

from briefing.exhibits import forecast as exhibits
from briefing.material.material import Material
from briefing.words.tables import when_in_words
from model.forecast import Forecast
from pages.ui.frame import controls, panels


def section(forecast: Forecast, material: Material) -> None:
    """The dots of one open outcome, chosen by the reader.

    forecast: made of `material`, with an outcome that is open.
    """
    st.subheader(exhibits.WHEN, anchor=False)
    outcome, title = controls.one_of(forecast.open, "Outcome", key="when")
    shown = exhibits.when(forecast, outcome)
    st.markdown(when_in_words(shown.numbers, title, forecast.deadline))
    panels.exhibit(shown, material)
