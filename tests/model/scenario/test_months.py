"""Model months: where each starts, which one a day falls in, and where a level learned counts."""

from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from model.assumptions import Assumptions, DriverAssumption
from model.fit.drivers import unsaturate
from model.forecast import learning, moves
from model.forecast.solve import grid
from model.scenario.months import learned_month, month_starts, months_of

AS_OF = date(2023, 9, 21)
HORIZON = 36
DAYS = range(1, 1096)  # three years of 365 days, all that a forecast reaches
MONTHS_LEVELS = np.linspace(-1.8, 1.8, HORIZON + 1)  # tell the months of a path apart


@pytest.fixture(scope="module")
def run():
    """One driver whose level says which month it is of."""
    scenario = SimpleNamespace(driver_ids=["pressure"], horizon_months=HORIZON)
    path = unsaturate(MONTHS_LEVELS)[None, :, None]
    return SimpleNamespace(as_of=AS_OF, scenario=scenario, paths={"raw_path": path})


def on(day):
    return AS_OF + timedelta(days=day)


def test_months_start_a_twelfth_of_a_year_apart_on_whole_days():
    # m * 30.4375: 30.4, 60.9, 91.3, 121.75; eight months are 243.5, and a half goes to the even.
    assert month_starts(5).tolist() == [0, 30, 61, 91, 122]
    assert month_starts(37)[[8, 12, 24, 36]].tolist() == [244, 365, 730, 1096]


def test_a_month_holds_its_first_day_and_the_last_one_all_that_follow():
    assert months_of([0, 29, 30, 60, 61, 90, 91, 500], 4).tolist() == [0, 0, 1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize(("day", "month"), [(0, 1), (1, 1), (30, 1), (31, 2), (61, 2), (62, 3)])
def test_a_level_learned_within_a_month_counts_at_its_end(day, month):
    assert learned_month(AS_OF, on(day), HORIZON) == month


def test_what_is_learned_beyond_the_last_month_counts_there():
    assert learned_month(AS_OF, on(5000), HORIZON) == HORIZON


def test_moves_start_from_the_level_of_the_month_in_which_learning_learns(run):
    for day in DAYS:
        assumed = DriverAssumption(id="pressure", level=1.0, from_=on(day), verb="assume")
        ((_, month, _),) = learning._seen(run, assumed)
        fitted = moves._fitted_level(run, "pressure", on(day))
        assert fitted == pytest.approx(MONTHS_LEVELS[month]), f"day {day}"


def test_a_level_learned_on_a_day_counts_no_earlier_and_within_that_month():
    starts = month_starts(HORIZON + 1)
    for day in DAYS:
        month = learned_month(AS_OF, on(day), HORIZON)
        assert starts[month - 1] < day <= starts[month]
        assert month == months_of([day - 1], HORIZON)[0] + 1  # of the day before


def test_the_engine_steps_from_month_to_month(run):
    assumptions = Assumptions()
    assert grid(run, assumptions, on(61)) == month_starts(HORIZON + 1).tolist()
