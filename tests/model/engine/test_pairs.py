"""All pairs of outcomes at once agree with a condition for each pair."""

import numpy as np
import pytest

from model.engine import Condition, solved
from model.engine.pairs import pairs

INF = np.inf
STEP, STEPS, OUTCOMES, DRAWS = 0.2, 5, 4, 20


def case(seed, groups=1):
    """Hazards, links within groups of outcomes, half-lives, and chances of acting."""
    rng = np.random.default_rng(seed)
    within = np.subtract.outer(np.arange(OUTCOMES) % groups, np.arange(OUTCOMES) % groups) == 0
    link = rng.normal(0, 1, (DRAWS, OUTCOMES, OUTCOMES)) * within
    log_hazard = np.log(rng.uniform(0.05, 3, (DRAWS, STEPS, OUTCOMES)))
    return log_hazard, link, np.array([0.3, INF, 2.0, INF]), [0.4, 0.0, 0.0, 0.0]


def one_by_one(arguments, day, kind, a):
    """(draws,) the chance of the condition on A, (draws, outcomes) that with each by the end."""
    log_hazard, link, fade, acting = arguments
    joint, chances = solved(
        log_hazard, link, STEP, fade, 0, [Condition(day, kind, a)], [STEPS - 1], acting
    )
    return joint[:, 0].sum(axis=1), chances[:, -1]


@pytest.mark.parametrize("groups", [1, 2, 3])
@pytest.mark.parametrize("day", [0, 2, STEPS - 1])
def test_each_pair_is_what_its_own_condition_gives(day, groups):
    arguments = log_hazard, link, fade, acting = case(day, groups)
    found = pairs(log_hazard, link, STEP, day, fade, 0, acting)
    for a in range(OUTCOMES):
        by_day, both = one_by_one(arguments, day, "happened", a)
        assert found.by_day[:, a] == pytest.approx(by_day, rel=1e-7)
        assert found.both[:, a] == pytest.approx(both, rel=1e-7)
        assert found.made[:, a] == pytest.approx(one_by_one(arguments, day, "made", a)[1], abs=1e-7)
    plain = solved(log_hazard, link, STEP, fade, 0, acting=acting)[1][:, -1]
    assert found.by_end == pytest.approx(plain, abs=1e-7)


def test_what_has_happened_for_good_is_no_news():
    log_hazard, link, fade, _ = case(3)
    found = pairs(log_hazard, link, STEP, 1, fade, start=2)
    assert found.by_day[:, 1] == pytest.approx(1) and found.made[:, :, 1] == pytest.approx(1)
    assert found.both[:, 1] == pytest.approx(found.by_end)
    assert found.made[:, 1] == pytest.approx(found.by_end)


def test_two_outcomes_by_hand():
    """A at 0.5 a year triples B's 0.2; the day ends year 1 of 2. B when A is made on the day: not
    by year 1 in the paths without A, e^-0.7, and e^-0.6 from there; with A already, as it was."""
    link = np.array([[[0.0, np.log(3)], [0.0, 0.0]]])
    found = pairs(np.log([[[0.5, 0.2]] * 2]), link, 1.0, 0)
    neither = np.exp(-0.7)  # by year 1
    # A at u, then B's hazard is 0.6: not yet B by year 1
    only_a = 0.5 / (0.7 - 0.6) * (np.exp(-0.6) - np.exp(-0.7))
    not_b = (neither + only_a) * np.exp(-0.6)
    assert found.made[0, 0, 1] == pytest.approx(1 - not_b, abs=1e-7)
    assert found.by_day[0, 0] == pytest.approx(1 - np.exp(-0.5), abs=1e-7)
    assert found.both[0, 0, 1] == pytest.approx(1 - np.exp(-0.5) - only_a * np.exp(-0.6), abs=1e-7)


@pytest.mark.parametrize("day", [-1, 2])
def test_a_day_that_is_no_step_is_refused(day):
    with pytest.raises(ValueError, match="^day must be a step from 0 to 1, got"):
        pairs(np.zeros((1, 2, 2)), np.zeros((1, 2, 2)), 1.0, day)


def test_without_draws_there_is_nothing_to_find():
    assert pairs(np.zeros((0, 2, 2)), np.zeros((0, 2, 2)), 1.0, 0).both.shape == (0, 2, 2)
