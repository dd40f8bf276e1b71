"""Signposts are the largest indicators of their day."""

from datetime import date, timedelta

import pytest

from model.assumptions import NOTHING
from model.changes.signposts import open_leads, signposts, step_of
from model.explain.indicators import indicators
from model.forecast.levels import driver_levels

DEADLINE = date(2024, 12, 31)


@pytest.fixture(scope="module")
def table(thin):
    return signposts(thin, DEADLINE, most=2, outcomes=["corridor_open"])


def test_there_are_as_many_as_asked_for_each_of_three_days(table, thin):
    days = [thin.as_of + timedelta(days=days) for days in (30, 60, 90)]
    assert list(table["day"].drop_duplicates()) == days
    assert (table.groupby("within").size() <= 2).all() and len(table) >= 3
    assert (table["expected"] > table["mcse"]).all()


def test_each_is_the_indicator_of_its_day(table, thin):
    day = thin.as_of + timedelta(days=90)
    first = indicators(thin, "corridor_open", DEADLINE, day).iloc[0]
    row = table[table["within"] == 90].iloc[0]
    assert (row["id"], row["expected"]) == (first["id"], first["expected"])


def test_a_drivers_fifths_hold_a_fifth_of_its_draws_each(table, thin):
    row = table[(table["within"] == 60) & (table["kind"] == "driver")].iloc[0]
    levels = driver_levels(thin, NOTHING, [60, 61])[:, 0, thin.scenario.driver_ids.index(row["id"])]
    # 400 draws: 80 below the one level and 80 above the other
    assert (levels < row["low_level"]).sum() == (levels > row["high_level"]).sum() == 80
    driver = thin.scenario.driver(row["id"])
    assert step_of(driver, -2.0) == driver.levels[0] and step_of(driver, 0.6) == driver.levels[3]


def test_a_day_from_the_deadline_on_is_none(thin):
    close = thin.as_of + timedelta(days=45)
    table = signposts(thin, close, outcomes=["renewed_offensive"])
    assert set(table["within"]) <= {30}


def test_the_headlines_are_the_open_ones_that_lead(fitted):
    assert open_leads(fitted) == ["peace_treaty", "corridor_open", "turkish_involvement"]
