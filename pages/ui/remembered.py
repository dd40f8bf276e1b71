"""What the pages remember of the evidence and of the fit, as tables for readers.

Of the fit they are the model's own functions, each table found once.
"""

from datetime import date

import pandas as pd
import streamlit as st

from model import evidence
from model.case_weight import case_weights
from model.chains import chain_table
from model.convergence import convergence
from model.driver_history import driver_curves
from model.event_table import coded_events as find_coded_events
from model.prior_posterior import prior_posterior
from model.prior_sensitivity import prior_sensitivity
from model.store import SCENARIO_FOLDER
from model.survival import survival
from pages.ui import cached
from pages.ui.once import by_run, once

driver_curves = once(by_run, entries=8)(driver_curves)
prior_posterior = once(by_run, entries=8)(prior_posterior)
convergence = once(by_run, entries=8)(convergence)
chain_table = once(by_run, entries=8)(chain_table)
prior_sensitivity = once(by_run, entries=8)(prior_sensitivity)
survival = once(by_run, entries=20)(survival)
case_weights = once(by_run, entries=20)(case_weights)


def coded_events(as_of: date):
    """The events known on this day, a row an event and driver; see `model.event_table`."""
    return _coded_events(as_of, cached.stamp())


def claims(as_of: date):
    """The article's claims, as their table has them."""
    return _evidence(as_of, cached.stamp()).claims


def cases(as_of: date, of: str):
    """A reference class's cases known on this day, for readers, by their ids."""
    rows = _evidence(as_of, cached.stamp()).cases
    rows = rows[rows["class"] == of]
    return pd.DataFrame(
        {
            "Case": rows["title"],
            "From": rows["start"].dt.date,
            "To": rows["end"].dt.date,
            "Came about": rows["event"].map({1: "yes", 0: "not by then"}),
            "Traits": rows["traits"].fillna(""),
            "What makes it comparable": rows["comparable"],
            "Quality": rows["quality"],
            "Source": rows["source_url"],
        }
    ).set_index(rows["case"])


@st.cache_resource(show_spinner=False, max_entries=4)
def _evidence(as_of: date, stamp: float) -> evidence.Evidence:
    return evidence.load_evidence(SCENARIO_FOLDER, as_of)


@st.cache_resource(show_spinner=False, max_entries=8)
def _coded_events(as_of: date, stamp: float):
    return find_coded_events(_evidence(as_of, stamp))
