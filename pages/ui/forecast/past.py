"""What else has been said of these chances: analysts' overrides, and what was said on past days."""

import streamlit as st

from briefing.material.material import Material
from briefing.words import numbers
from briefing.words import record as words
from model.record.ledger import where
from pages.ui.frame.menu import open_next
from pages.ui.memory import record
from pages.ui.memory.record import Record


def overrides(material: Material) -> None:
    """The overrides that stand on the as-of day, of the chances by this deadline, a line each."""
    # asked first: where nothing was ever published no library of databases is loaded
    kept = record.record() if where.may_exist() else None
    if not isinstance(kept, Record):
        return  # what is wrong with a ledger is told on the Track record page
    rows = kept.overrides
    standing = (rows["as_of"] <= material.as_of) & (material.as_of <= rows["expires"])
    for row in rows[standing & (rows["deadline"] == material.deadline)].to_dict("records"):
        title = words.title_of(row, material.scenario)
        st.info(numbers.as_typed(words.override_sentence(row, title)), icon=":material/edit:")


def link() -> None:
    """A way to the chances as of past days."""
    st.button(
        "These chances as of past days",
        on_click=_open_history,
        key="open_history",
        icon=":material/timeline:",
        help="On the Track record page, with what moved them.",
    )


def _open_history() -> None:
    st.session_state["record"] = "History"
    open_next("pages/record.py")
