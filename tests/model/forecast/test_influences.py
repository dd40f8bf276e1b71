"""What follows from a set driver: a chain of two by hand, and many futures that are kept or not."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from model.assumptions import NOTHING, Assumptions, DriverAssumption
from model.fit.drivers import saturate, unsaturate
from model.forecast import forecast
from model.forecast.learning import learn
from model.forecast.levels import driver_levels, followed
from model.scenario import SCENARIO_FOLDER, load_scenario
from model.scenario.months import month_starts
from tests.model.forecast.test_learning import correlated, many_futures, one_month, place, small_run

SCENARIO, AS_OF = load_scenario(SCENARIO_FOLDER), date(2023, 9, 21)
FIRST, SECOND, THIRD = "russian_commitment", "azerbaijani_coercion", "iranian_deterrence"
MONTHS = month_starts(SCENARIO.horizon_months).tolist()
LN3 = np.log(3)  # the raw level of level 1
LEFT = 0.5 ** (30.4375 / 120)  # of a month of the second and of the third


def run(first=-0.05, second=0.04):
    """Two draws of drivers that stay at 0, where only the chain of two adds anything."""
    names = {influence.name: place for place, influence in enumerate(SCENARIO.influences)}
    adds = np.zeros((2, len(names)))
    adds[:, names[f"{FIRST} -> {SECOND}"]] = first
    adds[:, names[f"{SECOND} -> {THIRD}"]] = second
    raw = np.zeros((2, SCENARIO.horizon_months + 1, len(SCENARIO.drivers)))
    return SimpleNamespace(scenario=SCENARIO, as_of=AS_OF, paths={"raw_path": raw, "adds": adds})


def made(id, level, days=0, **fields):
    return DriverAssumption(id=id, level=level, from_=AS_OF + timedelta(days=days), **fields)


def raw_levels(id, *settings, of=None):
    """(months,): the raw level of a driver in each month; both draws agree."""
    shown = driver_levels(of or run(), Assumptions(drivers=settings), [*MONTHS, 1096])
    first, second = unsaturate(shown[:, :, SCENARIO.driver_ids.index(id)])
    assert np.array_equal(first, second)
    return first


def test_a_chain_of_two_influences_by_hand():
    setting = made(FIRST, 1.0)
    # month 1: -0.05 ln 3; month 2: what is left of that, and as much again
    one = -0.05 * LN3
    two = LEFT * one + one
    assert raw_levels(SECOND, setting)[:3] == pytest.approx([0, one, two])
    # the third hears of it a month later
    assert raw_levels(THIRD, setting)[:4] == pytest.approx(
        [0, 0, 0.04 * one, LEFT * 0.04 * one + 0.04 * two]
    )
    # for good: what is added over the share that a month takes away
    assert raw_levels(SECOND, setting)[-1] == pytest.approx(one / (1 - LEFT), rel=0.01)


def test_nothing_upstream_moves():
    assert (raw_levels(FIRST, made(SECOND, 1.5)) == 0).all()
    others = [id for id in SCENARIO.driver_ids if id not in (SECOND, THIRD)]
    assert all((raw_levels(id, made(SECOND, 1.5)) == 0).all() for id in others)


def test_a_driver_that_is_set_passes_on_what_it_is_set_to_and_nothing_else():
    both = made(FIRST, 1.0), made(SECOND, 0.5)
    assert saturate(raw_levels(SECOND, *both)) == pytest.approx(np.full(36, 0.5))
    assert np.array_equal(raw_levels(THIRD, *both), raw_levels(THIRD, made(SECOND, 0.5)))


def test_a_driver_set_within_a_month_adds_for_the_rest_of_it():
    # the first month has 30 days, 10 of them before the setting
    assert raw_levels(SECOND, made(FIRST, 1.0, days=10))[1] == pytest.approx(-0.05 * LN3 * 2 / 3)


def test_after_its_end_a_setting_adds_as_its_level_fades():
    # It ends on day 61, where month 2 starts; month 3 starts 30 days later, and of the gap to the
    # own path of 0 there is then 0.5^(30/180) left (half-life 180 days).
    ends = made(FIRST, 1.0, until=AS_OF + timedelta(days=61))
    one = -0.05 * LN3
    three = one * (LEFT**2 + LEFT + 1)
    assert raw_levels(SECOND, ends)[3] == pytest.approx(three)
    assert raw_levels(SECOND, ends)[4] == pytest.approx(LEFT * three + one * 0.5 ** (30 / 180))


def without_influences(fitted):
    evidence = replace(
        fitted.evidence, scenario=fitted.scenario.model_copy(update={"influences": ()})
    )
    return replace(fitted, evidence=evidence, paths=fitted.paths | {"adds": np.zeros((4000, 0))})


@pytest.mark.parametrize(
    "assumed",
    [
        NOTHING,
        Assumptions(drivers=(made(FIRST, -1.5),)),
        Assumptions(drivers=(made(SECOND, 1.0, days=200, verb="assume"), made(FIRST, -1.5))),
    ],
    ids=["published", "make", "assume"],
)
def test_influences_that_add_nothing_leave_every_bit_as_it_was(fitted, assumed):
    nothing = replace(fitted, paths=fitted.paths | {"adds": 0 * fitted.paths["adds"]})
    answers = [forecast(of, assumed) for of in (nothing, without_influences(fitted))]
    assert answers[0].outcomes.equals(answers[1].outcomes)
    assert answers[0].joint["probability"].equals(answers[1].joint["probability"])


def by_hand(many, setting):
    """(futures, months, drivers): every future again, month by month, with one driver held.

    The same new events; what the held driver passes on is its level and not its path.
    """
    raw, month = many.paths["raw_path"], one_month(many, 0)
    held, path = place(many, setting.id), [raw[:, 0]]
    for m in range(1, raw.shape[1]):
        acting = path[-1].copy()
        acting[:, held] = unsaturate(setting.level)
        flow = raw[:, m] - raw[:, m - 1] @ month.T
        now = acting @ month.T + flow
        now[:, held] = month[held, held] * path[-1][:, held] + flow[:, held]
        path.append(now)
    return np.stack(path, axis=1)


def test_assume_beside_make_is_what_remains_of_the_futures_when_those_that_miss_go(fitted):
    """40,000 futures with the first driver held; of these the ones with the second near 0.4."""
    single = small_run(fitted, correlated(len(SCENARIO.drivers)), draws=1, seed=9, influenced=1)
    many = many_futures(single, 40_000, 5)
    held = made(FIRST, -1.5)
    told = DriverAssumption(id=SECOND, level=0.4, from_=AS_OF + timedelta(days=91), verb="assume")
    path = by_hand(many, held)
    assert np.allclose(followed(many, [held], many.paths["raw_path"]), path)
    left = path[np.abs(path[:, 3, place(many, SECOND)] - unsaturate(0.4)) < 0.05]
    learned = learn(many, [told], [held, told])
    answered = followed(many, [held], learned.path)
    assert np.allclose(answered[:, 3, place(many, SECOND)], unsaturate(0.4))
    expected = np.average(answered, axis=0, weights=np.exp(learned.log_density))
    assert len(left) > 800
    error = left.std(axis=0) / np.sqrt(len(left))
    assert (np.abs(left.mean(axis=0) - expected) < 5 * error + 0.002).all()
    # and the density is that of the futures themselves at the level
    near = np.abs(path[:, 3, place(many, SECOND)] - unsaturate(0.4)) < 0.05
    assert np.exp(learned.log_density[0]) == pytest.approx(near.mean() / 0.1, rel=0.1)
