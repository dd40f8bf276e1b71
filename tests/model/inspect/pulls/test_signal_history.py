"""A driver's history without some signals is that of the signals left."""

import numpy as np
import pandas as pd
import pytest

from model.fit import drivers
from model.inspect.pulls.signal_history import SignalHistory
from model.scenario import SCENARIO_FOLDER, load_scenario

TIMES = pd.date_range("2021-01-03", periods=60, freq="7D")
DRIVER = load_scenario(SCENARIO_FOLDER).drivers[0]


def signals(count, seed=0):
    """So many signals of the driver on random days, the last three known to the month."""
    rng = np.random.default_rng(seed)
    first = TIMES[0] + pd.to_timedelta(np.sort(rng.integers(-30, 400, count)), unit="D")
    last = first + pd.to_timedelta([0] * (count - 3) + [27] * 3, unit="D")
    return pd.DataFrame(
        {
            "event": [f"E{i}" for i in range(count)],
            "driver": DRIVER.id,
            "first": first,
            "last": last,
            "weight": rng.uniform(-3, 3, count),
            "sd": rng.uniform(0.2, 1.0, count),
        }
    )


def fitted(table):
    """(times, mean and components) of a table, as the fit has them."""
    history = drivers.history(table, [DRIVER], TIMES)
    return history.mean[:, 0], history.noise[:, :, 0]


def history(table):
    return SignalHistory(table, DRIVER, TIMES, fitted(table)[1])


@pytest.mark.parametrize("gone", [[0], [7], [19], [3, 4, 12]])
def test_it_is_the_history_of_what_is_left_but_for_signs(gone):
    table = signals(20)
    out = np.isin(np.arange(20), gone)
    found = history(table).without(out, [])
    mean, noise = fitted(table[~out])
    assert found[:, 0] == pytest.approx(mean, abs=1e-12)
    assert np.abs(found[:, 1:]) == pytest.approx(np.abs(noise), abs=1e-9)


def test_what_is_put_in_place_counts_like_any_other_signal():
    table, other = signals(20), signals(4, seed=1).iloc[:1]
    out = np.arange(20) == 5
    found = history(table).without(out, [other])
    mean, noise = fitted(pd.concat([table[~out], other]))
    assert found[:, 0] == pytest.approx(mean, abs=1e-12)
    assert np.abs(found[:, 1:]) == pytest.approx(np.abs(noise), abs=1e-9)


def test_each_component_points_the_way_that_it_pointed_with_all_signals():
    table = signals(20)
    own = history(table)
    for gone in range(20):
        components = own.without(np.arange(20) == gone, [])[:, 1:]
        assert ((components * own.noise).sum(axis=0) >= 0).all()


def test_without_any_signal_the_driver_stays_at_zero():
    found = history(signals(4)).without(np.ones(4, dtype=bool), [])
    assert np.abs(found).max() < 1e-6
