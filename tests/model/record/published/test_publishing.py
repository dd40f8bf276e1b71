"""What is published of a run, and overrides of it."""

from datetime import date

import pytest

from model.assumptions import Assumptions, OutcomeAssumption, from_link
from model.forecast import forecast
from model.record.ledger import store
from model.record.published import overriding, publishing

UNDER = Assumptions(outcomes=(OutcomeAssumption(id="russian_withdrawal", by="2024-06-12"),))


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    return tmp_path


def test_what_is_published_is_the_forecast_of_every_open_outcome(thin, home):
    rows = publishing.publish(thin, " Ani\nÕun ")
    assert store.rows("forecasts") == rows
    assert len(rows) == 5 * len(thin.scenario.outcomes)
    assert {(row["run"], row["as_of"], row["author"]) for row in rows} == {
        (thin.id, thin.as_of, "Ani Õun")
    }
    (row,) = [
        row for row in rows if (row["outcome"], row["term"]) == ("corridor_open", "24 months")
    ]
    answer = forecast(thin, deadline=date(2025, 9, 21)).row("corridor_open")
    for name in ("probability", "low", "high", "mcse", "deadline"):
        assert row[name] == answer[name]
    assert row["assumptions"] == "" and row["published"].microsecond == 0
    assert publishing.publish(thin, "Ani") == []  # published before


def test_a_set_is_published_with_the_chance_under_it(thin, home):
    rows = publishing.forecasts(thin, "Ani", UNDER)
    assert {from_link(row["assumptions"]) for row in rows} == {UNDER}
    by_year_end = forecast(thin, UNDER).row("csto_exit")["probability"]
    (row,) = [row for row in rows if (row["outcome"], row["term"]) == ("csto_exit", "year end")]
    assert row["probability"] == by_year_end


@pytest.mark.parametrize("name", ["", " \u200b ", "x" * 101])
def test_nobody_publishes_without_a_name(thin, name):
    with pytest.raises(ValueError, match="expected a name of 1 to 100 letters"):
        publishing.forecasts(thin, name)


def test_another_rule_is_another_question(thin):
    outcome = thin.scenario.outcome("peace_treaty")
    other = outcome.model_copy(update={"rule": outcome.rule + " Initialling counts."})
    assert publishing.rule_of(outcome) != publishing.rule_of(other)
    assert publishing.rule_of(outcome) == publishing.rule_of(outcome.model_copy())


def test_an_override_stands_beside_the_published_chance(thin, home):
    published = publishing.publish(thin, "Ani")[2]
    made = overriding.override(3, 0.4, "Talks  in\nAlmaty", "Bo", date(2023, 10, 1))
    assert store.rows("overrides") == [made]
    assert (made["before"], made["after"]) == (published["probability"], 0.4)
    assert (made["outcome"], made["deadline"]) == (published["outcome"], published["deadline"])
    assert (made["reason"], made["author"]) == ("Talks in Almaty", "Bo")


REFUSED = {
    "a row that is not there": ((31, 0.4, "x", "Bo", date(2023, 10, 1)), "no row 31"),
    "no chance": ((1, 1.4, "x", "Bo", date(2023, 10, 1)), "1.4 is no chance"),
    "not a number": ((1, float("nan"), "x", "Bo", date(2023, 10, 1)), "nan is no chance"),
    "no reason": ((1, 0.4, " ", "Bo", date(2023, 10, 1)), "why?"),
    "no name": ((1, 0.4, "x", "", date(2023, 10, 1)), "who publishes?"),
    "a day before it": ((1, 0.4, "x", "Bo", date(2023, 9, 21)), "after 2023-09-21"),
    "a day past the deadline": ((1, 0.4, "x", "Bo", date(2024, 1, 1)), "not after 2023-12-21"),
}


def test_an_override_of_no_use_is_refused(thin, home):
    with pytest.raises(ValueError, match="nothing has been published yet"):
        overriding.override(1, 0.4, "x", "Bo", date(2023, 10, 1))
    assert len(publishing.publish(thin, "Ani")) == 30
    for arguments, told in REFUSED.values():
        with pytest.raises(ValueError, match=told.replace("?", r"\?")):
            overriding.override(*arguments)
    assert store.rows("overrides") == []
