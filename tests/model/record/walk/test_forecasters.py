"""What was said as of a day: by the model, by simple rules, under sets, on conditions."""

from datetime import date

import numpy as np
import pytest

from model.assumptions import Assumptions, OutcomeAssumption
from model.explain.built_in import built_in
from model.forecast import forecast
from model.record.walk import forecasters


@pytest.fixture(scope="module")
def table(thin):
    return forecasters.forecasts(thin)


def test_the_terms_of_a_day_and_of_one_at_the_end_of_a_year():
    assert forecasters.deadlines(date(2023, 9, 21)) == {
        "3 months": date(2023, 12, 21),
        "6 months": date(2024, 3, 21),
        "12 months": date(2024, 9, 21),
        "24 months": date(2025, 9, 21),
        "year end": date(2023, 12, 31),
    }
    # 30 days are left on the first of December, 29 on the second.
    assert forecasters.deadlines(date(2023, 12, 1))["year end"] == date(2023, 12, 31)
    assert forecasters.deadlines(date(2023, 12, 2))["year end"] == date(2024, 12, 31)


def test_the_model_says_what_its_forecast_says(thin, table):
    rows = table[table["term"] == "24 months"].set_index("outcome")
    said = forecast(thin, deadline=date(2025, 9, 21)).outcomes.set_index("outcome")
    assert (rows["deadline"] == date(2025, 9, 21)).all() and len(rows) == 6
    assert rows["probability"].equals(said["probability"])


def test_the_record_alone_by_hand(thin, table):
    # One offensive by 21 September 2023, none of the rest; the record began 10 November 2020,
    # 1,045 days before. Three months on: 91 days.
    soon = table[table["term"] == "3 months"].set_index("outcome")["own_record"]
    exposure, years = 1045 / 365.25 + 0.5, 91 / 365.25
    assert soon["renewed_offensive"] == pytest.approx(1 - np.exp(-1.5 / exposure * years))
    assert soon["csto_exit"] == pytest.approx(1 - np.exp(-0.5 / exposure * years))


def test_the_class_alone_by_hand(thin, table):
    place = thin.scenario.class_ids.index("alliance_exits")
    rate = np.exp(thin.draws["log_rate"][:, place])
    soon = table[table["term"] == "3 months"].set_index("outcome")["class_rate"]
    assert soon["csto_exit"] == pytest.approx((1 - np.exp(-rate * 91 / 365.25)).mean())


def test_with_drivers_off_what_they_add_is_gone(table):
    # Momentum and concessions stand above their centres on that day, and both help a treaty.
    later = table[table["term"] == "24 months"].set_index("outcome")
    assert later.loc["peace_treaty", "drivers_off"] < later.loc["peace_treaty", "probability"]


def test_a_condition_is_what_learning_of_it_by_the_deadline_says(thin):
    pairs = forecasters.conditionals(thin)
    # five terms by 6 × 5 ordered pairs, as all six are open
    assert len(pairs) == 150
    deadline = date(2024, 9, 21)
    learned = OutcomeAssumption(id="renewed_offensive", happens=True, by=deadline, verb="assume")
    said = forecast(thin, Assumptions(outcomes=(learned,)), deadline)
    row = pairs.set_index(["term", "given", "outcome"]).loc[
        ("12 months", "renewed_offensive", "turkish_involvement")
    ]
    # two ways to one number: the joint table, and the engine asked under the condition
    wanted = said.row("turkish_involvement")["probability"]
    assert row["probability"] == pytest.approx(wanted, abs=1e-6)
    assert row["given_probability"] == pytest.approx(said.chance, abs=1e-6)


def test_a_set_says_what_the_forecast_under_it_says(thin):
    rows = forecasters.under_sets(thin).set_index(["set", "term", "outcome"])["probability"]
    name, supposed = next(iter(sorted(built_in(thin).items())))
    wanted = forecast(thin, supposed, date(2024, 9, 21)).row("peace_treaty")["probability"]
    assert rows[(name, "12 months", "peace_treaty")] == pytest.approx(wanted, abs=1e-12)
    assert set(rows.index.get_level_values("set")) == set(thin.evidence.sets)
