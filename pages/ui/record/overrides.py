"""What analysts say against published forecasts, and how that did."""

import streamlit as st

from briefing.material.material import Material
from briefing.words import record as words
from model.record.ledger.where import LedgerError
from model.record.published import resolution
from pages.ui.frame import panels
from pages.ui.memory import record
from pages.ui.record import forms

ABOUT = (
    "An override is an analyst's own chance for one published forecast, with a reason and a last "
    "day. It changes no published number: it stands beside it, and is scored like it."
)
DECIDED = "All that are published are decided; one that is still open can be overridden."


def section(material: Material) -> None:
    """Overrides beside what they override; the scores of both; the form to add one."""
    forms.say()
    st.markdown(ABOUT)
    kept = record.record()
    if isinstance(kept, LedgerError):
        return  # the first screen says why
    if kept.forecasts.empty:
        st.info("Nothing has been published yet, so there is nothing to override.")
        return
    if kept.overrides.empty:
        is_open = (kept.forecasts["status"] == "open").any()
        st.info("No published forecast has been overridden." + ("" if is_open else f" {DECIDED}"))
    else:
        rows = words.overrides_in_words(kept.overrides, material.scenario)
        panels.grid(rows, row_height=panels.TWO_LINES)
    scores = resolution.score_table(kept.overrides, ["before", "after"])
    if len(scores):
        st.subheader("Scores of what is decided", anchor=False)
        panels.grid(words.scores_in_words(scores, material.scenario))
    forms.override(kept.forecasts, material)
