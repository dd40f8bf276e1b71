"""The Track record page in each of its states, with the run of the real evidence."""

import shutil
import sqlite3
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from model.record.ledger import store
from model.record.published import publishing
from model.record.walk import stored_walk
from pages.ui.record import forms
from tests.pages.test_pages import ROOT, charts, text

PATIENCE = 180


@pytest.fixture(autouse=True)
def home(fitted, fitted_home, tmp_path, monkeypatch):
    """A state folder of the test's own, so that what it publishes is nobody else's."""
    (tmp_path / "runs").mkdir()
    shutil.copytree(fitted_home / "runs" / fitted.id, tmp_path / "runs" / fitted.id)
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    monkeypatch.setattr(stored_walk, "SHIPPED", tmp_path)  # nothing was walked either
    return tmp_path


def opened(**link) -> AppTest:
    app = AppTest.from_file(ROOT / "pages" / "record.py", default_timeout=PATIENCE)
    for name, value in ({"record": "Published"} | link).items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def metrics(app) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_where_nothing_was_published_the_page_says_so_in_every_part():
    app = opened()
    assert "they show" not in text(app) and "no proof of foresight" in text(app)
    assert "No forecast has been published yet" in text(app)
    assert metrics(app) == {}  # and no row of noughts
    assert "nothing to override" in opened(record="Overrides").info[0].value
    assert "as of a past day is stored" in opened(record="History").info[0].value


def test_a_press_publishes_the_days_headlines_and_another_adds_nothing(fitted):
    app = opened()
    app.text_input(key="publisher").input("Ani <b>Õun</b>")
    app = app.button[0].click().run()
    assert "30 forecasts" in app.success[0].value and not app.exception
    # the last of the deadlines, of September 2025, has passed
    counts = {"Forecasts published": "30", "Resolved": "30", "Open": "0", "Void": "0"}
    assert metrics(app) == counts
    assert {row["author"] for row in store.rows("forecasts")} == {"Ani <b>Õun</b>"}
    app.text_input(key="publisher").input("Bo")
    app = app.button[0].click().run()
    assert "was published before" in app.success[0].value
    assert len(store.rows("forecasts")) == 30
    # an override is of what is open, of which nothing is left
    assert "one that is still open can be overridden" in opened(record="Overrides").info[0].value


@pytest.mark.slow
def test_a_press_without_a_name_is_told_and_appends_nothing():
    app = opened().button[0].click().run()
    assert "expected a name" in app.error[0].value
    assert store.rows("forecasts") == []


@pytest.fixture
def published(fitted, home):
    return publishing.publish(fitted, "Ani")


def test_the_record_is_told_misses_first(published):
    app = opened()
    said = next(one.value for one in app.markdown if "worst miss" in one.value)
    # the withdrawal of June 2024 was the one thing that came within what was asked in 2023
    assert said.index("Russian withdrawal") < said.index("Brier score") < said.index("resolved")
    table = app.dataframe[0].value
    assert len(table) == 30 and table["Row"].iloc[0] == 30
    assert table["What became of it"].isin({"Open", "Did not happen"}).sum() < 30
    assert app.dataframe[1].value["Of"].iloc[0] == "All"


@pytest.mark.slow
def test_a_changed_row_is_named_on_the_page(published, home):
    assert "all are as they were written" in text(opened())
    with sqlite3.connect(home / "ledger.db") as database:
        database.execute("DROP TRIGGER forecasts_no_update")
        database.execute("UPDATE forecasts SET high = 0.999 WHERE number = 4")
    database.close()
    (error,) = opened().error
    assert error.value.startswith("Forecasts, row 4: it was changed")


@pytest.mark.slow
def test_an_override_stands_beside_the_published_chance(published):
    row = next(row for row in published if row["term"] == "24 months")
    store.override(
        {name: row[name] for name in ("scenario", "outcome", "deadline", "version")}
        | {"forecast": row["number"], "before": row["probability"], "after": 0.4}
        | {"reason": "**Talks**", "author": "Bo", "made": row["published"]}
        | {"expires": row["deadline"]}
    )
    app = opened(record="Overrides")
    shown = app.dataframe[0].value.iloc[0]
    assert (shown["Override"], shown["Why"], shown["Who"]) == ("40%", "**Talks**", "Bo")


@pytest.mark.slow
def test_an_override_stands_until_a_typed_day_and_what_is_no_day_appends_nothing(published):
    number = next(row["number"] for row in published if row["term"] == "24 months")
    with pytest.raises(ValueError, match="^“at Easter” is no day; write one as 2026-05-10$"):
        forms._overridden(number, 0.4, "Talks", "Bo", "at Easter")
    assert not store.rows("overrides")
    forms._overridden(number, 0.4, "Talks", "Bo", "1 Nov 2023")
    assert [row["expires"] for row in store.rows("overrides")] == [date(2023, 11, 1)]


def test_the_history_of_a_headline_is_a_chart_with_its_table(published):
    app = opened(record="History", outcome="Russian withdrawal", term="12 months")
    (chart,) = charts(app)
    assert "Russian withdrawal within 12 months" in chart.proto.alt


@pytest.mark.slow
def test_a_ledger_that_cannot_be_read_is_told_in_a_line(home):
    (home / "ledger.db").write_text("no database, by far " * 100)
    for part in ("Published", "Overrides", "History"):
        (error,) = opened(record=part).error
        assert "file is not a database" in error.value


@pytest.mark.slow
def test_the_forecast_leads_to_the_history_of_its_chances():
    app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE).run()
    app.button(key="open_history").click().run()
    assert not app.exception and app.title[0].value == "Has it been right?"
    assert app.segmented_control(key="record").value == "History"
