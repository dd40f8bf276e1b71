"""What a driver adds to another: the step by hand, the regression against importance sampling."""

from dataclasses import replace

import numpy as np
import pytest

from model.fit.drivers import monthly_decay
from model.fit.flow import Flow, draw_flow, posterior, simulate
from model.fit.futures import drawn
from model.fit.influences import InfluencePrior, draw_influences, influence_prior
from model.fit.step import Step
from model.scenario import SCENARIO_FOLDER, load_scenario
from model.scenario.influence_order import in_order

DECAY = np.array([0.9, 0.5, 0.8])
SCENARIO = load_scenario(SCENARIO_FOLDER)
# 0 -> 1 and 1 -> 2
ENDS = np.array([0, 1]), np.array([1, 2])
PRIOR = InfluencePrior(*ENDS, location=np.array([0.1, 0.0]), scale=np.array([0.1, 0.1]))


def step(*adds):
    return Step(DECAY, PRIOR.start, PRIOR.end, np.array([adds]))


def test_a_month_leaves_a_share_of_each_level_and_adds_to_those_that_follow():
    left = step(0.2, -0.1).after(np.array([[1.0, 2.0, 3.0]]))
    # 0.9 * 1; 0.5 * 2 + 0.2 * 1; 0.8 * 3 - 0.1 * 2
    assert left[0] == pytest.approx([0.9, 1.2, 2.2])


def test_what_a_unit_a_month_earlier_adds_is_the_transpose():
    """The row vector r times the month's matrix: r B, with B[1, 0] = 0.2 and B[2, 1] = -0.1."""
    month = np.diag(DECAY)
    month[1, 0], month[2, 1] = 0.2, -0.1
    reach = np.array([[0.3, -0.5, 0.7]])
    free = np.ones(3)
    assert step(0.2, -0.1).before(reach, free) == pytest.approx(reach @ month)
    month[2, 1] *= 0.25  # driver 1 is set in three quarters of the month
    free[1] = 0.25
    assert step(0.2, -0.1).before(reach, free) == pytest.approx(reach @ month)


def histories(draws, months, adds, seed=1):
    rng = np.random.default_rng(seed)
    root = 0.3 * np.linalg.cholesky(np.array([[1, 0.5, 0], [0.5, 1, 0.3], [0, 0.3, 1]]))
    flow = Flow(np.full((draws, 3), 0.1), np.tile(root, (draws, 1, 1)))
    return simulate(np.ones((draws, 3)), flow, step(*adds), months + 1, rng)


def test_what_is_learned_agrees_with_prior_draws_weighed_by_the_closed_form():
    """Given what influences add, the flows' density is |scatter|^(-freedom / 2) (the matrix t)."""
    raw = histories(1, 12, (0.15, -0.1))
    rng, many = np.random.default_rng(2), 60_000
    adds = PRIOR.location + PRIOR.scale * rng.standard_normal((many, 2))
    every = np.repeat(raw, many, axis=0)
    given = posterior(
        every[:, 1:] - Step(DECAY, PRIOR.start, PRIOR.end, adds).after(every[:, :-1]), DECAY
    )
    log_weight = -0.5 * given.freedom * np.linalg.slogdet(given.scatter)[1]
    weight = np.exp(log_weight - log_weight.max())
    mean = np.average(adds, axis=0, weights=weight)
    sd = np.sqrt(np.average((adds - mean) ** 2, axis=0, weights=weight))
    learned = draw_influences(every[:20_000], DECAY, PRIOR, np.random.default_rng(3))
    left = weight.sum() ** 2 / (weight**2).sum()
    assert left > 5_000 and (sd < 0.9 * PRIOR.scale).any()
    assert (np.abs(learned.mean(axis=0) - mean) < 4 * sd / np.sqrt(left)).all()
    assert learned.std(axis=0) == pytest.approx(sd, rel=0.03)


def test_many_months_teach_what_an_influence_adds():
    """Forty histories of 400 months, each with a posterior whose sd is about 0.03."""
    raw = histories(40, 400, (0.15, -0.1))
    learned = draw_influences(raw, DECAY, PRIOR, np.random.default_rng(4))
    assert (learned.std(axis=0) < 0.06).all()
    assert learned.mean(axis=0) == pytest.approx([0.15, -0.1], abs=0.02)


def test_influences_that_add_nothing_change_no_bit_of_history_or_future():
    raw, nothing = histories(5, 20, (0.15, -0.1)), step(0.0, 0.0)
    nothing = replace(nothing, adds=np.zeros((5, 2)), start=PRIOR.start, end=PRIOR.end)
    both = []
    for of in (nothing, Step(DECAY)):
        rng = np.random.default_rng(5)
        flow = draw_flow(raw, of, rng)
        both.append((flow.mean, flow.root, simulate(raw[:, -1], flow, of, 10, rng)))
    assert all(np.array_equal(a, b) for a, b in zip(*both, strict=True))


def test_without_influences_the_futures_are_those_of_the_flow_alone():
    alone, decay = SCENARIO.model_copy(update={"influences": ()}), monthly_decay(SCENARIO.drivers)
    raw = np.random.default_rng(6).normal(0, 0.5, (4, 15, len(decay)))
    paths, rng = drawn(alone, raw, 8, 7), np.random.default_rng([7, 1])
    flow = draw_flow(raw, Step(decay), rng)
    assert np.array_equal(paths["raw_path"], simulate(raw[:, -1], flow, Step(decay), 8, rng))
    assert paths["adds"].shape == (4, 0)


def test_the_prior_is_the_scenarios_interval_in_levels_a_month():
    prior = influence_prior(SCENARIO)
    first = SCENARIO.influences[0]
    low, high = first.adds
    assert SCENARIO.driver_ids[prior.start[0]] == first.from_
    assert prior.location[0] == pytest.approx((low + high) / 2)
    assert prior.location[0] + 1.6449 * prior.scale[0] == pytest.approx(high, abs=1e-5)


def test_drivers_come_after_all_that_act_on_them_and_a_circle_is_named():
    assert in_order([("b", "c"), ("a", "b")], "cabd") == ["a", "d", "b", "c"]
    with pytest.raises(ValueError, match=r"^(b -> c -> b|c -> b -> c)$"):
        in_order([("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")])
