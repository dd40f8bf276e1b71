"""The flow of new events: its posterior against closed forms, its future against a recursion."""

import numpy as np
import pytest
from scipy import stats

from model.fit.flow import (
    KEEP,
    SPREAD,
    Flow,
    common,
    draw_flow,
    expected,
    posterior,
    simulate,
    unknown,
)
from model.fit.step import Step

DECAY = np.array([0.9, 0.5])
MEAN = np.array([0.05, -0.2])
COVARIANCE = np.array([[0.04, 0.018], [0.018, 0.09]])
# shocks of drivers that alone would wander with sd 0.5, times 16 - 1: an inverse Wishart of 2 + 16
# degrees of freedom has a mean of its scatter over 18 - 2 - 1
PRIOR = 15 * np.diag(0.25 * (1 - DECAY**2))
STEP = np.sqrt((1 - KEEP**2) * SPREAD)  # sd of the mean's step, in shocks


def wandered(draws, months, root, rng):
    """Flows (draws, months, 2) month by month, and the mean (draws, 2) that they end with."""
    mean = np.sqrt(SPREAD) * (root @ rng.standard_normal((draws, 2, 1)))[..., 0]
    rows = []
    for month in range(months):
        step, shock = (root @ rng.standard_normal((2, draws, 2, 1)))[..., 0]
        mean = KEEP * mean + STEP * step if month else mean
        rows.append(mean + shock)
    return np.stack(rows, axis=1), mean


def levels(rows):
    """Raw levels (draws, months + 1, 2) whose flows are `rows`."""
    path = [np.zeros(rows[:, 0].shape)]
    for month in range(rows.shape[1]):
        path.append(DECAY * path[-1] + rows[:, month])
    return np.stack(path, axis=1)


@pytest.fixture(scope="module")
def short():
    """One history of twelve flows."""
    root = np.linalg.cholesky(COVARIANCE)
    return MEAN + wandered(1, 12, root, np.random.default_rng(1))[0][0]


def kalman(seen):
    """The mean's filter month by month, as (mean, variance, scatter): a textbook's recursion.

    West and Harrison, chapter 16: of each error the share `moved / (moved + 1)` is the mean's.
    """
    mean, variance, scatter = np.zeros(2), SPREAD / KEEP**2 - STEP**2 / KEEP**2, PRIOR.copy()
    for row in seen:
        moved = KEEP**2 * variance + STEP**2
        error = row - KEEP * mean
        scatter += np.outer(error, error) / (moved + 1)
        variance = moved / (moved + 1)
        mean = KEEP * mean + variance * error
    return mean, variance, scatter


def test_the_posterior_is_that_of_the_filter_month_by_month(short):
    given = posterior(short[None], DECAY)
    mean, variance, scatter = kalman(short)
    assert given.mean[0] == pytest.approx(mean)
    assert unknown(12) == pytest.approx(variance)
    assert given.scatter[0] == pytest.approx(scatter)
    assert given.freedom == 18 + 12


def test_the_mean_by_hand_after_a_single_month():
    """One flow f: the mean is 0.4 / 1.4 f, its variance 0.4 - 0.4**2 / 1.4; f f' / 1.4 scatters."""
    given = posterior(np.array([[[0.7, -0.35]]]), DECAY)
    assert given.mean[0] == pytest.approx([0.2, -0.1])
    assert unknown(1) == pytest.approx(0.4 - 0.16 / 1.4)
    assert given.scatter[0] == pytest.approx(PRIOR + np.array([[0.35, -0.175], [-0.175, 0.0875]]))


def test_half_of_a_mean_is_left_after_two_years_and_neighbours_correlate_by_a_quarter():
    assert expected(25)[[0, 24]] == pytest.approx([1.0, 0.5])
    assert KEEP * SPREAD / (1 + SPREAD) == pytest.approx(0.28, abs=0.005)


def test_truths_from_the_prior_cannot_be_told_from_draws_given_their_flows():
    """20,000 worlds (Geweke 2004): truth and draw have one law, alone and with the flows."""
    draws, rng = 20_000, np.random.default_rng(3)
    sigma = stats.invwishart(18, PRIOR).rvs(draws, random_state=4)
    seen, last = wandered(draws, 8, np.linalg.cholesky(sigma), rng)
    drawn = draw_flow(levels(seen), Step(DECAY), rng)
    size = np.abs(seen[:, -1]).sum(axis=1)
    shift = (drawn.root @ rng.standard_normal((draws, 2, 1)))[..., 0]
    mean = drawn.mean + np.sqrt(drawn.unknown) * shift
    pairs = [
        (last[:, 0], mean[:, 0]),
        (last[:, 1], mean[:, 1]),
        (np.linalg.slogdet(sigma)[1], np.linalg.slogdet(drawn.covariance)[1]),
        (correlation(sigma), correlation(drawn.covariance)),
    ]
    for truth, draw in pairs:
        assert stats.ks_2samp(truth, draw).pvalue > 0.001
    signs = np.sign(seen[:, -1, 0] * seen[:, 0, 0])
    for truth, draw in pairs[2:]:
        for of in (np.ones(draws), np.log(size), signs):
            difference = of * (truth - draw)
            assert abs(difference.mean()) < 4 * difference.std() / np.sqrt(draws)


def correlation(sigma):
    return sigma[:, 0, 1] / np.sqrt(sigma[:, 0, 0] * sigma[:, 1, 1])


@pytest.fixture(scope="module")
def many(short):
    """Draws of the flow after one short history, and the closed form."""
    history = np.repeat(levels(short[None]), 20_000, axis=0)
    return draw_flow(history, Step(DECAY), np.random.default_rng(5)), posterior(short[None], DECAY)


def test_the_covariance_is_inverse_wishart(many):
    drawn, given = many
    of = drawn.covariance
    other = stats.invwishart(given.freedom, given.scatter[0]).rvs(len(of), random_state=6)
    assert stats.ks_2samp(correlation(of), correlation(other)).pvalue > 0.001
    for number in (lambda s: s[:, 0, 0], lambda s: s[:, 1, 1], lambda s: np.linalg.slogdet(s)[1]):
        assert stats.ks_2samp(number(of), number(other)).pvalue > 0.001


def test_a_draw_has_the_mean_that_its_history_gives_and_how_unsure_that_is(many):
    drawn, given = many
    assert drawn.mean == pytest.approx(np.tile(given.mean, (len(drawn.mean), 1)))
    assert drawn.unknown == unknown(12)


def test_mean_and_covariance_of_many_months_are_recovered():
    rng = np.random.default_rng(7)
    seen, last = wandered(1, 1000, np.linalg.cholesky(COVARIANCE), rng)
    drawn = draw_flow(np.repeat(levels(seen), 50, axis=0), Step(DECAY), rng)
    # 1,000 months: the variances to sqrt(2 / 1000) = 4.5 %
    assert drawn.covariance.mean(axis=0) == pytest.approx(COVARIANCE, rel=0.2)
    assert np.abs(drawn.mean - last).max() < 4 * 0.3 * np.sqrt(drawn.unknown)


def test_simulated_futures_have_the_levels_and_means_of_the_recursion():
    """(z, mean) is an autoregression; its covariance month by month is P = A P A' + Q."""
    draws, months = 40_000, 25
    root = np.linalg.cholesky(COVARIANCE)
    given = Flow(np.tile(MEAN, (draws, 1)), np.tile(root, (draws, 1, 1)), unknown=0.3)
    path = simulate(np.full((draws, 2), 1.5), given, Step(DECAY), months, np.random.default_rng(8))
    assert path.shape == (draws, months, 2) and (path[:, 0] == 1.5).all()
    step = np.block([[np.diag(DECAY), KEEP * np.eye(2)], [np.zeros((2, 2)), KEEP * np.eye(2)]])
    wander = STEP**2 * COVARIANCE
    noise = np.block([[COVARIANCE + wander, wander], [wander, wander]])
    mean, spread = np.concatenate([[1.5, 1.5], MEAN]), np.zeros((4, 4))
    spread[2:, 2:] = 0.3 * COVARIANCE
    for month in range(1, months):
        mean, spread = step @ mean, step @ spread @ step.T + noise
        sd = np.sqrt(np.diag(spread)[:2])
        assert (np.abs(path[:, month].mean(axis=0) - mean[:2]) < 5 * sd / 200).all()
        seen = np.cov(path[:, month].T)
        assert seen == pytest.approx(spread[:2, :2], abs=5 * sd.max() ** 2 * np.sqrt(2) / 200)


def test_two_months_to_come_share_the_steps_up_to_the_earlier():
    """Month 1 and month 3: a shock each of its own; the first step is left by KEEP squared."""
    shared = common(4, 0.0)
    assert shared[1, 1] == pytest.approx(1 + STEP**2)
    assert shared[1, 3] == pytest.approx(STEP**2 * KEEP**2)
    assert shared[2, 2] == pytest.approx(1 + STEP**2 * (1 + KEEP**2))
    assert shared[0] == pytest.approx([1, 0, 0, 0])  # the as-of day's mean is known
    # or known but for a variance, of which each month leaves KEEP squared
    left = np.array([0, KEEP, KEEP**2, KEEP**3])  # month 0's flow itself has been
    assert common(4, 0.2) - shared == pytest.approx(0.2 * np.outer(left, left))


def test_one_month_ahead_the_future_is_what_is_left_plus_the_flow():
    still = Flow(np.array([MEAN]), np.zeros((1, 2, 2)))
    path = simulate(np.array([[1.0, 2.0]]), still, Step(DECAY), 3, np.random.default_rng(6))
    # with k = KEEP: 0.9 * 1 + 0.05 k, 0.9 times that + 0.05 k**2; 0.5 * 2 - 0.2 k and so on
    first = [0.9 + 0.05 * KEEP, 1 - 0.2 * KEEP]
    second = [0.9 * first[0] + 0.05 * KEEP**2, 0.5 * first[1] - 0.2 * KEEP**2]
    assert path[0] == pytest.approx(np.array([[1.0, 2.0], first, second]))


def test_a_shorter_future_is_the_start_of_a_longer_one(many):
    drawn, _ = many
    now = np.zeros(drawn.mean.shape)
    short, long = (
        simulate(now, drawn, Step(DECAY), months, np.random.default_rng(9)) for months in (4, 9)
    )
    assert np.array_equal(short, long[:, :4])
