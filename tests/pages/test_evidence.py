"""The Evidence page in each of its states, with the run of the real evidence."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import leave_out
from tests.pages.test_assumptions import held
from tests.pages.test_pages import ROOT, charts, text

PATIENCE = 60


@pytest.fixture(autouse=True)
def home(fitted_home, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))


def opened(**link) -> AppTest:
    app = AppTest.from_file(ROOT / "pages" / "evidence.py", default_timeout=PATIENCE)
    for name, value in link.items():
        app.query_params[name] = value
    return app.run()


def events(app: AppTest):
    return next(frame.value for frame in app.dataframe if "What happened" in frame.value)


def test_a_cold_link_shows_the_timeline_a_driver_and_every_event():
    app = opened()
    assert not app.exception and len(charts(app)) == 2
    assert "171 reports of 160 origins" in text(app)
    assert len(events(app)) == 171


def test_a_link_holds_driver_sources_and_search():
    app = opened(driver="Western mediation", q="Brussels")
    table = events(app)
    assert 0 < len(table) < 20
    assert table["Speaks to"].str.contains("Western mediation").all()
    assert "Western mediation over time" in [one.value for one in app.subheader]


def test_what_is_not_there_is_said():
    app = opened(q="zeppelin")
    assert "No event fits." in app.info[0].value and not charts(app)


def test_every_event_has_a_source_that_opens():
    assert events(opened())["Link"].str.match("https?://").all()


def test_a_source_is_left_out_and_kept_in_the_assumptions():
    app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE).run()
    app.switch_page("pages/evidence.py").run()
    source = events(app)["Source"].value_counts().index[-1]
    app.multiselect(key="sources_shown").set_value([source]).run()
    app.toggle(key="without_sources").set_value(True).run()
    assert "The forecast without them" in [one.value for one in app.subheader]
    assert "Reweighted at once" in text(app) + "".join(one.value for one in app.warning)
    app.button(key="keep_left_out").click().run()
    assert [left.source for left in held(app).left_out] == [source]
    assert app.title[0].value == "What if you see it differently?"


def test_too_many_at_once_are_refused_in_a_line(monkeypatch):
    monkeypatch.setattr(leave_out, "MOST_EVENTS", 0)
    app = opened()
    source = events(app)["Source"].iloc[0]
    app.multiselect(key="sources_shown").set_value([source]).run()
    app.toggle(key="without_sources").set_value(True).run()
    assert "Choose up to 0" in app.warning[0].value
