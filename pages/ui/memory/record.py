"""What the pages remember of the track record: what was published and what became of it.

A row that is appended is seen at the next step of a page; what became of all rows is found once.
"""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from model.evidence import Evidence
from model.record.ledger.where import LedgerError
from model.record.published import resolution, stored
from model.record.published.stored import Stored
from model.scenario import SCENARIO_FOLDER
from pages.ui.memory import forecasts


@dataclass(frozen=True, eq=False)
class Record:
    """What is stored, and its scenario's forecasts and overrides with what became of them.

    forecasts, overrides: of `resolution`, as known on the last day of the evidence.
    """

    stored: Stored
    forecasts: pd.DataFrame
    overrides: pd.DataFrame


def record() -> Record | LedgerError:
    """The scenario's record as it now stands, or why it cannot be read."""
    try:
        return _record(stored.stamp(forecasts.scenario()), forecasts.stamp())
    except LedgerError as problem:
        return problem.with_traceback(None)


def walked() -> list | LedgerError:
    """Every chain of the ledger, walked; see `model.record.ledger.store.walk`."""
    try:
        return _walked(stored.ledger_stamp())
    except LedgerError as problem:
        return problem.with_traceback(None)


@st.cache_resource(show_spinner=False, max_entries=2)
def _record(stamp: tuple, evidence_stamp: str) -> Record:
    known = _known(evidence_stamp)
    kept = stored.stored(known.scenario)
    of_scenario = kept.of(known.scenario.id)
    return Record(
        kept,
        resolution.resolved(of_scenario.forecasts, known),
        resolution.overrides_resolved(of_scenario, known),
    )


@st.cache_resource(show_spinner=False, max_entries=2)
def _known(stamp: str) -> Evidence:
    return resolution.known_now(SCENARIO_FOLDER)


# For a minute only: a row that somebody changes past the program leaves no other trace.
@st.cache_resource(show_spinner=False, max_entries=2, ttl=60)
def _walked(stamp: tuple) -> list:
    if not stamp:
        return []
    from model.record.ledger import store

    return store.walk()
