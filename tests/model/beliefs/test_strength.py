"""A driver that matters twice or half as much: its effects' intervals by hand, and what they do."""

import pytest

from model.assumptions import Assumptions, DriverAssumption
from model.beliefs.strength import effects_times
from model.forecast import forecast
from model.scenario import SCENARIO_FOLDER, load_scenario

SCENARIO = load_scenario(SCENARIO_FOLDER)
DRIVER = "russian_commitment"


@pytest.mark.parametrize(
    ("times", "interval"),
    [
        # 0.54 to 1.1 in logs is -0.616 to 0.095, centred at -0.260. Twice that is 0.260 lower,
        # -0.877 to -0.165; half is 0.130 higher, -0.486 to 0.225.
        (2.0, (0.42, 0.85)),
        (0.5, (0.62, 1.3)),
    ],
)
def test_an_effects_interval_moves_as_a_whole(times, interval):
    by_name = {b.effect: b.hazard_ratio for b in effects_times(SCENARIO, DRIVER, times)}
    assert by_name["russian_commitment -> renewed_offensive"] == interval
    assert set(by_name) == {e.name for e in SCENARIO.effects if e.from_ == DRIVER}


def test_as_published_is_no_belief():
    assert effects_times(SCENARIO, DRIVER, 1.0) == ()


def test_a_level_and_a_belief_of_how_much_it_matters_are_answered_in_one_step(fitted):
    """The further a driver is moved, or the more it matters, the further the outcome goes."""
    moved = (DriverAssumption(id=DRIVER, level=-1.8),)

    def left(times):
        assumed = Assumptions(drivers=moved, beliefs=effects_times(SCENARIO, DRIVER, times))
        answer = forecast(fitted, assumed)
        assert answer.reliable and (answer.method == "exact") == (times == 1)
        return answer.row("russian_withdrawal")["probability"]

    assert left(0.5) < left(1.0) < left(2.0)
