"""Forecasts of past days and what came, beside simple rules."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from model.evidence import load_evidence
from model.forecast import forecast
from model.scenario import SCENARIO_FOLDER
from model.scoring import record
from tests.model.shell.test_shell import shell


@pytest.fixture(scope="module")
def table(thin):
    return record.forecasts(thin, months=(3, 24))


def test_the_model_says_what_its_forecast_says(thin, table):
    rows = table[table["months"] == 24].set_index("outcome")
    said = forecast(thin, deadline=date(2025, 9, 21)).outcomes.set_index("outcome")
    assert (rows["deadline"] == date(2025, 9, 21)).all() and len(rows) == 6
    assert rows["probability"].equals(said["probability"].rename_axis("outcome"))


def test_the_record_alone_by_hand(thin, table):
    # One offensive by 21 September 2023, none of the rest; the record began 10 November 2020,
    # 1,045 days before. Three months on: 91 days.
    soon = table[table["months"] == 3].set_index("outcome")["own_record"]
    exposure, years = 1045 / 365.25 + 0.5, 91 / 365.25
    assert soon["renewed_offensive"] == pytest.approx(1 - np.exp(-1.5 / exposure * years))
    assert soon["csto_exit"] == pytest.approx(1 - np.exp(-0.5 / exposure * years))


def test_the_class_alone_by_hand(thin, table):
    place = thin.scenario.class_ids.index("alliance_exits")
    rate = np.exp(thin.draws["log_rate"][:, place])
    soon = table[table["months"] == 3].set_index("outcome")["constant_class"]
    assert soon["csto_exit"] == pytest.approx((1 - np.exp(-rate * 91 / 365.25)).mean())


def test_with_drivers_off_what_they_add_is_gone(table):
    # Momentum and concessions stand above their centres on that day, and both help a treaty.
    later = table[table["months"] == 24].set_index("outcome")
    assert later.loc["peace_treaty", "drivers_off"] < later.loc["peace_treaty", "probability"]


def test_only_what_the_record_has_seen_the_end_of_is_decided():
    known = load_evidence(SCENARIO_FOLDER, date(2024, 12, 31))
    said = pd.DataFrame(
        {
            "as_of": date(2023, 9, 21),
            "deadline": [date(2024, 6, 11), date(2024, 6, 13), date(2025, 1, 1)],
            "outcome": "russian_withdrawal",
        }
    )
    decided = record.decided(said, known)
    # Completed on 12 June 2024.
    assert decided["happened"].to_list() == [False, True]


@pytest.mark.slow
def test_the_shell_scores_a_day_that_is_fitted(fitted_home, tmp_path):
    file = tmp_path / "decided.csv"
    code, out, err = shell("score", "--as-of", "2023-09-21", "--csv", str(file), home=fitted_home)
    assert (code, err) == (0, "")
    assert "Decided by 2025-12-31" in out and "constant_class" in out
    assert len(pd.read_csv(file)) == 30  # six outcomes by five deadlines, all within the record


@pytest.mark.slow
def test_the_shell_fits_simulated_worlds_and_keeps_the_result(tmp_path):
    file = tmp_path / "result.json"
    asked = ("sbc", "--fits", "2", "--draws", "20", "--workers", "2", "--out", str(file))
    code, out, err = shell(*asked, home=tmp_path)
    assert (code, err) == (0, "")
    assert "2 fits" in out and "log_likelihood" in out and file.exists()
