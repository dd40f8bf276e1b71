"""Whether what came lay inside the drivers' futures: the counting by hand, then the record."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from model.evidence import load_evidence
from model.inspect.driver_coverage import (
    ALL,
    WORLDS,
    driver_coverage,
    driver_pits,
    pit_tenths,
    right_pits,
)
from model.scenario import SCENARIO_FOLDER


def rows(*pits, months=3, driver="d"):
    days = [date(2022, month + 1, 1) for month in range(len(pits))]
    return pd.DataFrame({"as_of": days, "driver": driver, "months": months, "pit": pits})


def evenly(of=20, drivers=1):
    """PITs of `of` worlds with a day each, the same for every driver: 1/40, 3/40 and so on."""
    return np.repeat((np.arange(of) + 0.5)[:, None, None] / of, drivers, axis=2)


def test_a_level_is_inside_from_the_5_to_the_95_percent_quantile():
    pits = pd.concat([rows(0.04, 0.06, 0.5, 0.96), rows(0.2, driver="e")])
    table = driver_coverage(pits, {3: evenly(drivers=2)})
    inside = table.set_index("driver")["inside"].to_dict()
    assert inside == {"d": 0.5, "e": 1.0, ALL: pytest.approx(3 / 5)}
    assert table.set_index("driver")["days"].to_dict() == {"d": 4, "e": 1, ALL: 4}


def test_chance_gives_the_shares_of_nine_in_ten_worlds():
    """Two days; 10 worlds have both days inside, 9 one, 1 none: the 5 % quantile of 20 shares,
    the 0.95th of their places 0..19, lies 0.95 of the way from 0 to 0.5."""
    pits = rows(0.5, 0.5)
    worlds = np.full((20, 2, 1), 0.5)
    worlds[:10, 0], worlds[0, 1] = 0.99, 0.01
    row = driver_coverage(pits, {3: worlds}).iloc[0]
    assert row["by_chance_low"] == pytest.approx(0.475) and row["by_chance_high"] == 1.0


def test_pits_are_counted_by_tenths_and_each_horizon_sums_to_one():
    pits = pd.concat([rows(0.05, 0.05, 0.93, 1.0), rows(0.5, months=6)])
    table = pit_tenths(pits, {3: evenly(), 6: evenly()})
    by_tenth = table.set_index(["months", table["low"].round(1)])["share"]
    assert by_tenth[3, 0.0] == 0.5 and by_tenth[3, 0.9] == 0.5 and by_tenth[6, 0.5] == 1.0
    # of 20 worlds with one PIT each two have it in this tenth: 18 shares of 0, 2 of 1
    assert table["by_chance_low"].eq(0).all() and table["by_chance_high"].eq(1).all()


@pytest.fixture(scope="module")
def right():
    evidence = whole_record()
    pits = pd.concat([rows(*[0.5] * 12, months=months) for months in (1, 12)])
    return right_pits(evidence, pits), evidence.scenario


def test_pits_of_a_model_that_is_right_are_even(right):
    """1,000 worlds and 10 drivers: of the first day alone, so of nearly independent trials."""
    for of in right[0].values():
        assert of.shape == (WORLDS, 12, len(right[1].drivers))
        first = of[:, 0, 0]
        assert first.mean() == pytest.approx(0.5, abs=5 * np.sqrt(1 / 12 / WORLDS))
        assert (np.abs(first - 0.5) <= 0.45).mean() == pytest.approx(0.9, abs=0.04)


def test_days_a_month_apart_say_much_the_same_a_year_ahead_and_little_a_month_ahead(right):
    def together(months):
        pits = right[0][months]
        return np.corrcoef(pits[:, 0, 0], pits[:, 1, 0])[0, 1]

    assert abs(together(1)) < 5 / np.sqrt(WORLDS)  # no month in common
    assert together(12) > 0.8  # eleven of twelve months in common


def test_what_came_is_asked_only_of_days_that_have_come():
    pits = driver_pits(load_evidence(SCENARIO_FOLDER, date(2022, 1, 1)), every=3)
    # as-of days 2021-06-01 and 2021-09-01; three months later is 91 days, six are 183
    assert pits.groupby("as_of")["months"].unique().map(list).to_dict() == {
        date(2021, 6, 1): [3, 6],
        date(2021, 9, 1): [3],
    }


def whole_record():
    return load_evidence(SCENARIO_FOLDER, date(2025, 12, 31))


def holds(pits):
    table = driver_coverage(pits, right_pits(whole_record(), pits))
    pooled, single = table.query("driver == @ALL"), table.query("driver != @ALL")
    assert pooled["months"].tolist() == [3, 6, 12, 18]
    assert pooled["inside"].between(0.85, 0.95).all()
    return single["inside"].between(single["by_chance_low"], single["by_chance_high"])


@pytest.mark.slow
def test_what_came_lay_inside_the_90_percent_band_as_often_as_it_should():
    assert holds(driver_pits(whole_record(), every=3)).mean() >= 0.9


@pytest.mark.slow
def test_what_came_lay_inside_the_band_of_each_driver_as_often_as_chance_lets_it():
    """90 % of worlds lie between the ends, so of 40 shares about 36 would, were the model right."""
    assert holds(driver_pits(whole_record())).sum() >= 36
