"""Whether what came lay inside the drivers' futures: the counting by hand, then the record."""

from datetime import date

import pandas as pd
import pytest

from model.evidence import load_evidence
from model.inspect.driver_coverage import ALL, driver_coverage, driver_pits, pit_tenths
from model.scenario import SCENARIO_FOLDER


def rows(*pits, months=3, driver="d"):
    days = [date(2022, month + 1, 1) for month in range(len(pits))]
    return pd.DataFrame({"as_of": days, "driver": driver, "months": months, "pit": pits})


def test_a_level_is_inside_from_the_5_to_the_95_percent_quantile():
    table = driver_coverage(pd.concat([rows(0.04, 0.06, 0.5, 0.96), rows(0.2, driver="e")]))
    inside = table.set_index("driver")["inside"].to_dict()
    assert inside == {"d": 0.5, "e": 1.0, ALL: pytest.approx(3 / 5)}
    assert table.set_index("driver")["days"].to_dict() == {"d": 4, "e": 1, ALL: 4}


def test_pits_are_counted_by_tenths_and_each_horizon_sums_to_one():
    table = pit_tenths(pd.concat([rows(0.05, 0.05, 0.93, 1.0), rows(0.5, months=6)]))
    by_tenth = table.set_index(["months", table["low"].round(1)])["share"]
    assert by_tenth[3, 0.0] == 0.5 and by_tenth[3, 0.9] == 0.5 and by_tenth[6, 0.5] == 1.0


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
    pooled = driver_coverage(pits).query("driver == @ALL")
    assert pooled["months"].tolist() == [3, 6, 12, 18]
    return pooled["inside"].between(0.85, 0.95).all()


def test_what_came_lay_inside_the_90_percent_band_as_often_as_it_should():
    assert holds(driver_pits(whole_record(), every=3))


@pytest.mark.slow
def test_what_came_lay_inside_the_band_in_every_month_of_the_record():
    assert holds(driver_pits(whole_record()))
