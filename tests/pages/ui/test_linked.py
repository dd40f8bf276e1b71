"""A run that a link names is opened on request, or it is said why not."""

import shutil
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from model.runs import publication, store
from pages.ui.memory.linked_run import LinkedRun, hindrance
from tests.pages.test_pages import ROOT

OLDER, HERE = "0123456789ab", "south_caucasus"
PATIENCE = 180


@pytest.fixture
def home(fitted, fitted_home, tmp_path, monkeypatch):
    """A state folder with the fitted run, and an older one of the same day from other evidence."""
    shutil.copytree(fitted_home / "runs" / fitted.id, tmp_path / "runs" / fitted.id)
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    keep(fitted)
    return tmp_path


def keep(fitted, **manifest) -> None:
    other = {"id": OLDER, "made_from": "older"} | manifest
    store.save(replace(fitted, manifest=fitted.manifest | other))


def opened(run: str) -> AppTest:
    app = AppTest.from_file(ROOT / "pages" / "record.py", default_timeout=PATIENCE)
    app.query_params["record"], app.query_params["run"] = "Published", run
    app.query_params["as_of"] = "2023-09-21"
    return app.run()


def test_an_older_run_opens_on_a_press_and_another_leads_back_to_the_newest(home, fitted):
    app = opened(OLDER)
    (offer,) = app.warning
    assert f"names run {OLDER}; run {fitted.id} answers the day now" in offer.value
    assert app.query_params["run"] == fitted.id
    app.button(key="open_linked").click().run()
    assert f"Shown is run {OLDER}" in app.warning[0].value and not app.exception
    assert app.query_params["run"] == OLDER and f"Run {OLDER}" in app.caption[-1].value
    app.button(key="open_linked").click().run()
    assert app.query_params["run"] == fitted.id and app.warning[0].value == offer.value


def test_of_a_link_to_the_run_that_answers_nothing_is_said(home, fitted):
    assert not opened(fitted.id).warning


def test_a_run_that_is_no_longer_stored_is_said_without_a_press(home):
    store.remove(OLDER)
    app = opened(OLDER)
    assert "not stored here, or no longer" in app.warning[0].value
    assert "open_linked" not in {button.key for button in app.button}


def test_no_link_opens_what_is_held_did_not_pass_or_is_of_another_day(home, fitted):
    linked = LinkedRun(OLDER, fitted.as_of)
    assert hindrance(linked, HERE) == ""
    publication.hold(OLDER)
    assert "held" in hindrance(linked, HERE)
    publication.release(OLDER)
    keep(fitted, served=False)
    assert "did not pass" in hindrance(linked, HERE)
    keep(fitted, as_of="2023-09-20")
    assert "of another day, 2023-09-20" in hindrance(linked, HERE)
    keep(fitted, scenario="elsewhere")
    assert "of another scenario, elsewhere" in hindrance(linked, HERE)
    assert "not stored" in hindrance(LinkedRun("../../etc/passwd", fitted.as_of), HERE)
