"""Sets that stay, on the Assumptions page: kept, signed, opened again, taken along as a file."""

import json

import pytest

from model.assumptions import Assumptions, DriverAssumption, files
from model.workspace import store
from tests.pages.test_assumptions import button, control, opened, set_of
from tests.pages.test_pages import ROOT, text
from tests.pages.ui.login.signed_in import ANALYST, ask_for_login, visiting

TALKS = Assumptions(name="Talks", drivers=(DriverAssumption(id="western_mediation", level=1.9),))
SCENARIO = "south_caucasus"


@pytest.fixture(autouse=True)
def home(fitted_home, tmp_path, monkeypatch):
    """The fitted run in a state folder of this test's own."""
    (tmp_path / "runs").symlink_to(fitted_home / "runs")
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    return tmp_path


def desk(own: Assumptions = TALKS, **link):
    """The page with the workspace unfolded."""
    app = opened(own, **link)
    app.session_state["workspace"] = True
    return app.run()


def keep(app, note: str = "First", name: str = "Anna"):
    control(app.text_input, "Your name").set_value(name)
    control(app.text_input, "Note").set_value(note)
    return button(app, "Keep the set as it stands").click().run()


def secret_of(app) -> str:
    """The secret in the link that the page shows."""
    return next(c.value for c in app.code if "workspace=" in c.value).split("workspace=")[1]


def history(app):
    return next(frame.value for frame in app.dataframe if "Signed off" in frame.value)


def test_a_set_is_kept_signed_and_there_again_for_whoever_has_the_link():
    app = keep(button(desk(), "Open a new workspace").click().run())
    app = button(app, "Sign it off").click().run()
    secret = secret_of(app)
    other = desk(Assumptions(), workspace=secret)
    assert "workspace" not in other.query_params
    (row,) = history(other).to_dict("records")
    assert row["Note"] == "First" and row["By"] == "Anna" and row["Deadline"] == "31 Dec 2023"
    assert row["Signed off"].endswith("(name typed, not checked)")
    button(other, "Open it").click().run()
    assert set_of(other) == TALKS
    assert "Talks" in control(other.selectbox, "Start from").options


@pytest.mark.slow
def test_a_changed_set_is_another_version_that_nobody_has_signed():
    app = keep(button(desk(), "Open a new workspace").click().run())
    app = button(app, "Sign it off").click().run()
    control(app.slider, "Western mediation").set_value(1.5).run()
    app = keep(app.run(), note="Less of it")
    assert list(history(app)["Note"]) == ["Less of it", "First"]
    assert history(app)["Signed off"].iloc[0] == "–"


def test_nothing_is_written_until_something_is_kept_and_what_cannot_be_is_said(home):
    app = button(desk(TALKS.model_copy(update={"name": ""})), "Open a new workspace").click().run()
    assert not (home / "workspaces").exists()
    app = keep(app)
    assert "needs a name to be kept" in app.warning[0].value
    assert not list((home / "workspaces").glob("*"))
    button(app, "Reset").click().run()
    assert "nothing to keep" in keep(app.run()).warning[0].value


def test_a_link_that_was_cut_opens_nothing_and_says_so():
    (warning,) = opened(workspace="abc").warning
    assert "No workspace is kept under this link" in warning.value


@pytest.mark.slow
def test_the_whole_is_one_file_and_anothers_file_is_added_as_a_strangers(home):
    app = keep(button(desk(), "Open a new workspace").click().run())
    app = button(app, "Sign it off").click().run()
    content = next((home / "workspaces").glob("*.json")).read_bytes()
    there = desk(Assumptions())
    there.file_uploader[-1].set_value(("kept.json", content, "application/json")).run()
    assert list(history(there)["Note"]) == ["First"]
    of_another = json.dumps({"scenario": "balkans"}).encode()
    hostile = {b"{": "The file bad.json: not", b"[" * 100_000: "bad.json", of_another: "'balkans'"}
    for content, said in hostile.items():
        there.file_uploader[-1].set_value(("bad.json", content, "application/json")).run()
        assert not there.exception and said in there.warning[0].value.replace("\\", "")
    assert list(history(there)["Note"]) == ["First"]


@pytest.mark.slow
def test_whoever_is_logged_in_has_a_workspace_without_a_link(home, monkeypatch):
    ask_for_login(monkeypatch, home)
    app = visiting(ROOT / "pages" / "assumptions.py", ANALYST)
    app.query_params["set"] = files.to_link(TALKS)
    app.session_state["workspace"] = True
    app.run()
    assert "Kept under your login, Bo Ek" in text(app)
    assert not [c for c in app.code if "workspace=" in c.value]
    control(app.text_input, "Note").set_value("Mine")
    button(app, "Keep the set as it stands").click().run()
    app = button(app, "Sign it off").click().run()
    assert history(app)["Signed off"].iloc[0].endswith("(by login)")
    (kept,) = store.load(store.of_login("https://login.example.org", "7"), SCENARIO).versions
    assert kept.by == "Bo Ek" and kept.signatures[0].checked


def test_a_link_says_its_scenario_and_one_of_another_is_told():
    app = opened()
    assert app.query_params["scenario"] == SCENARIO
    assert "made for the scenario balkans" in opened(scenario="balkans").warning[0].value


@pytest.mark.slow
def test_a_hostile_name_or_note_is_no_markup():
    hostile = "![x](https://x.example/x.png)"
    app = keep(button(desk(), "Open a new workspace").click().run(), note=hostile, name=hostile)
    assert not app.exception and "![x](https" not in text(app)
    assert files.to_link(set_of(app)) == files.to_link(TALKS)
