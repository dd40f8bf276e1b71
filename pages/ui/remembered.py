"""What the pages remember of the evidence and of the fit, as tables for readers."""

from datetime import date

import pandas as pd
import streamlit as st

from model import evidence
from model.case_weight import case_weights as find_case_weights
from model.chains import chain_table as find_chain_table
from model.convergence import convergence as find_convergence
from model.driver_history import driver_curves as find_driver_curves
from model.event_table import coded_events as find_coded_events
from model.prior_posterior import prior_posterior as find_prior_posterior
from model.prior_sensitivity import prior_sensitivity as find_prior_sensitivity
from model.store import SCENARIO_FOLDER, Run
from model.survival import survival as find_survival
from pages.ui import cached


def coded_events(as_of: date):
    """The events known on this day, a row an event and driver; see `model.event_table`."""
    return _coded_events(as_of, cached.stamp())


def driver_curves(run: Run):
    """Each driver's level over time; see `model.driver_history`."""
    return _of_run(run.id, "driver_curves", run, find_driver_curves)


def prior_posterior(run: Run):
    """What the data did to each prior; see `model.prior_posterior`."""
    return _of_run(run.id, "prior_posterior", run, find_prior_posterior)


def convergence(run: Run):
    """How well each parameter was sampled; see `model.convergence`."""
    return _of_run(run.id, "convergence", run, find_convergence)


def chain_table(run: Run):
    """What each chain of the sampler did; see `model.chains`."""
    return _of_run(run.id, "chain_table", run, find_chain_table)


def prior_sensitivity(run: Run):
    """Which headlines rest on the priors; see `model.prior_sensitivity`."""
    return _of_run(run.id, "prior_sensitivity", run, find_prior_sensitivity)


def survival(run: Run, of: str):
    """A reference class as survival curves; see `model.survival`."""
    return _of_class(run.id, of, "survival", run, find_survival)


def case_weights(run: Run, of: str):
    """Which cases of a reference class weigh most; see `model.case_weight`."""
    return _of_class(run.id, of, "case_weights", run, find_case_weights)


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


@st.cache_resource(show_spinner=False, max_entries=32)
def _of_run(run_id: str, name: str, _run, _find):
    return _find(_run)


@st.cache_resource(show_spinner=False, max_entries=40)
def _of_class(run_id: str, of: str, name: str, _run, _find):
    return _find(_run, of)
