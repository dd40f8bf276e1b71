"""The Compare page in each of its states, with the run of the real evidence."""

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from model.assumptions import NOTHING, Assumptions, Dated, DriverAssumption, files
from model.scenario import SCENARIO_FOLDER, load_scenario
from tests.pages.test_assumptions import control
from tests.pages.test_pages import ROOT, charts, text

PATIENCE = 60
REFUSED = Assumptions(
    name="Too far",
    drivers=(DriverAssumption(id="russian_commitment", level=2, verb="assume"),),
)


@pytest.fixture(autouse=True)
def home(fitted_home, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))


def opened(own: Assumptions = NOTHING, **link) -> AppTest:
    app = AppTest.from_file(ROOT / "pages" / "compare.py", default_timeout=PATIENCE)
    for name, value in link.items():
        app.query_params[name] = value
    if not own.is_empty:
        app.query_params["set"] = files.to_link(own)
    return app.run()


def side_by_side(app: AppTest):
    app.session_state["table:sets"] = True
    return next(frame.value for frame in app.run().dataframe if "Outcome" in frame.value)


def test_a_cold_link_shows_four_of_the_articles_futures_and_the_gap_between_two():
    app = opened()
    assert not app.exception
    assert len(charts(app)) == 4 + 1
    assert "They differ most on" in text(app) and "a gap of" in text(app)
    assert list(side_by_side(app))[1:] == app.multiselect(key="sets").value


def test_a_built_in_set_is_told_as_a_story():
    app = opened(sets=["Moscow steps back"])
    said = text(app).replace("\\", "")
    assert "Russia stands aside, and what it held off follows" in said
    assert "The model expects something this extreme in at most 1 of" in said
    levels = next(d for d in load_scenario(SCENARIO_FOLDER).drivers if "russian" in d.id).levels
    # −1.6 is nearest to −2
    assert f"Russia's commitment to Armenia: {levels[0]}" in said
    assert "could still open the Lachin and Aghdam roads" in said
    app.session_state["months:Moscow steps back"] = True
    table = next(frame.value for frame in app.run().dataframe if "36 months" in frame.value)
    assert len(table) == 6 and list(table)[1:3] == ["3 months", "6 months"]
    assert table["36 months"].str.contains("→").any()


def test_a_link_says_which_sets():
    app = opened(sets=["Published", "Moscow steps back"])
    assert app.multiselect(key="sets").value == ["Published", "Moscow steps back"]
    differs = r"They differ most on Renewed offensive\\: \d+% under Published, \d+% under Moscow"
    assert re.search(differs, text(app))
    assert "Nothing is changed." in text(app)


def test_the_visitors_own_set_stands_among_them():
    own = Assumptions(drivers=(DriverAssumption(id="western_mediation", level=1.9),))
    app = opened(own)
    assert app.multiselect(key="sets").value[0] == "Yours"
    assert "Bring Western mediation to +1.9 (up 0.8 from +1.1 now) from 21 Sep 2023" in text(app)


def test_a_set_that_is_refused_says_why_and_the_others_still_show():
    app = opened(REFUSED, sets=["Yours", "Moscow steps back", "Published"])
    assert not app.exception
    assert "effective draws" in app.warning[0].value
    assert list(side_by_side(app)) == ["Outcome", "Moscow steps back", "Published"]


def test_no_set_and_one_set_are_no_comparison():
    app = opened()
    app.multiselect(key="sets").set_value([]).run()
    assert "Choose up to four sets" in app.info[0].value and not charts(app)
    app.multiselect(key="sets").set_value(["Published"]).run()
    assert len(charts(app)) == 1 and "gap" not in text(app)


def test_a_set_and_itself_have_no_gap():
    app = opened()
    control(app.selectbox, "To").set_value(control(app.selectbox, "From").value).run()
    assert "Choose two different sets." in [info.value for info in app.info]


def test_a_gap_of_many_assumptions_is_divided_only_once_it_is_asked_for():
    drivers = load_scenario(SCENARIO_FOLDER).driver_ids[:7]
    own = Assumptions(drivers=tuple(DriverAssumption(id=id, level=0.1) for id in drivers))
    app = opened(own, sets=["Published", "Yours"])
    assert "differ in 7 assumptions. To divide the gap takes 128 forecasts" in text(app)
    assert len(charts(app)) == 2 and "a gap of" not in text(app)
    app.button(key="divide_gap").click().run()
    assert len(charts(app)) == 3 and "a gap of" in text(app)
    assert len(charts(app.run())) == 3  # it stays


def test_two_sets_chosen_after_none_are_the_ends_of_the_gap():
    app = opened()
    for names in ([], ["Moscow steps back"], ["Moscow steps back", "Ankara all in"]):
        app.multiselect(key="sets").set_value(names).run()
    ends = [control(app.selectbox, label).value for label in ("From", "To")]
    assert ends == ["Moscow steps back", "Ankara all in"]


def test_a_set_that_does_not_fit_the_day_is_named_in_one_line_and_not_shown_unasked():
    days = (Dated(from_=date(2022, 1, 1), level=1.0), Dated(from_=date(2024, 1, 1), level=1.0))
    odd = Assumptions(drivers=(DriverAssumption(id="russian_commitment", path=days),))
    app = opened(odd)
    assert not app.warning and len(charts(app)) == 4 + 1
    assert "Not asked\\: Yours, which does not fit 21 September 2023." in text(app)
    app.multiselect(key="sets").set_value(["Yours", "Published"]).run()
    assert app.warning[0].value == (
        "Russia's commitment to Armenia\\: 1 Jan 2022 is not between 21 Sep 2023 and 21 Sep 2026."
    )


def test_a_link_brings_along_the_saved_sets_that_it_names():
    level = DriverAssumption(id="western_mediation", level=1.2)
    saved = [Assumptions(name=name, drivers=(level,)) for name in ("Mild", "Milder")]
    app = opened(sets=["Mild", "Milder"], saved=".".join(map(files.to_link, saved)))
    assert app.multiselect(key="sets").value == ["Mild", "Milder"] and not app.warning


def test_sets_that_a_link_names_and_nobody_knows_are_said():
    app = opened(sets=["Mild", "Moscow steps back"])
    assert "not known here\\: Mild. Ask" in app.warning[0].value
    assert app.multiselect(key="sets").value == ["Moscow steps back"]


def test_a_set_is_opened_in_the_assumptions():
    app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE).run()
    app.switch_page("pages/compare.py").run()
    app.button(key="open:Moscow steps back").click().run()
    assert "What if you see it differently?" in app.title[0].value
    assert "Bring Russia's commitment to Armenia to −1.6" in text(app)


def test_a_set_saved_in_this_visit_stands_beside_the_built_in_ones():
    app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE)
    mine = Assumptions(name="Mild", drivers=(DriverAssumption(id="western_mediation", level=1.2),))
    app.query_params["set"] = files.to_link(mine)
    app.run().switch_page("pages/assumptions.py").run()
    app.button(key="save").click().run()
    assert app.button(key="save").disabled is False
    app.button(key="reset").click().run()
    assert app.button(key="save").disabled
    app.switch_page("pages/compare.py").run()
    app.multiselect(key="sets").set_value(["Mild", "Published"]).run()
    assert not app.exception
    assert "Bring Western mediation to +1.2 (up 0.1 from +1.1 now) from 21 Sep 2023" in text(app)
