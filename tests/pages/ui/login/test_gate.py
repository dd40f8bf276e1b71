"""Every page goes through the gate, and a role sees what it may."""

import time

import pytest

from model.assumptions import Assumptions, DriverAssumption, files
from pages.ui.memory import own
from tests.pages.test_pages import PAGES, ROOT, text
from tests.pages.ui.login.signed_in import (
    ANALYST,
    PUBLISHER,
    STRANGER,
    VIEWER,
    ask_for_login,
    visiting,
)
from tests.slow_cases import slow

COLDER = Assumptions(drivers=(DriverAssumption(id="russian_commitment", level=-1.8),))
ASSUMPTIONS = ROOT / "pages" / "assumptions.py"
EVERY_PAGE = [ROOT / "app.py", *(ROOT / "pages" / name for name in PAGES)]
FRAME = ("main", "sidebar", "html")
WITH_MOST_TO_DO = [page for page in EVERY_PAGE if page.stem in ("evidence", "record", "brief")]
NEEDS = "This needs the role"


@pytest.fixture(autouse=True)
def roles(monkeypatch, tmp_path):
    return ask_for_login(monkeypatch, tmp_path)


def drawn(app) -> list[str]:
    """The kind of everything on the page and in its sidebar but these two themselves and styles."""
    every = [*app.main, *app.sidebar]
    return [element.type for element in every if element.type not in FRAME]


@pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: page.stem)
def test_whoever_is_not_logged_in_sees_one_button_and_nothing_else(page):
    app = visiting(page).run()
    assert not app.exception
    assert drawn(app) == ["title", "button"]
    assert (app.title[0].value, app.button[0].label) == ("Araxes", "Log in")


def named(app, name: str) -> None:
    """Name the visitor's set, which changes it."""
    next(field for field in app.text_input if field.label == "Name").set_value(name).run()


@pytest.mark.parametrize("page", [ROOT / "app.py", ASSUMPTIONS], ids=lambda page: page.stem)
def test_whoever_has_no_role_is_told_so_in_one_line_and_whom_to_ask(page):
    app = visiting(page, STRANGER).run()
    assert drawn(app) == ["title", "markdown", "button"]
    said = app.markdown[0].value.replace("\\", "")
    assert said.startswith("You are logged in as Sam (sam@elsewhere.org), who has no role")
    assert said.endswith("ask Ani, ani@example.org for one.") and "\n" not in said
    assert app.button[0].label == "Log out"


@pytest.mark.parametrize(
    "claims",
    [
        {"iat": time.time() - 12.1 * 3600},  # the file says nothing of hours: 12
        slow({"iat": None}),
        slow({"iat": "now"}),
    ],
)
def test_a_login_of_long_ago_is_asked_for_again(claims):
    app = visiting(ASSUMPTIONS, PUBLISHER | claims).run()
    assert drawn(app) == ["title", "button"] and app.button[0].label == "Log in"


WHY = """
import streamlit as st
from pages.ui.login import visitor
from pages.ui.login.roles import Role
st.text(visitor.why_not(Role.analyst))
"""


@pytest.mark.parametrize(
    "claims, said",
    [
        (ANALYST, ""),
        (VIEWER, f"{NEEDS} analyst; Ani, ani@example.org can give it."),
        (ANALYST | {"iat": 0}, "Your login has ended; load the page anew and log in again."),
    ],
)
def test_a_step_is_refused_with_what_to_do_about_it(tmp_path, claims, said):
    page = tmp_path / "page.py"
    page.write_text(WHY, encoding="utf-8")
    (answer,) = visiting(page, claims).run().text
    assert answer.value == said


def test_a_login_that_became_faulty_lets_nobody_in_and_the_log_says_why(roles, capfd):
    roles.write_text("contact = ", encoding="utf-8")
    app = visiting(ASSUMPTIONS, PUBLISHER).run()
    assert drawn(app) == ["title", "error"]
    assert str(roles) not in app.error[0].value
    assert f"Nobody can log in: {roles}: not TOML" in capfd.readouterr().err


def test_a_viewer_sees_the_view_of_a_link_and_cannot_change_it(fitted_home, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    app = visiting(ASSUMPTIONS, VIEWER)
    app.query_params["set"] = files.to_link(COLDER)
    app.run()
    assert not app.exception
    assert app.session_state["own"].current == COLDER
    assert "In your view" in text(app)
    assert "Changing assumptions: this needs the role analyst" in text(app).replace("\\", "")
    assert not app.slider and not [b for b in app.button if b.label in ("Undo", "Reset", "Save")]


def test_an_analyst_changes_assumptions_and_the_sidebar_says_who_that_is(made_up):
    app = visiting(ASSUMPTIONS, ANALYST).run()
    assert app.slider and "Changing assumptions" not in text(app)
    assert "Bo Ek, analyst" in [caption.value for caption in app.sidebar.caption]
    assert "Log out" in [button.label for button in app.sidebar.button]
    named(app, "Mine")
    assert not app.exception and app.session_state["own"].current.name == "Mine"


@pytest.mark.slow
def test_who_loses_the_role_is_refused_at_the_next_step(made_up, roles):
    app = visiting(ASSUMPTIONS, ANALYST).run()
    roles.write_text(roles.read_text().replace('"desk"', '"press"'), encoding="utf-8")
    named(app, "Mine")
    assert len(app.exception) == 1  # where the server runs it is a line of the page
    assert app.session_state["own"].current.name == ""


@pytest.mark.slow
@pytest.mark.parametrize("page", WITH_MOST_TO_DO, ids=lambda page: page.stem)
def test_a_viewer_sees_a_page_and_nothing_on_it_to_change_or_to_take_away(
    page, fitted_home, monkeypatch
):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    app = visiting(page, VIEWER)
    app.query_params["record"] = "Published"
    app.session_state["workspace"] = True
    app.run()
    assert not app.exception and app.title[0].value.endswith("?")
    assert not app.get("download_button") and not app.get("form")
    # only a file that somebody has sent may be checked
    assert [f.label for f in app.file_uploader] == ["A file that was exported here"] * (
        page.stem == "brief"
    )
    off = [b.label for b in app.main.button if not b.disabled]
    assert not {*off} & {"Open in Assumptions", "Undo", "Reset", "Fit now", "Publish"}


@pytest.mark.slow
def test_without_a_login_everybody_may_everything_and_nothing_is_said_of_it(made_up, monkeypatch):
    monkeypatch.delenv("ARAXES_ROLES")
    app = visiting(ASSUMPTIONS)
    del app.secrets["auth"]
    app.run()
    assert app.slider and NEEDS not in text(app)
    assert not [b for b in app.button if b.label in ("Log in", "Log out")]
    own.keep(own.current())  # outside of any page, as tests and threads call it
