"""The part of the Track record page on past days: the walk-forward that ships, misses first."""

import pytest

from tests.pages.test_pages import charts, text
from tests.pages.ui.test_record import opened


@pytest.fixture(autouse=True)
def home(fitted_home, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))


def test_past_days_are_told_misses_first_and_every_forecast_is_counted():
    app = opened(record="Past days")
    titles = [one.value for one in app.subheader]
    assert titles[0] == "The worst misses"
    assert titles.index("Against simple rules") < titles.index("From the classes to the region")
    said = text(app)
    assert said.index("written after the events") < said.index("came by their deadline")
    assert "are void" in said and "The crowd was asked" in said
    # an outcome's path, and the skill against each rule
    assert len(charts(app)) == 2
    tables = [table.value for table in app.dataframe]
    assert any("Said to come" in table for table in tables)
    assert any("Refused" in table for table in tables)
    failed = next(table for table in tables if "Condition failed" in table)
    # conditions that never came stay in sight: named in a sentence, without a row of dashes each
    assert (failed["Condition came"] > 0).all()
    assert "None of these happened by any of the deadlines, so 20 pairs that begin with one" in said
