"""The visitor's set and the browser's history: which set an address stands for."""

import pytest
from streamlit.testing.v1 import AppTest

from model.assumptions import NOTHING, Assumptions, DriverAssumption, files

MADE, OTHER = (
    Assumptions(drivers=(DriverAssumption(id="russian_commitment", level=level),))
    for level in (-1.7, 1.2)
)


def script():
    import streamlit as st

    from pages.ui.memory import own

    own.follow_link(st.session_state.page)
    if "next" in st.session_state:  # as a control's callback and the page's bar do
        own.keep(st.session_state.next)
        own.write_link()
        del st.session_state["next"]


@pytest.fixture
def visit():
    """A visit that opened the Assumptions by a link with MADE, then Forecast in the menu."""
    app = AppTest.from_function(script)
    at(app, "assumptions", files.to_link(MADE))
    return at(app, "forecast", None)


def at(app: AppTest, page: str, link: str | None, keeps: Assumptions | None = None) -> AppTest:
    """The visit where the browser shows this address of a page, and the set that is held there."""
    app.session_state["page"] = page
    if keeps is not None:
        app.session_state["next"] = keeps
    app.query_params.clear()
    if link is not None:
        app.query_params["set"] = link
    return app.run()


def held(app: AppTest) -> Assumptions:
    return app.session_state["own"].current


def test_back_to_the_menus_own_address_returns_with_the_set(visit):
    assert held(visit) == MADE and files.to_link(MADE) in visit.query_params["set"]
    assert held(at(visit, "forecast", None)) == MADE
    assert held(at(visit, "forecast", None)) == MADE  # and what a rerun there finds
    assert held(at(visit, "assumptions", files.to_link(MADE))) == MADE


def test_back_past_a_step_returns_with_the_set_that_was_brought(visit):
    at(visit, "forecast", files.to_link(MADE), keeps=OTHER)
    assert held(at(visit, "forecast", files.to_link(MADE))) == MADE
    assert held(at(visit, "forecast", None)) == MADE


def test_an_address_without_a_set_says_none_where_it_was_emptied_there(visit):
    at(visit, "forecast", files.to_link(MADE), keeps=NOTHING)
    at(visit, "forecast", files.to_link(MADE))
    assert held(at(visit, "forecast", None)) == NOTHING


def test_back_to_before_the_first_step_takes_it_back():
    app = at(AppTest.from_function(script), "assumptions", None)
    at(app, "assumptions", None, keeps=MADE)
    assert held(at(app, "assumptions", None)) == NOTHING
