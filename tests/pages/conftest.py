import pytest
import streamlit as st

from model import forecast
from pages.ui import explained
from tests.pages import made_up_run


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Streamlit's caches outlive a test."""
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def made_up(monkeypatch):
    """Every day has a run, with made-up numbers."""
    monkeypatch.setattr(forecast, "open_run", lambda folder, as_of: made_up_run.MadeUpRun(as_of))
    monkeypatch.setattr(forecast, "forecast", made_up_run.forecast)
    monkeypatch.setattr(forecast, "driver_levels", made_up_run.driver_levels)
    monkeypatch.setattr(explained, "if_then", made_up_run.conditional_table)
    monkeypatch.setattr(explained, "movement", made_up_run.movement)
