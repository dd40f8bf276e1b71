"""Time passing and news: they add up, and waiting is Bayes' rule on the earlier run."""

from datetime import date

import pytest

from model.explain.movement import month_before, movement
from model.forecast import forecast

DEADLINE = date(2023, 12, 31)


@pytest.fixture(scope="module")
def table(earlier, fitted):
    return movement(earlier, fitted, DEADLINE).set_index("outcome")


def test_the_ends_are_the_two_published_forecasts(earlier, fitted, table):
    for run, column in ((earlier, "before"), (fitted, "now")):
        rows = forecast(run, deadline=DEADLINE).outcomes.set_index("outcome")
        assert (table[column] == rows["probability"]).all()


def test_time_passing_and_news_add_up_to_the_change(table):
    total = (table["time_passing"] + table["news"]).to_numpy()
    assert total == pytest.approx((table["now"] - table["before"]).to_numpy(), abs=1e-12)


def test_waiting_a_month_for_what_did_not_come_makes_each_outcome_less_likely(table):
    assert (table["time_passing"] < 0).all()


def test_waiting_stays_within_what_bayes_rule_allows(earlier, table):
    # P(A by the deadline | none by the day) is at most P(A by the deadline) / P(none by the day),
    # and at least that less P(any by the day) / P(none by the day)
    joint = forecast(earlier, deadline=date(2023, 9, 21)).joint.set_index("state")
    none_yet = joint.at[0, "probability"]
    assert (table["waited"] <= table["before"] / none_yet).all()
    assert (table["waited"] >= (table["before"] - (1 - none_yet)) / none_yet).all()


def test_errors_are_those_of_both_ends(table):
    assert (table["change_mcse"] > 0).all() and (table["news_mcse"] > 0).all()


def test_days_out_of_order_are_refused_in_a_line(earlier, fitted):
    with pytest.raises(ValueError, match="2023-09-21 is not before 2023-08-21"):
        movement(fitted, earlier, DEADLINE)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2023, 9, 21), date(2023, 8, 21)),
        (date(2024, 3, 31), date(2024, 2, 29)),
        (date(2024, 1, 15), date(2023, 12, 15)),
    ],
)
def test_a_month_before_is_the_same_day_or_the_months_last(day, before):
    assert month_before(day) == before
