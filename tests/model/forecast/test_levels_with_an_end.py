"""A setting that ends: the driver goes on from the level that it was set to, as the model expects.

Worked by hand on Turkey's backing, whose half-life is 180 days, on a raw path that stays at 0.4.
"""

from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from model.assumptions import Assumptions, Dated, DriverAssumption
from model.forecast import forecast
from model.forecast.levels import driver_levels, made_pull
from model.forecast.solve import grid
from model.scenario import SCENARIO_FOLDER, load_scenario
from model.scenario.months import month_starts
from tests.model.forecast.suppositions import DEADLINE, chances, level, supposing

SCENARIO, AS_OF = load_scenario(SCENARIO_FOLDER), date(2023, 9, 21)
DRIVER, HALF_LIFE = "turkish_backing", 180
MONTHS = month_starts(SCENARIO.horizon_months).tolist()


def run(path=None):
    """A run of two draws whose drivers all follow `path` (months,), by default a raw 0.4."""
    path = np.full(SCENARIO.horizon_months, 0.4) if path is None else path
    raw = np.broadcast_to(path[None, :, None], (2, len(path), len(SCENARIO.drivers)))
    adds = np.zeros((2, len(SCENARIO.influences)))
    return SimpleNamespace(scenario=SCENARIO, as_of=AS_OF, paths={"raw_path": raw, "adds": adds})


def after(days):
    return AS_OF + timedelta(days=days)


def levels(of, *settings, days=None, raw=None):
    """(steps,): Turkey's backing in each month, or in the steps of `days`; both draws agree."""
    made = driver_levels(of, Assumptions(drivers=settings), days or [*MONTHS, 1096], raw)
    shown = made[:, :, SCENARIO.driver_ids.index(DRIVER)]
    assert np.array_equal(shown[0], shown[1])
    return shown[0]


def as_set(value=1.0, until=91, **fields):
    return DriverAssumption(id=DRIVER, level=value, until=after(until), **fields)


def test_the_gap_to_the_own_path_fades_with_the_half_life():
    # Level 1 is 2 artanh(1/2) = 1.0986 raw, 0.6986 above the path. Month 9 starts on day 274, 183
    # days after the end: 0.5^(183/180) = 0.4943 of the gap is left, raw 0.7453, 2 tanh(0.3727).
    at = levels(run(), as_set())
    assert at[:3] == pytest.approx([1.0] * 3)
    assert at[9] == pytest.approx(0.7127, abs=1e-4)


def test_within_the_month_of_its_end_the_level_has_not_faded():
    # A path's level holds for a month, and day 100 falls into the month of the days 91 to 122.
    at = levels(run(), as_set(until=100), days=[0, 91, 100, 122, 152])
    assert at[:3] == pytest.approx([1.0] * 3)
    assert 0.4 < at[3] < 1.0


def test_after_its_end_the_driver_has_the_new_events_of_its_own_path():
    # Written forward: what is left of the month before, and the events that its own path had.
    own = np.random.default_rng(5).normal(0, 0.6, SCENARIO.horizon_months)
    at, raw = levels(run(own), as_set(-1.0)), -2 * np.arctanh(0.5)
    for month in range(4, SCENARIO.horizon_months):
        left = 0.5 ** ((MONTHS[month] - MONTHS[month - 1]) / HALF_LIFE)
        raw = left * raw + own[month] - left * own[month - 1]
        assert at[month] == pytest.approx(2 * np.tanh(raw / 2), rel=1e-9)


def test_a_path_of_levels_ends_at_the_last_of_them():
    steps = (Dated(from_=AS_OF, level=-1.0), Dated(from_=after(61), level=1.0))
    path = DriverAssumption(id=DRIVER, path=steps, until=after(91))
    assert levels(run(), path)[2:] == pytest.approx(levels(run(), as_set())[2:])
    assert levels(run(), path)[:2] == pytest.approx([-1.0] * 2)


def test_what_was_learned_ends_in_the_same_way_on_the_path_that_was_learned():
    other = np.full((2, SCENARIO.horizon_months, len(SCENARIO.drivers)), -0.3)
    learned = levels(run(), as_set(verb="assume", from_=AS_OF), raw=other)
    assert learned == pytest.approx(levels(run(other[0, :, 0]), as_set()))


def test_an_end_changes_nothing_before_it_and_something_after(thin):
    lasting = forecast(thin, supposing(level(DRIVER, -1.5)))
    until = forecast(thin, supposing(level(DRIVER, -1.5, until=DEADLINE)))
    earlier = forecast(thin, supposing(level(DRIVER, -1.5, until=date(2023, 10, 21))))
    assert chances(until).to_numpy() == pytest.approx(chances(lasting).to_numpy(), abs=1e-12)
    # Nearer to the published chance, 0.9 % against 0.3 %, as its backing then comes back.
    assert chances(earlier)["turkish_involvement"] > chances(lasting)["turkish_involvement"]


def test_what_settings_add_to_hazards_is_that_of_the_levels_that_they_lead_to(fitted):
    """Russia's commitment is set, moves others, and is let go; Turkey's backing stays set."""
    let_go = DriverAssumption(id="russian_commitment", level=-1.5, until=after(200))
    settings = Assumptions(drivers=(let_go, DriverAssumption(id=DRIVER, level=1.0)))
    days = grid(fitted, settings, DEADLINE)
    own, led_to = (driver_levels(fitted, each, days) for each in (Assumptions(), settings))
    nothing = np.zeros((len(own), len(days) - 1, len(SCENARIO.outcomes)))
    added = made_pull(fitted, settings, days, nothing)
    assert np.abs(added - (led_to - own) @ fitted.draws["pull"]).max() < 1e-12
    assert np.abs(added).max() > 0.1 and not nothing.any()
