"""Claims about conditions in model.engine, checked by hand or against scipy.linalg.expm."""

import numpy as np
import pytest
from scipy.linalg import expm

from model.engine import Condition, joint_probabilities, marginals
from tests.model.engine.test_engine import generator, one, random_case

INF = np.inf
FADE = np.array([0.3, INF, 2.0, INF])


def condition_matrix(kind, k, levels, G):
    """What a condition does to a row of level probabilities, written from the definition."""
    C = np.zeros(G.shape)
    for i, level in enumerate(levels):
        recent = levels.index(level[:k] + (1,) + level[k + 1 :])
        if level[k] == 0:
            to, weight = {
                "happened": (i, 0),
                "not_happened": (i, 1),
                "happens": (recent, G[i, recent]),
                "made": (recent, 1),
            }[kind]
        else:
            to, weight = i, float(kind in ("happened", "made"))
        C[i, to] = weight
    return C


def by_expm(log_hazard, link, step, fade, start, conditions):
    """Joint probabilities (steps, states) of one draw, smoothed, from whole matrices."""
    log_hazard = log_hazard.copy()
    for after, kind, k in conditions:
        if kind == "barred":
            log_hazard[: after + 1, k] = -INF
    levels, generators = None, []
    for hazards in log_hazard:
        levels, G = generator(hazards, link, fade)
        generators.append(G)

    def at(moment):
        C = np.eye(len(levels))
        for after, kind, k in conditions:
            if after == moment and kind != "barred":
                C = C @ condition_matrix(kind, k, levels, generators[max(moment, 0)])
        return C

    steps = [expm(G * h) @ at(t) for t, (G, h) in enumerate(zip(generators, step, strict=True))]
    set_level = [2 if np.isfinite(f) else 1 for f in fade]
    first = tuple((start >> k & 1) * level for k, level in enumerate(set_level))
    p = np.array([float(level == first) for level in levels]) @ at(-1)
    rows = np.zeros((len(steps), 2 ** len(fade)))
    for t, taken in enumerate(steps):
        p = p @ taken
        later = np.ones(len(levels))
        for following in steps[:t:-1]:
            later = following @ later
        for level, probability in zip(levels, p * later, strict=True):
            rows[t, sum(1 << k for k, happened in enumerate(level) if happened)] += probability
    return rows


@pytest.mark.parametrize(
    "conditions",
    [
        [(1, "happened", 0)],
        [(1, "not_happened", 2)],
        [(1, "happens", 0)],
        [(2, "happens", 1)],
        [(-1, "happens", 2)],
        [(1, "made", 0)],
        [(-1, "made", 2)],
        [(1, "barred", 0)],
        [(2, "happened", 3), (0, "happens", 0)],
        [(3, "happened", 1), (1, "made", 2)],
        [(0, "happens", 0), (2, "happens", 2)],
        [(1, "happens", 0), (1, "happens", 2)],
        [(0, "not_happened", 1), (2, "happened", 1)],
        [(0, "barred", 1), (3, "happened", 1), (2, "not_happened", 3)],
    ],
)
@pytest.mark.parametrize("highest", [2.0, 50.0])
@pytest.mark.parametrize("start", [0, 8])
def test_agrees_with_expm_at_every_step(conditions, highest, start):
    log_hazard, link = random_case(1, 4, steps=4, highest=highest)
    log_hazard[:, 0] -= 3
    step = [0.1, 0.05, 0.3, 0.2]
    conditions = [Condition(*c) for c in conditions]
    joint = joint_probabilities(log_hazard, link, step, FADE, start, conditions)
    for d in range(len(joint)):
        expected = by_expm(log_hazard[d], link[d], step, FADE, start, conditions)
        total = expected[-1].sum()
        assert np.abs(joint[d] - expected).max() <= 1e-6 * total + 1e-300


@pytest.mark.parametrize("kind", ["happened", "not_happened", "happens", "made"])
def test_sum_over_states_is_the_same_at_every_step(kind):
    log_hazard, link = random_case(2, 4, steps=6)
    joint = joint_probabilities(
        log_hazard,
        link,
        0.02,
        FADE,
        conditions=[Condition(3, kind, 0), Condition(5, "happened", 1)],
    )
    total = joint.sum(axis=2)
    assert np.all(total > 0) and np.allclose(total, total[:, :1], rtol=1e-12)


def test_conditioning_by_the_last_step_divides_the_joint_probability():
    log_hazard, link = random_case(3, 3, highest=3.0)
    plain = joint_probabilities(log_hazard, link, 0.1)[:, -1]
    given = joint_probabilities(log_hazard, link, 0.1, conditions=[Condition(2, "happened", 1)])
    share = marginals(given)[:, -1, 0] / given[:, -1].sum(axis=1)
    # states 3 and 7 have 0 and 1, states 2, 3, 6 and 7 have 1
    expected = plain[:, [3, 7]].sum(axis=1) / plain[:, [2, 3, 6, 7]].sum(axis=1)
    assert np.allclose(share, expected, rtol=1e-9, atol=0)


@pytest.mark.parametrize("after", [-1, 0, 2, 4])
def test_happened_and_not_happened_sum_to_the_plain_joint(after):
    log_hazard, link = random_case(4, 4, steps=5)
    happened, not_happened = (
        joint_probabilities(log_hazard, link, 0.02, FADE, conditions=[Condition(after, kind, 2)])
        for kind in ("happened", "not_happened")
    )
    plain = joint_probabilities(log_hazard, link, 0.02, FADE)
    assert np.allclose(happened + not_happened, plain, rtol=1e-9, atol=1e-15)


def test_happened_by_the_first_step_and_the_two_outcomes_that_follow_by_hand():
    """Unlinked hazards 0.5 and 2 over steps of a year; 0 is known to have happened by year 1.

    At both steps 0 has happened, 1 - e^-0.5; 1 has by 1 - e^-2 and 1 - e^-4.
    """
    joint = one(
        np.log([[0.5, 2.0]] * 2), np.zeros((2, 2)), conditions=[Condition(0, "happened", 0)]
    )
    a, b, c = 1 - np.exp(-0.5), 1 - np.exp(-2.0), 1 - np.exp(-4.0)
    expected = [[0, a * (1 - b), 0, a * b], [0, a * (1 - c), 0, a * c]]
    assert np.allclose(joint, expected, atol=1e-7)


def test_later_evidence_is_felt_before_it():
    """Hazard 0.5 for two years, known to have happened by year 2.

    By year 1 it has and will have: 1 - e^-0.5; it has not yet: e^-0.5 - e^-1.
    """
    joint = one(np.log([[0.5]] * 2), [[0.0]], conditions=[Condition(1, "happened", 0)])
    expected = [[np.exp(-0.5) - np.exp(-1), 1 - np.exp(-0.5)], [0, 1 - np.exp(-1)]]
    assert np.allclose(joint, expected, atol=1e-8)


def test_happening_then_has_the_density_of_its_hazard():
    """Hazard 0.5 in year 1, then 3: at the end of year 1 the density is 0.5 e^-0.5."""
    joint = one(np.log([[0.5], [3.0]]), [[0.0]], conditions=[Condition(0, "happens", 0)])
    assert np.allclose(joint, [[0, 0.5 * np.exp(-0.5)]] * 2, atol=1e-8)


def test_happening_at_time_zero_has_the_hazard_of_the_first_step():
    joint = one(np.log([[0.5], [3.0]]), [[0.0]], conditions=[Condition(-1, "happens", 0)])
    assert np.allclose(joint, [[0, 0.5]] * 2, atol=1e-12)


def test_happens_integrates_over_its_moment_to_happened():
    log_hazard, link = random_case(5, 3, steps=1, highest=3.0)
    log_hazard = np.repeat(log_hazard, 100, axis=1)
    fade = FADE[:3]
    density = [
        joint_probabilities(log_hazard, link, 0.01, fade, conditions=[Condition(t, "happens", 0)])
        for t in range(-1, 100)
    ]
    integral = np.trapezoid([joint[:, -1] for joint in density], dx=0.01, axis=0)
    happened = joint_probabilities(
        log_hazard, link, 0.01, fade, conditions=[Condition(99, "happened", 0)]
    )
    assert np.allclose(integral, happened[:, -1], atol=2e-4)


def test_links_act_from_the_moment_an_outcome_is_made():
    """1 has hazard 0.5, tripled by 0, which is made at year 1: e^-0.5, then e^-2 are left."""
    log_hazard = np.log([[1e-300, 0.5]] * 2)
    joint = one(log_hazard, [[0, np.log(3)], [0, 0]], conditions=[Condition(0, "made", 0)])
    assert np.allclose(joint[:, 1], [np.exp(-0.5), np.exp(-2.0)], atol=1e-7)


def test_links_of_an_outcome_made_before_have_faded():
    log_hazard = np.log([[1e-300, 0.5]] * 2)
    link, fade = [[0, np.log(3)], [0, 0]], [0.01, INF]
    made = [
        one(log_hazard, link, fade=fade, conditions=[Condition(after, "made", 0)])[-1]
        for after in (-1, 0)
    ]
    quiet = np.exp(-1.0)  # of 1 by year 2, were there no link
    # While recent, ln 2 / 0.01 = 69.3 a year, the hazard is higher by one: 1 in 70.3 lost.
    assert made[0][1] == pytest.approx(quiet * 69.315 / 70.315, rel=1e-4)
    assert made[1][1] == pytest.approx(made[0][1], rel=1e-4)


def test_made_with_no_links_sent_leaves_the_others_as_they_are():
    log_hazard, link = random_case(6, 4)
    link[:, 1] = 0
    plain, made = (
        marginals(joint_probabilities(log_hazard, link, 0.02, FADE, conditions=conditions))
        for conditions in ((), [Condition(1, "made", 1)])
    )
    assert np.allclose(made[..., [0, 2, 3]], plain[..., [0, 2, 3]], atol=1e-7)
    assert np.allclose(made[:, 1:, 1], 1, atol=1e-12)


def test_interventions_do_not_inform_the_past_and_lose_nothing():
    log_hazard, link = random_case(7, 4, steps=5)
    plain, made = (
        joint_probabilities(log_hazard, link, 0.02, FADE, conditions=conditions)
        for conditions in ((), [Condition(3, "made", 0)])
    )
    assert np.array_equal(plain[:, :3], made[:, :3])
    assert np.allclose(made.sum(axis=2), 1, atol=1e-12)


def test_barred_outcome_does_not_happen_and_the_others_go_on_without_it():
    log_hazard, link = random_case(8, 4, steps=4)
    barred = joint_probabilities(
        log_hazard, link, 0.02, FADE, conditions=[Condition(3, "barred", 2)]
    )
    others = [0, 1, 3]
    without = joint_probabilities(
        log_hazard[..., others], link[:, others][..., others], 0.02, FADE[others]
    )
    assert np.all(marginals(barred)[..., 2] == 0)
    # states of 0, 1 and 3, in which bit 2 is unset
    assert np.allclose(barred[..., [0, 1, 2, 3, 8, 9, 10, 11]], without, atol=1e-7)


def test_bar_ends_with_its_step():
    joint = one(np.log([[0.5]] * 3), [[0.0]], conditions=[Condition(1, "barred", 0)])
    assert np.allclose(joint[:, 1], [0, 0, 1 - np.exp(-0.5)], atol=1e-8)


def test_conditions_are_taken_in_order_of_time_whatever_the_order_given():
    log_hazard, link = random_case(9, 3)
    conditions = [Condition(2, "happened", 0), Condition(0, "not_happened", 1)]
    both = [
        joint_probabilities(log_hazard, link, 0.1, conditions=c)
        for c in (conditions, conditions[::-1])
    ]
    assert np.array_equal(*both)


def test_each_draw_is_conditioned_in_its_own_place():
    log_hazard, link = random_case(10, 3, draws=100)
    conditions = [Condition(0, "happens", 0), Condition(2, "happened", 1)]
    joint = joint_probabilities(log_hazard, link, 0.02, conditions=conditions)
    alone = [one(h, g, 0.02, conditions=conditions) for h, g in zip(log_hazard, link, strict=True)]
    assert np.allclose(joint, alone, atol=1e-7 * joint.max())


@pytest.mark.parametrize(
    "conditions",
    [
        [Condition(1, "happened", 0)],
        [Condition(1, "happens", 0)],
        [Condition(-1, "happened", 1)],
        [Condition(2, "barred", 1), Condition(2, "happened", 1)],
    ],
)
def test_impossible_conditions_have_probability_zero(conditions):
    log_hazard = [[-INF, 0.0]] * 3
    assert np.all(one(log_hazard, np.zeros((2, 2)), conditions=conditions) == 0)


def test_conditions_without_steps_give_an_empty_result():
    empty = np.zeros((3, 0, 2)), np.zeros((3, 2, 2)), 1.0
    joint = joint_probabilities(*empty, conditions=[Condition(-1, "made", 0)])
    assert joint.shape == (3, 0, 4)


@pytest.mark.parametrize(
    "conditions",
    [
        [Condition(0, "hapened", 0)],
        [Condition(0, "happened", 2)],
        [Condition(0, "happened", -1)],
        [Condition(3, "happened", 0)],
        [Condition(-2, "made", 0)],
        [(0, "happened", 0)],
        Condition(0, "happened", 0),
        [Condition(1, "happened", 0), Condition(1, "not_happened", 0)],
        [Condition(1, "not_happened", 0), Condition(1, "happened", 0)],
        [Condition(2, "not_happened", 0), Condition(1, "happened", 0)],
        [Condition(1, "happens", 0), Condition(2, "happens", 0)],
        [Condition(1, "made", 0), Condition(2, "not_happened", 0)],
        [Condition(1, "made", 0), Condition(2, "happens", 0)],
        [Condition(1, "made", 0), Condition(2, "barred", 0)],
        [Condition(1, "happens", 0), Condition(1, "barred", 0)],
        [Condition(0, "not_happened", 0), Condition(1, "happened", 0), Condition(2, "barred", 0)],
    ],
)
def test_bad_conditions_are_refused_by_name(conditions):
    with pytest.raises(ValueError, match="^conditions "):
        joint_probabilities(np.zeros((2, 3, 2)), np.zeros((2, 2, 2)), 0.1, conditions=conditions)


@pytest.mark.parametrize(
    "conditions",
    [
        [Condition(0, "not_happened", 0), Condition(1, "happened", 0)],
        [Condition(1, "barred", 0), Condition(1, "made", 0)],
        [Condition(1, "not_happened", 0), Condition(1, "happens", 0)],
        [Condition(1, "happens", 0), Condition(2, "happened", 0)],
        [Condition(1, "happens", 0), Condition(2, "made", 0)],
        [Condition(0, "barred", 0), Condition(1, "happens", 0)],
    ],
)
def test_conditions_that_can_all_hold_are_accepted(conditions):
    log_hazard, link = np.zeros((2, 3, 2)), np.zeros((2, 2, 2))
    assert joint_probabilities(log_hazard, link, 0.1, conditions=conditions).sum() > 0
