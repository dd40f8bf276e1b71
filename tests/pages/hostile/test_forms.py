"""What a visitor types into any field of any page is markup nowhere on it, with the real run.

The cases and the fields of the pages' code are held against each other, so a new field needs one.
"""

import ast
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from model.assumptions import Assumptions, DriverAssumption
from model.record.ledger import store
from model.record.published.publishing import rule_of
from model.scenario import SCENARIO_FOLDER, load_scenario
from tests.model.record.ledger import made_up
from tests.pages.hostile.markup import HOSTILE, acting
from tests.pages.test_pages import ROOT, opened
from tests.slow_cases import slow_but

TYPED = HOSTILE[:80]
PATIENCE = 180  # seconds; publishing asks by thirty deadlines
FIELDS = ("text_input", "text_area", "chat_input")


@pytest.fixture(autouse=True)
def home(fitted_home, tmp_path, monkeypatch):
    """The fitted run in a state folder of this test's own."""
    (tmp_path / "runs").symlink_to(fitted_home / "runs")
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))


def filled(app: AppTest, *labels: str, typed: str = TYPED) -> AppTest:
    """The page with `typed` in every field of these labels, not read yet: a form sends it along."""
    for field in app.text_input:
        if field.label in labels:
            field.set_value(typed)
    return app


def pressed(app: AppTest, label: str) -> AppTest:
    button = next(button for button in app.button if button.label == label)
    return button.click().run(timeout=PATIENCE)


def _name() -> AppTest:
    return filled(opened("assumptions"), "Name").run()


def _workspace() -> AppTest:
    own = Assumptions(name=TYPED, drivers=(DriverAssumption(id="western_mediation", level=1.9),))
    app = opened("assumptions")
    app.session_state["own"].current = own
    app.session_state["workspace"] = True
    app = pressed(app.run(), "Open a new workspace")
    app = pressed(filled(app, "Your name", "Note"), "Keep the set as it stands")
    return pressed(app, "Sign it off")


def _what_if() -> AppTest:
    return _described(opened("assumptions", part="Evidence"), "add_event")


def _described(app: AppTest, key: str = "") -> AppTest:
    app = filled(app, "What happened").run()
    drivers = next(m for m in app.multiselect if m.label.startswith("Drivers that"))
    app = drivers.set_value(["russian_commitment"]).run()
    app = next(s for s in app.selectbox if "how strongly" in s.label).set_value(1.0).run()
    return app.button(key=key).click().run() if key else app


def _coding() -> AppTest:
    app = _described(opened("evidence"))
    next(s for s in app.selectbox if s.label == "Source").set_value("Trend")
    return pressed(filled(app, "Address of the page", "Actors").run(), "Check it")


def _search() -> AppTest:
    return filled(opened("evidence"), "Search").run()


def _publishing() -> AppTest:
    app = pressed(filled(opened("record", record="Published"), "Your name"), "Publish")
    assert " published; " in app.success[0].value
    return app


def _override() -> AppTest:
    """Of a published forecast that is still open; all that the run itself has are decided."""
    outcome = load_scenario(SCENARIO_FOLDER).outcome("peace_treaty")
    store.publish([made_up.forecast(rule=rule_of(outcome), deadline=date(2035, 1, 1))])
    app = filled(opened("record", record="Overrides"), "Why", "Your name")
    app = pressed(app, "Add")
    assert "Row 1 of the overrides is added" in app.success[0].value
    return app


def _last_day() -> AppTest:
    outcome = load_scenario(SCENARIO_FOLDER).outcome("peace_treaty")
    store.publish([made_up.forecast(rule=rule_of(outcome), deadline=date(2035, 1, 1))])
    app = filled(opened("record", record="Overrides"), "Why", "Your name", typed="a")
    app = pressed(filled(app, "Stands until"), "Add")
    assert "x.example" in app.error[0].value
    return app


def _banner() -> AppTest:
    app = filled(opened("brief", form="Web page"), "Classification banner", typed=TYPED[:60])
    return pressed(app, "Make the Web page file")


def _pixels() -> AppTest:
    app = opened("brief")
    app.segmented_control(key="size").set_value("").run()
    return pressed(filled(app, "Pixels"), "Draw")


def _day() -> AppTest:
    return filled(opened("forecast"), "As of", "Deadline").run()


# By case, how a visitor types there, and the labels of the fields that it fills.
CASES = {
    "name": (_name, {"Name"}),
    "workspace": (_workspace, {"Your name", "Note"}),
    "what if": (_what_if, {"What happened"}),
    "coding": (_coding, {"Address of the page", "Actors"}),
    "search": (_search, {"Search"}),
    "publishing": (_publishing, {"Your name"}),
    "override": (_override, {"Why", "Your name"}),
    "last day": (_last_day, {"Stands until"}),
    "banner": (_banner, {"Classification banner"}),
    "pixels": (_pixels, {"Pixels"}),
    "day": (_day, {"label"}),  # every typed day is drawn by one function, which is told its label
}


def _in_code() -> set[str]:
    """The labels of the fields that the pages' code draws."""
    calls = [
        node
        for path in (ROOT / "pages").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in FIELDS
    ]
    labels = [call.args[0] for call in calls]
    return {label.value if isinstance(label, ast.Constant) else label.id for label in labels}


def test_every_field_of_the_pages_has_a_case():
    assert _in_code() == set().union(*(labels for _, labels in CASES.values()))


@pytest.mark.parametrize("case", slow_but(CASES, ["name"]))
def test_what_is_typed_there_is_markup_nowhere_on_the_page(case):
    app = CASES[case][0]()
    assert not app.exception and acting(app) == []
