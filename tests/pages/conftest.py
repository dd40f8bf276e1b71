"""A made-up run in place of the fit; nothing made up outlives its test."""

import inspect

import pytest
import streamlit as st

from model import forecast
from model.forecast import levels
from pages.ui.memory import explanations, forecasts
from pages.ui.work import a_days_fits, pulling
from tests.pages import made_up_run

PUT_IN_PLACE = {"monkeypatch", "made_up", "made_up_pulls"}


@pytest.fixture(autouse=True)
def nothing_made_up_is_remembered(request):
    """Streamlit's caches outlive a test: answers of the real run stay, all else is forgotten.

    A module of the real run has a fixture `home`; a test that puts something else in its place
    asks for one of PUT_IN_PLACE.
    """
    asked = {*inspect.signature(request.function).parameters}
    forget = _works if "home" in request.fixturenames and not asked & PUT_IN_PLACE else _everything
    forget()
    yield
    forget()


def _works() -> None:
    forecasts.fits.clear()
    pulling._works.clear()
    a_days_fits._started.clear()


def _everything() -> None:
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def made_up(monkeypatch):
    """Every day has a run, with made-up numbers."""
    monkeypatch.setattr(forecast, "open_run", lambda folder, as_of: made_up_run.MadeUpRun(as_of))
    monkeypatch.setattr(forecast, "forecast", made_up_run.forecast)
    monkeypatch.setattr(levels, "fitted_levels", made_up_run.fitted_levels)
    monkeypatch.setattr(explanations, "if_then", made_up_run.conditional_table)
    monkeypatch.setattr(explanations, "build_up", made_up_run.build_up)
    monkeypatch.setattr(explanations, "half_year_ranges", made_up_run.half_year_ranges)
    monkeypatch.setattr(explanations, "movement", made_up_run.movement)
