"""Claims about model.engine, checked by hand or against scipy.linalg.expm."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import get_num_threads, set_num_threads
from scipy.linalg import expm

from model.engine import Condition, joint_probabilities, kernels, marginals
from tests.bench.bench_engine import case

INF = np.inf


def generator(log_hazard, link, fade):
    """Generator over levels (0 none, 1 acting, 2 past), written from the definition."""
    outcomes = len(log_hazard)
    levels = list(product(*(range(3 if np.isfinite(f) else 2) for f in fade)))
    G = np.zeros((len(levels), len(levels)))
    for i, level in enumerate(levels):
        for k in range(outcomes):
            after = level[:k] + (level[k] + 1,) + level[k + 1 :]
            if after not in levels:
                continue
            acting = [j for j in range(outcomes) if level[j] == 1 and j != k]
            hazard = np.exp(log_hazard[k] + sum(link[j, k] for j in acting))
            G[i, levels.index(after)] = hazard if level[k] == 0 else np.log(2) / fade[k]
        G[i, i] = -G[i].sum()
    return levels, G


def by_expm(log_hazard, link, step, fade, start=0):
    """Joint probabilities (steps, states) of one draw."""
    rows = []
    for t, years in enumerate(step):
        levels, G = generator(log_hazard[t], link, fade)
        if not rows:
            set_level = [2 if np.isfinite(f) else 1 for f in fade]
            first = tuple((start >> k & 1) * level for k, level in enumerate(set_level))
            p = np.array([float(level == first) for level in levels])
        p = p @ expm(G * years)
        row = np.zeros(2 ** len(fade))
        for level, probability in zip(levels, p, strict=True):
            row[sum(1 << k for k, happened in enumerate(level) if happened)] += probability
        rows.append(row)
    return np.array(rows)


def random_case(seed, outcomes, steps=3, draws=3, highest=50.0):
    """Hazards reach `highest` per year when every link has acted."""
    rng = np.random.default_rng(seed)
    link = rng.normal(0, 1, (draws, outcomes, outcomes)) * (rng.random((outcomes, outcomes)) < 0.6)
    log_hazard = np.log(highest) - rng.exponential(2, (draws, steps, outcomes))
    log_hazard[:, 0] = np.log(highest)
    return log_hazard - np.maximum(link, 0).sum(axis=1)[:, None, :], link


def one(log_hazard, link, step=1.0, **options):
    """The joint (steps, states) of a single draw."""
    return joint_probabilities(np.array([log_hazard]), np.array([link], float), step, **options)[0]


@pytest.mark.parametrize("outcomes", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("fades", [False, True])
@pytest.mark.parametrize("highest", [2.0, 50.0])
def test_agrees_with_expm(outcomes, fades, highest):
    log_hazard, link = random_case(outcomes, outcomes, highest=highest)
    step = np.array([1 / 12, 0.5, 3.0])
    fade = np.array([0.3, INF, 2.0, INF, INF] if fades else [INF] * 5)[:outcomes]
    joint = joint_probabilities(log_hazard, link, step, fade)
    expected = [by_expm(h, g, step, fade) for h, g in zip(log_hazard, link, strict=True)]
    assert np.abs(joint - expected).max() < 1e-7


def test_agrees_with_expm_over_24_monthly_steps_of_five_outcomes():
    log_hazard, link = random_case(6, 5, steps=24, draws=1, highest=4.0)
    fade = np.array([INF, 0.5, INF, INF, 1.0])
    joint = joint_probabilities(log_hazard, link, 1 / 12, fade)
    expected = [
        by_expm(h, g, np.full(24, 1 / 12), fade) for h, g in zip(log_hazard, link, strict=True)
    ]
    assert np.abs(joint - expected).max() < 1e-7


def test_six_outcomes_two_fading_are_within_two_in_a_hundred_million_after_36_months():
    log_hazard, link, _ = case(draws=1, steps=36, links=14)
    fade = np.array([0.5, INF, INF, 0.5, INF, INF])
    joint = joint_probabilities(log_hazard, link, 1 / 12, fade)
    expected = by_expm(log_hazard[0], link[0], np.full(36, 1 / 12), fade)
    assert np.abs(joint[0] - expected).max() < 2e-8


@pytest.mark.parametrize("start", [0, 5, 7])
def test_start_state_is_past_where_links_fade_and_acts_where_they_do_not(start):
    log_hazard, link = random_case(1, 4, highest=3.0)
    fade = np.array([0.5, INF, INF, 1.0])
    joint = joint_probabilities(log_hazard, link, 0.25, fade, start)
    expected = [
        by_expm(h, g, [0.25] * 3, fade, start) for h, g in zip(log_hazard, link, strict=True)
    ]
    assert np.abs(joint - expected).max() < 1e-7


def test_start_distribution_mixes_start_states():
    log_hazard, link = random_case(2, 2, highest=3.0)
    mixed = joint_probabilities(log_hazard, link, 1.0, start=[0.25, 0, 0.75, 0])
    from_0, from_2 = (joint_probabilities(log_hazard, link, 1.0, start=s) for s in (0, 2))
    assert np.allclose(mixed, 0.25 * from_0 + 0.75 * from_2, atol=1e-7)


def test_one_outcome_happens_by_one_minus_exp_minus_hazard_times_years():
    joint = one(np.log([[0.5]] * 4), [[0.0]], 0.5)
    assert np.allclose(joint[:, 1], [1 - np.exp(-0.25 * n) for n in (1, 2, 3, 4)], atol=1e-8)


def test_unlinked_outcomes_are_independent():
    joint = one(np.log([[0.5, 2.0]]), np.zeros((2, 2)))
    a, b = 1 - np.exp(-0.5), 1 - np.exp(-2.0)
    assert np.allclose(joint[0], [(1 - a) * (1 - b), a * (1 - b), (1 - a) * b, a * b], atol=1e-7)


def test_link_row_sends_and_column_receives():
    """0 has hazard 1 and triples the hazard of 1, from 0.5 to 1.5.

    Neither: e^-1.5.  Only 0: integral of e^-1.5u e^-1.5(1-u) = e^-1.5.  Only 1: e^-1 (1 - e^-0.5).
    """
    joint = one(np.log([[1.0, 0.5]]), [[0, np.log(3)], [0, 0]])
    expected = [np.exp(-1.5), np.exp(-1.5), np.exp(-1.0) * (1 - np.exp(-0.5))]
    assert np.allclose(joint[0, :3], expected, atol=1e-7)


def test_minus_infinite_link_rules_an_outcome_out():
    joint = one(np.log([[3.0, 3.0]]), [[0, -INF], [-INF, 0]], 20.0)
    assert np.allclose(joint[0], [0, 0.5, 0.5, 0], atol=1e-7)


def test_diagonal_of_link_is_ignored():
    log_hazard, link = random_case(3, 3)
    other = link + 7 * np.eye(3)
    assert np.array_equal(*(joint_probabilities(log_hazard, g, 0.1) for g in (link, other)))


def test_zero_hazard_never_happens():
    joint = one([[np.log(2.0), -INF]] * 3, [[0, 4.0], [0, 0]])
    assert np.all(marginals(joint)[:, 1] == 0)


def test_zero_length_step_changes_nothing():
    log_hazard, link = random_case(4, 3)
    joint = joint_probabilities(log_hazard, link, [0.0, 0.2, 0.0])
    assert np.all(joint[:, 0, 0] == 1) and np.array_equal(joint[:, 1], joint[:, 2])


def test_splitting_a_step_in_two_gives_the_same_result():
    log_hazard, link = random_case(5, 4, steps=1)
    fade = [0.5, INF, 0.1, INF]
    whole = joint_probabilities(log_hazard, link, 0.3, fade)
    halves = joint_probabilities(np.repeat(log_hazard, 2, axis=1), link, 0.15, fade)
    assert np.allclose(whole[:, 0], halves[:, 1], atol=1e-7)


def test_infinite_half_life_is_no_fade():
    log_hazard, link = random_case(6, 3)
    no_fade = joint_probabilities(log_hazard, link, 0.1)
    assert np.array_equal(no_fade, joint_probabilities(log_hazard, link, 0.1, np.full(3, INF)))


def test_slow_fade_approaches_no_fade_and_fast_fade_no_link():
    log_hazard, link = random_case(7, 3, highest=1.0)
    slow, fast = (joint_probabilities(log_hazard, link, 0.1, np.full(3, f)) for f in (1e6, 1e-3))
    assert np.allclose(slow, joint_probabilities(log_hazard, link, 0.1), atol=1e-6)
    assert np.allclose(fast, joint_probabilities(log_hazard, 0 * link, 0.1), atol=2e-3)


def test_permuting_outcomes_permutes_states():
    log_hazard, link = random_case(8, 4)
    fade, order = np.array([0.2, INF, 1.0, INF]), np.array([2, 0, 3, 1])
    joint = joint_probabilities(log_hazard, link, 0.1, fade)
    log_hazard, link = log_hazard[..., order], link[:, order][..., order]
    permuted = joint_probabilities(log_hazard, link, 0.1, fade[order])
    state = [sum((s >> int(k) & 1) << i for i, k in enumerate(order)) for s in range(16)]
    assert np.allclose(permuted[..., state], joint, atol=1e-7)


def test_each_draw_is_answered_in_its_own_place():
    log_hazard, link = random_case(9, 3, draws=100)
    joint = joint_probabilities(log_hazard, link, 0.1)
    alone = [one(h, g, 0.1) for h, g in zip(log_hazard, link, strict=True)]
    assert np.allclose(joint, alone, atol=1e-7)


def test_result_is_identical_between_runs_and_thread_counts():
    log_hazard, link = random_case(10, 4, draws=200)
    threads = get_num_threads()
    runs = [joint_probabilities(log_hazard, link, 0.1) for _ in range(2)]
    try:
        set_num_threads(1)
        runs.append(joint_probabilities(log_hazard, link, 0.1))
    finally:
        set_num_threads(threads)
    assert np.array_equal(runs[0], runs[1]) and np.array_equal(runs[0], runs[2])


@settings(max_examples=60, deadline=None)
@given(
    outcomes=st.integers(1, 4),
    seed=st.integers(0, 2**32 - 1),
    highest=st.floats(-20, 20),
    spread=st.floats(0, 10),
    years=st.lists(st.floats(0, 0.2), min_size=1, max_size=5),
    fades=st.booleans(),
)
def test_probabilities_are_proper_and_never_go_back(outcomes, seed, highest, spread, years, fades):
    rng = np.random.default_rng(seed)
    log_hazard = highest - spread * rng.random((5, len(years), outcomes))
    link = spread * rng.normal(size=(5, outcomes, outcomes))
    fade = rng.choice([1e-3, 0.3, INF], outcomes) if fades else None
    joint = joint_probabilities(log_hazard, link, years, fade)
    assert joint.min() >= 0
    assert np.abs(joint.sum(axis=2) - 1).max() < 1e-9
    assert np.diff(marginals(joint), axis=1, prepend=0).min() > -1e-12


def test_one_compilation_serves_every_memory_layout():
    log_hazard, link = random_case(11, 3)
    joint_probabilities(log_hazard, link, np.full(3, 0.1))
    compiled = len(kernels.solve.signatures)
    step = np.full(6, 0.1)[::2]
    step.flags.writeable = False
    joint_probabilities(np.asfortranarray(log_hazard), np.asfortranarray(link), step)
    assert len(kernels.solve.signatures) == compiled


def test_rare_outcomes_are_not_lost_in_short_steps():
    joint = one(np.full((1000, 1), np.log(1e-6)), [[0.0]], 0.01)
    assert marginals(joint)[-1, 0] == pytest.approx(1e-5, rel=1e-4)


def test_marginals_sum_the_states_with_the_bit_set():
    assert np.allclose(marginals([[[0.1, 0.2, 0.3, 0.4]]]), [[[0.6, 0.7]]])


def test_no_draws_or_no_steps_give_an_empty_result():
    assert joint_probabilities(np.zeros((0, 3, 2)), np.zeros((0, 2, 2)), 1.0).shape == (0, 3, 4)
    assert joint_probabilities(np.zeros((3, 0, 2)), np.zeros((3, 2, 2)), 1.0).shape == (3, 0, 4)


GOOD = dict(log_hazard=np.zeros((2, 3, 2)), link=np.zeros((2, 2, 2)), step=0.1)


@pytest.mark.parametrize(
    "name, value",
    [
        ("log_hazard", np.zeros((2, 3))),
        ("log_hazard", np.zeros((2, 3, 0))),
        ("log_hazard", np.full((2, 3, 2), np.nan)),
        ("log_hazard", np.full((2, 3, 2), INF)),
        ("link", np.zeros((1, 2, 2))),
        ("link", np.full((2, 2, 2), 51.0)),
        ("link", np.full((2, 2, 2), np.nan)),
        ("step", [0.1, 0.1]),
        ("step", -0.1),
        ("step", np.nan),
        ("fade", [1.0]),
        ("fade", [0.0, 1.0]),
        ("start", 4),
        ("start", -1),
        ("start", [0.5, 0.5]),
        ("start", [0.5, 0.6, 0, 0]),
        ("start", [1.5, -0.5, 0, 0]),
    ],
)
def test_bad_argument_is_named(name, value):
    with pytest.raises(ValueError, match=f"^{name} "):
        joint_probabilities(**(GOOD | {name: value}))


def test_bad_shape_is_told_with_the_shape_expected():
    with pytest.raises(ValueError, match=r"^link must have shape \(2, 2, 2\), got \(3, 2, 2\)$"):
        joint_probabilities(**(GOOD | {"link": np.zeros((3, 2, 2))}))


@pytest.mark.parametrize("shape", [(), (2, 3), (2, 1)])
def test_marginals_of_a_bad_shape_raise(shape):
    with pytest.raises(ValueError, match="^joint "):
        marginals(np.zeros(shape))


def by_hand(hazard, half_life, acting, years):
    """Chance that the second of two outcomes has happened: the first acts, or acted, on it.

    Levels of the first: earlier links act, quiet, recent, past; of the second: not yet, happened.
    hazard: of the first, of the second in calm, of the second while links act.
    """
    again, calm, acted = hazard
    fading = np.log(2) / half_life
    rate_of_second = np.array([acted, calm, acted, calm])
    first = np.zeros((4, 4))
    first[0, 1] = first[2, 3] = fading
    first[0, 2] = first[1, 2] = again
    G = np.zeros((5, 5))  # the fifth level: the second has happened
    G[:4, :4], G[:4, 4] = first, rate_of_second
    G[np.diag_indices(5)] = -G.sum(axis=1)
    start = np.array([acting, 1 - acting, 0, 0, 0])
    return (start @ expm(G * years))[4]


@pytest.mark.parametrize("acting", [0.0, 0.3, 1.0])
def test_an_earlier_occurrence_acts_until_it_fades_and_never_twice_at_once(acting):
    hazard = 0.8, 0.1, 0.5  # a year
    log_hazard = np.log([[[hazard[0], hazard[1]]]])
    link = np.array([[[0.0, np.log(hazard[2] / hazard[1])], [0.0, 0.0]]])
    joint = joint_probabilities(log_hazard, link, 1.5, [0.4, INF], acting=[acting, 0.0])
    expected = by_hand(hazard, 0.4, acting, 1.5)
    assert marginals(joint)[0, 0, 1] == pytest.approx(expected, abs=1e-7)
    assert marginals(joint)[0, 0, 0] == pytest.approx(1 - np.exp(-0.8 * 1.5), abs=1e-7)


def test_an_outcome_that_has_happened_and_still_acts_starts_recent():
    log_hazard, link = np.log([[[0.8, 0.1]]]), np.array([[[0.0, np.log(5)], [0.0, 0.0]]])
    fade, years = [0.4, INF], 1.5
    joint = joint_probabilities(log_hazard, link, years, fade, start=1, acting=[0.3, 0.0])
    gone = joint_probabilities(log_hazard, link, years, fade, start=1)
    fresh = joint_probabilities(log_hazard, link, years, fade, start=1, acting=[1.0, 0.0])
    assert joint == pytest.approx(0.3 * fresh + 0.7 * gone, abs=1e-7)
    # while recent at 0.5 a year, for Exp(ln 2 / 0.4) years; then at 0.1
    fading = np.log(2) / 0.4
    stays = np.exp(-(0.4 + fading) * years)
    survives = np.exp(-0.1 * years) * (stays + fading / (0.4 + fading) * (1 - stays))
    assert marginals(fresh)[0, 0, 1] == pytest.approx(1 - survives, abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    acting=st.floats(0, 1),
    ratio=st.floats(1, 30),
    years=st.floats(0.05, 3),
)
def test_what_is_linked_never_exceeds_its_hazard_while_links_act_times_exposure(
    seed, acting, ratio, years
):
    rng = np.random.default_rng(seed)
    again, calm = rng.uniform(0.01, 5), rng.uniform(0.01, 0.5)
    link = np.array([[[0.0, np.log(ratio)], [0.0, 0.0]]])
    made = [Condition(0, "made", 0)]
    joint = joint_probabilities(
        np.log([[[again, calm]] * 2]), link, years / 2, [0.3, INF], 0, made, [acting, 0.0]
    )
    bound = 1 - np.exp(-calm * ratio * years)  # the class's rate all the time
    assert marginals(joint)[0, -1, 1] <= bound + 1e-9


def test_with_no_earlier_links_the_answer_is_the_same_bit_for_bit():
    log_hazard, link = random_case(3, 3)
    fade = [0.3, INF, 2.0]
    plain = joint_probabilities(log_hazard, link, 0.5, fade, 4)
    assert np.array_equal(
        plain, joint_probabilities(log_hazard, link, 0.5, fade, 4, acting=np.zeros(3))
    )


def test_chances_of_acting_are_between_zero_and_one():
    log_hazard, link = random_case(3, 2)
    with pytest.raises(ValueError, match="acting must be chances from 0 to 1"):
        joint_probabilities(log_hazard, link, 0.5, [0.3, INF], acting=[1.2, 0.0])


@pytest.mark.parametrize("hazard", [0.01, 0.05, 0.2, 0.5, 5.0])
def test_an_outcome_alone_has_come_with_one_minus_exp_of_its_hazard(hazard):
    alone = np.full((3, 36, 1), np.log(hazard))
    chances = marginals(joint_probabilities(alone, np.zeros((3, 1, 1)), 1 / 12))
    expected = -np.expm1(-hazard * np.arange(1, 37) / 12)
    assert chances[:, :, 0] == pytest.approx(np.tile(expected, (3, 1)), abs=1e-9)
