"""Every published forecast, as the ledger has it, and whether the ledger is whole."""

import pandas as pd
import streamlit as st

from briefing.material.material import Material
from briefing.words import numbers
from briefing.words import record as words
from model.record.ledger.where import LedgerError
from model.record.published import resolution
from model.scenario.plain_text import counted
from pages.ui.frame import downloads, panels
from pages.ui.memory import record
from pages.ui.record import forms

# not as code, which has too little contrast in a caption
WALK = "In a shell, python -m model ledger --verify walks it."


def section(material: Material) -> None:
    """Whether the ledger is whole; its rows, newest first; their scores; the form to publish."""
    kept = record.record()
    if isinstance(kept, LedgerError):
        return  # the first screen says why
    forms.say()
    if len(kept.forecasts):
        _ledger(kept.forecasts, material)
    forms.publish(material.run)


def _ledger(forecasts: pd.DataFrame, material: Material) -> None:
    st.subheader("The ledger", anchor=False)
    _verified()
    rows = words.forecasts_in_words(forecasts, material.scenario)
    panels.grid(rows)
    downloads.numbers("published", material)
    scores = resolution.score_table(forecasts, ["probability"])
    if len(scores):
        st.subheader("Scores of what is decided", anchor=False)
        in_words = words.scores_in_words(scores, material.scenario).drop(columns="Whose")
        panels.grid(in_words)


def _verified() -> None:
    """One line for each chain: whole, or the first row that is not as it was written."""
    walked = record.walked()
    if isinstance(walked, LedgerError):
        st.error(numbers.as_typed(str(walked)))
        return
    for chain in walked:
        if chain.broken:
            st.error(f"{chain.chain.capitalize()}, row {chain.broken.number}: {chain.broken.why}.")
    whole = [_counted(chain) for chain in walked if not chain.broken]
    if len(whole) == len(walked):
        head = walked[0].head[:12]
        st.caption(
            ":material/verified: Each row carries the hash of the row before; all are as they were "
            f"written: {', '.join(whole)}. The forecasts end with {head}…. {WALK}"
        )


def _counted(chain) -> str:
    return counted(chain.written, chain.chain.removesuffix("s"))
