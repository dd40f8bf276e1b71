"""Drivers: the past by hand."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from model.evidence import load_evidence
from model.fit import drivers
from model.scenario import SCENARIO_FOLDER
from model.scenario.scenario import Coding

CODING = Coding(coder_sd=0.5, reliability={"A": 1.0, "B": 0.9})
DRIVER = SimpleNamespace(id="d", half_life_days=100.0, scale=2.0)
TODAY = pd.DatetimeIndex(["2023-09-21"])


def signals(*rows, coding=CODING):
    """Signals of rows (date, known_on, precision, reliability, origin, first coder, second)."""
    names = "date known_on precision reliability origin first_coder second_coder".split()
    table = pd.DataFrame(rows, columns=names)
    table["event"] = [f"E{n}" for n in range(len(table))]
    for column in ("date", "known_on"):
        table[column] = pd.to_datetime(table[column])
    events = table.drop(columns=["first_coder", "second_coder"])
    codings = table[["event", "first_coder", "second_coder"]].assign(driver="d")
    return drivers.signals(events, codings, coding)


def on(day, weight, origin=None, reliability="A", second=None, known=None, precision="day"):
    second = weight if second is None else second
    return (day, known or day, precision, reliability, origin or day, weight, second)


def raw(table, times=TODAY, driver=DRIVER):
    return drivers.history(table, [driver], times).mean[:, 0]


def test_the_raw_level_is_the_decaying_sum():
    # 100 and 200 days before: (2 * 1/2 - 1 * 1/4) / scale 2 = 0.375
    table = signals(on("2023-06-13", 2), on("2023-03-05", -1))
    assert raw(table)[0] == pytest.approx(0.375, rel=1e-12)


def test_an_event_of_the_day_counts_in_full_and_one_of_tomorrow_not_at_all():
    assert raw(signals(on("2023-09-21", 3)))[0] == 1.5
    assert raw(signals(on("2023-09-22", 3)))[0] == 0.0


def test_the_two_coders_mean_is_weighed_by_how_reliable_the_report_is():
    table = signals(on("2023-09-21", 2, reliability="B", second=1))
    assert table["weight"][0] == pytest.approx(0.9 * 1.5)
    # Right or wrong: 0.9 * 0.1 * 1.5**2. Coders, if right: 0.9 * (2 - 1)**2 / 4.
    assert table["sd"][0] ** 2 == pytest.approx(0.2025 + 0.225)


def test_coders_who_agree_are_not_certain():
    # The mean of two readings with sd 0.5 has the variance 0.25 / 2.
    assert signals(on("2023-09-21", 2))["sd"][0] ** 2 == pytest.approx(0.125)


def test_one_reading_has_the_weight_read_and_twice_the_variance_of_two_that_agree():
    table = signals(on("2023-09-21", 2, second=np.nan))
    # sd 0.5 of one reading: 0.25, where two that agree have 0.25 / 2
    assert table["weight"][0] == 2 and table["sd"][0] ** 2 == pytest.approx(0.25)


def test_several_reports_of_one_fact_count_once_by_the_heaviest():
    alone = signals(on("2023-09-10", 3, origin="fact"))
    reported = signals(
        on("2023-09-09", 1, origin="fact"),
        on("2023-09-10", 3, origin="fact"),
        on("2023-09-11", 2, origin="fact"),
    )
    assert len(reported) == 1
    assert raw(reported) == raw(alone)


def test_of_equally_heavy_reports_the_earliest_counts():
    table = signals(on("2023-09-12", 2, origin="fact"), on("2023-09-02", 2, origin="fact"))
    assert table["first"].tolist() == [pd.Timestamp("2023-09-02")]


def test_an_event_known_to_the_month_is_spread_evenly_over_it():
    table = signals(on("2023-06-01", 2, known="2023-06-30", precision="month"))
    # On 30 June the thirty days are 0..29 days old; on 15 June only the first fifteen count.
    left = [0.5 ** (age / 100) / 30 for age in range(30)]
    times = pd.DatetimeIndex(["2023-06-15", "2023-06-30"])
    assert raw(table, times) == pytest.approx([sum(left[:15]), sum(left)], rel=1e-12)


def test_an_event_announced_ahead_counts_from_the_announcement():
    table = signals(on("2023-10-05", 2, known="2023-09-11"))
    assert raw(table)[0] == pytest.approx(0.5 ** (10 / 100))


def test_an_event_learned_of_later_counts_from_when_it_happened():
    table = signals(on("2023-09-11", 2, known="2023-09-20"))
    assert raw(table)[0] == pytest.approx(0.5 ** (10 / 100))


def test_levels_saturate_at_two_and_equal_the_raw_level_near_zero():
    assert drivers.saturate(np.array([-50.0, 0.0, 50.0])).tolist() == [-2.0, 0.0, 2.0]
    assert drivers.saturate(0.01) == pytest.approx(0.01, rel=1e-4)
    assert drivers.saturate(1.0) == pytest.approx(0.9242343145)  # 2 tanh(1/2)


def test_unsaturate_is_the_way_back_and_finite_at_the_ends():
    levels = np.array([-1.9, -0.3, 0.0, 1.2])
    assert drivers.saturate(drivers.unsaturate(levels)) == pytest.approx(levels)
    assert drivers.saturate(drivers.unsaturate(np.array([-2.0, 2.0]))).tolist() == [
        pytest.approx(-1.98),
        pytest.approx(1.98),
    ]


def test_a_driver_without_evidence_is_neutral_and_certain():
    history = drivers.history(signals(on("2023-09-01", 2)).head(0), [DRIVER], TODAY)
    assert (history.mean == 0).all() and (history.noise == 0).all()


@pytest.fixture(scope="module")
def real():
    """The real evidence's signals, its drivers, month days, and its noise in full."""
    evidence = load_evidence(SCENARIO_FOLDER, date(2023, 9, 21))
    table = drivers.signals(evidence.events, evidence.codings, evidence.scenario.coding)
    times = drivers.month_grid(pd.Timestamp("2020-11-10"), pd.Timestamp("2023-09-21"))
    return table, evidence.scenario.drivers, times


def full_noise(table, driver, times):
    """(times, signals): square root of the covariance of the raw level, from the definition."""
    coded = table[table["driver"] == driver.id]
    rows = []
    for when in times:
        row = []
        for signal in coded.itertuples():
            days = pd.date_range(signal.first, signal.last)
            ages = np.array([(when - day).days for day in days])
            left = np.where(ages >= 0, 0.5 ** (np.maximum(ages, 0) / driver.half_life_days), 0.0)
            row.append(left.mean() * signal.sd / driver.scale)
        rows.append(row)
    return np.array(rows)


def test_the_noise_components_carry_all_that_concerns_the_last_day(real):
    table, all_drivers, times = real
    history = drivers.history(table, all_drivers, times)
    for d, driver in enumerate(all_drivers):
        covariance = full_noise(table, driver, times) @ full_noise(table, driver, times).T
        carried = history.noise[:, :, d] @ history.noise[:, :, d].T
        assert carried[-1] == pytest.approx(covariance[-1], rel=1e-9, abs=1e-15)
        assert (np.diag(carried) <= np.diag(covariance) + 1e-12).all()
        assert history.noise_kept[d] == pytest.approx(np.trace(carried) / np.trace(covariance))


def test_three_components_keep_more_than_half_of_every_drivers_noise(real):
    assert drivers.history(*real).noise_kept.min() > 0.5


def test_months_end_on_the_as_of_day_and_start_no_earlier_than_asked():
    grid = drivers.month_grid(pd.Timestamp("2023-01-01"), pd.Timestamp("2023-09-21"))
    assert grid[-1] == pd.Timestamp("2023-09-21") and grid[0] >= pd.Timestamp("2023-01-01")
    assert set(np.diff(grid).astype("timedelta64[D]").astype(int)) == {30, 31}
