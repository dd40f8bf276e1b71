"""What is said on a page that ends in an error: what a role forbids, or what the tables lack."""

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.server import heads, site
from tests.model.check.broken_folder import FOLDER, set_cell

PAGE = """
import streamlit as st
from pages.ui.login.visitor import NotAllowed
from pages.ui.server import site
problem = {problem}
if not site.tell_refusal(problem):
    st.info("the log tells it")
"""


@pytest.fixture(autouse=True)
def the_title_is_read_again():
    yield
    heads._scenario_title.cache_clear()


def ended(problem: str) -> AppTest:
    return AppTest.from_string(PAGE.format(problem=problem), default_timeout=60).run()


def test_what_a_role_forbids_is_one_line():
    app = ended('NotAllowed("This needs the role analyst.")')
    assert [error.value for error in app.error] == ["This needs the role analyst."]


def test_tables_with_a_fault_are_told_by_file_and_row_and_any_other_error_is_the_logs(
    tmp_path, fitted_home, monkeypatch
):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    assert [told.value for told in ended('KeyError("date")').info] == ["the log tells it"]
    folder = shutil.copytree(FOLDER, tmp_path / "scenario", ignore=shutil.ignore_patterns(".*"))
    set_cell(folder, "events", 2, "date", "soon")
    monkeypatch.setattr(site, "SCENARIO_FOLDER", folder)
    (error,) = ended('KeyError("date")').error
    said = error.value.replace("\\", "")
    assert said.startswith("The evidence cannot be read until its tables are put right: events.csv")
    assert "'soon' is not a day" in said and "\n" not in said


def test_a_page_has_a_head_while_the_scenarios_file_cannot_be_read(tmp_path, monkeypatch):
    monkeypatch.setattr(heads, "SCENARIO_FOLDER", tmp_path)
    heads._scenario_title.cache_clear()
    assert heads.head("", {})[1] == "How likely political outcomes in the region are, and why."
