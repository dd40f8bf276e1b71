"""Why a number is what it is: from the base rate to the published chance, part after part."""

import streamlit as st

from briefing.exhibits import forecast as exhibits
from briefing.material.material import Material
from briefing.words import build_up, history
from model.forecast import Forecast
from pages.ui.frame import controls, panels
from pages.ui.memory import explanations, forecasts

LINK = {"Link": st.column_config.LinkColumn(display_text="Open", width=60)}


def section(forecast: Forecast, material: Material) -> None:
    """The parts of one open outcome's chance, chosen by the reader, and how the outcome is settled.

    forecast: made of `material`, with nothing assumed and an outcome that is open.
    """
    st.subheader(exhibits.BUILD_UP, anchor=False)
    outcome, title = controls.one_of(forecast.open, "Whose chance", key="why")
    table = explanations.build_up(material.run, material.deadline)
    shown = exhibits.build_up(table, outcome, forecast.scenario)
    st.markdown(build_up.sentence(shown.numbers, title))
    panels.exhibit(shown, material)
    _others(material, outcome, title)


def _others(material: Material, outcome: str, title: str) -> None:
    """What others had foretold of the outcome by the as-of day, folded; nothing where nobody had.

    outcome: an id.
    """
    crowd = material.evidence.crowd
    rows = history.others_in_words(forecasts.judgements(), crowd, outcome, material.as_of)
    if rows.empty:
        return
    folded = st.expander(
        f"What others had foretold by then: {title}",
        icon=":material/groups:",
        key="others",
        on_change="rerun",
    )
    if folded.open:
        with folded:
            panels.grid(rows, row_height=panels.TWO_LINES, column_config=LINK)
