"""Outcomes that no link joins are solved apart, and the answer is that of one chain of all."""

import numpy as np
import pytest

from model.engine import Condition, arguments, groups, joint_probabilities, marginals, solved
from tests.model.engine.test_conditions import by_expm
from tests.slow_cases import sampled

INF = np.inf
OUTCOMES, DRAWS, STEPS = 5, 3, 4
JOINED = 1e-13  # a link this small changes no chance by more, and joins what it links


def generated(seed):
    """Hazards, links within groups drawn at random, half-lives, a start and chances of acting."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 3, OUTCOMES)
    within = group[:, None] == group
    sends = within & (rng.random((OUTCOMES, OUTCOMES)) < 0.7) & ~np.eye(OUTCOMES, dtype=bool)
    log_hazard = np.log(rng.uniform(0.01, 4.0, (DRAWS, STEPS, OUTCOMES)))
    link = rng.normal(0, 1, (DRAWS, OUTCOMES, OUTCOMES)) * sends
    fade = rng.choice([0.3, 1.0, INF], OUTCOMES)
    start = int(rng.choice([0, 1 << int(rng.integers(OUTCOMES))]))
    return log_hazard, link, fade, start, rng.random(OUTCOMES) * (rng.random(OUTCOMES) < 0.5)


def some_conditions(seed, start):
    """One condition on each of two outcomes that are not settled, at different steps."""
    rng = np.random.default_rng(seed + 1000)
    still_open = [k for k in range(OUTCOMES) if not start >> k & 1]
    first, second = rng.choice(still_open, 2, replace=False).tolist()
    kinds = ["happened", "not_happened", "happens", "made", "barred"]
    return [
        Condition(step, str(rng.choice(kinds)), outcome)
        for step, outcome in ((1, first), (2, second))
    ]


def in_one_chain(link):
    """The links with all outcomes joined, by links of no size."""
    ring = np.roll(np.eye(OUTCOMES), 1, axis=1)
    return np.where(link == 0, JOINED * ring, link)


@pytest.mark.parametrize("seed", range(30))
def test_groups_give_the_answer_of_one_chain(seed):
    log_hazard, link, fade, start, acting = generated(seed)
    conditions = some_conditions(seed, start) if seed % 3 else []
    options = {"start": start, "conditions": conditions, "acting": acting}
    joint, chances = solved(log_hazard, link, 0.2, fade, **options)
    whole, chances_of_all = solved(log_hazard, in_one_chain(link), 0.2, fade, **options)
    total = whole.sum(axis=2, keepdims=True)
    assert np.abs(joint - whole).max() <= 1e-7 * total.max()
    assert np.abs(chances - chances_of_all).max() <= 1e-7 * total.max()
    assert np.allclose(joint.sum(axis=2, keepdims=True), total, rtol=1e-6, atol=0)


@pytest.mark.parametrize("seed", sampled(range(18, -6, -6), 3))
def test_groups_agree_with_the_matrix_exponential_of_all(seed):
    log_hazard, link, fade, start, _ = generated(seed)
    conditions = some_conditions(seed, start)
    # the expm reference has levels for every fading outcome, and starts them past
    joint = joint_probabilities(log_hazard, link, 0.2, fade, start, conditions)
    for d in range(DRAWS):
        expected = by_expm(log_hazard[d], link[d], [0.2] * STEPS, fade, start, conditions)
        assert np.abs(joint[d] - expected).max() <= 1e-6 * expected[-1].sum() + 1e-300


def test_links_of_any_draw_join_outcomes_and_nothing_else_does():
    link = np.zeros((2, 4, 4))
    link[0, 0, 2] = link[1, 2, 3] = -1.0
    asked = arguments.checked(np.zeros((2, 1, 4)), link, 1.0, None, 2, None)
    assert [group.tolist() for group in groups.apart(asked)] == [[0, 2, 3], [1]]


def test_an_uncertain_start_keeps_outcomes_together():
    """Both or neither at time zero: neither's chance is the other's business, but both together."""
    no_hazard = np.full((1, 1, 2), -INF)
    joint = joint_probabilities(no_hazard, np.zeros((1, 2, 2)), 1.0, start=[0.5, 0, 0, 0.5])
    assert joint[0, 0].tolist() == [0.5, 0, 0, 0.5]


def test_what_is_learned_of_one_group_says_nothing_of_another():
    log_hazard = np.log([[[0.5, 2.0]] * 2])
    given = joint_probabilities(
        log_hazard, np.zeros((1, 2, 2)), 1.0, conditions=[Condition(0, "happened", 0)]
    )
    share = marginals(given[0]) / given[0].sum(axis=1, keepdims=True)
    assert given[0].sum(axis=1) == pytest.approx(1 - np.exp(-0.5), abs=1e-8)
    assert share == pytest.approx(np.array([[1, 1 - np.exp(-2)], [1, 1 - np.exp(-4)]]), abs=1e-7)


@pytest.mark.parametrize("keep", [[], [2], [3, 0]])
def test_the_steps_kept_are_those_asked_for_in_their_order(keep):
    log_hazard, link, fade, start, _ = generated(4)
    joint, chances = solved(log_hazard, link, 0.2, fade, start, keep=keep)
    whole, all_chances = solved(log_hazard, link, 0.2, fade, start)
    assert np.array_equal(joint, whole[:, keep]) and np.array_equal(chances, all_chances)
