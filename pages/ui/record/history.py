"""An outcome's chance as of past days, with what moved it."""

import streamlit as st

from briefing.exhibits import catalogue
from briefing.material.material import Material
from briefing.words import numbers
from model.record.ledger.where import LedgerError
from model.record.walk.forecasters import TERMS
from pages.ui.frame import panels
from pages.ui.memory import record


def section(material: Material) -> None:
    """The history of one outcome by one term, both chosen by the reader."""
    kept = record.record()
    if isinstance(kept, LedgerError):
        return  # the first screen says why
    titles = {outcome.id: outcome.title for outcome in material.scenario.outcomes}
    with st.container(horizontal=True):
        outcome = st.selectbox(
            "Outcome", titles, format_func=titles.get, key="outcome", bind="query-params", width=280
        )
        term = st.segmented_control(
            "Asked for",
            list(reversed(TERMS)),
            default=TERMS[-1],
            required=True,
            format_func=str.capitalize,
            key="term",
            bind="query-params",
        )
    try:
        shown = catalogue.make("history", material, {"outcome": outcome, "term": term})
    except ValueError as nothing:
        st.info(numbers.as_typed(f"{numbers.capital(str(nothing))}."))
        return
    st.markdown(numbers.as_typed(shown.alt))
    panels.exhibit(shown, material)
