"""Learning a driver's level: the conditional normal distribution, and no more than that."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from model.assumptions import Assumptions, Dated, DriverAssumption
from model.fit.drivers import monthly_decay, unsaturate
from model.fit.flow import KEEP, SPREAD, Flow, simulate
from model.fit.futures import step_of, unknown_mean
from model.fit.step import Step
from model.forecast import forecast
from model.forecast.learning import beyond, learn
from model.scenario import MONTH_DAYS

MONTHS = 6
WATCHED = "azerbaijani_coercion"


def small_run(fitted, cov, draws=3, seed=1, influenced=0):
    """The run with few draws and months, the drivers' shocks having covariance `cov`.

    influenced: 1 where drivers act on each other, 0 where they do not.
    """
    rng = np.random.default_rng(seed)
    size = len(fitted.scenario.drivers)
    root = np.broadcast_to(np.linalg.cholesky(cov), (draws, size, size))
    flow = Flow(rng.normal(0, 0.1, (draws, size)), root)
    now = rng.normal(0, 0.5, (draws, size))
    adds = rng.normal(0, 0.1, (draws, len(fitted.scenario.influences))) * influenced
    paths = {"flow_mean": flow.mean, "flow_root": flow.root, "adds": adds}
    step = step_of(replace(fitted, paths=paths))
    return replace(fitted, paths=paths | {"raw_path": simulate(now, flow, step, MONTHS + 1, rng)})


def correlated(size, seed=2):
    root = np.random.default_rng(seed).normal(size=(size, size)) / np.sqrt(size)
    return 0.1 * (root @ root.T + 0.3 * np.eye(size))


def after(run, months):
    return run.as_of + timedelta(days=round(months * MONTH_DAYS))


def at(id, level, run, months=1, verb="assume"):
    return DriverAssumption(id=id, level=level, from_=after(run, months), verb=verb)


def place(run, id):
    return run.scenario.driver_ids.index(id)


def one_month(run, draw):
    """(drivers, drivers): what a month leaves of each driver, and what each adds to the others."""
    month = np.diag(monthly_decay(run.scenario.drivers))
    for influence, adds in zip(run.scenario.influences, run.paths["adds"][draw], strict=True):
        month[place(run, influence.to), place(run, influence.from_)] = adds
    return month


def joint_normal(run, draw):
    """Mean and covariance of a draw's levels, all months 1.. and drivers, as one long vector.

    Written as z = A z + b + flows, solved as a whole: mean (I - A)^-1 b, and the flows' covariance
    between the two inverses. A flow is a shock and the mean: the sum of what is left of its steps,
    and of what the history leaves unknown of it on the as-of day.
    """
    month = one_month(run, draw)
    size, months = len(month), run.paths["raw_path"].shape[1] - 1
    step = np.kron(np.eye(months, k=-1), month)
    solved = np.linalg.inv(np.eye(months * size) - step)
    left = KEEP ** np.arange(1, months + 1)
    source = np.outer(left, run.paths["flow_mean"][draw]).ravel()
    source[:size] += month @ run.paths["raw_path"][draw, 0]
    root = run.paths["flow_root"][draw]
    steps = np.tril(KEEP ** np.abs(np.subtract.outer(np.arange(months), np.arange(months))))
    common = np.eye(months) + (1 - KEEP**2) * SPREAD * steps @ steps.T
    common += unknown_mean(run) * np.outer(left, left)
    return solved @ source, solved @ np.kron(common, root @ root.T) @ solved.T


@pytest.fixture(scope="module", params=[0, 1], ids=["no influences", "influences"])
def run(fitted, request):
    return small_run(fitted, correlated(len(fitted.scenario.drivers)), influenced=request.param)


@pytest.fixture(scope="module")
def numbers(run):
    """Three numbers about two drivers, and where they stand in the long vector."""
    days = [after(run, 2), after(run, 5)]
    path = tuple(Dated(from_=d, level=x) for d, x in zip(days, (1.2, -0.4), strict=True))
    first = DriverAssumption(id=WATCHED, path=path, verb="assume")
    second = at("turkish_backing", 0.9, run, months=3)
    size = len(run.scenario.drivers)
    a, b = place(run, WATCHED), place(run, "turkish_backing")
    places = np.array([1 * size + a, 4 * size + a, 2 * size + b])
    return [first, second], places, unsaturate(np.array([1.2, -0.4, 0.9]))


def test_the_learned_level_is_met_exactly_at_its_month(run, numbers):
    assumed, places, raw = numbers
    long = learn(run, assumed).path[:, 1:].reshape(3, -1)
    assert long[:, places] == pytest.approx(np.tile(raw, (3, 1)), abs=1e-10)


def test_today_is_not_changed_by_what_is_learned_of_tomorrow(run, numbers):
    assert np.array_equal(learn(run, numbers[0]).path[:, 0], run.paths["raw_path"][:, 0])


def test_the_density_is_the_multivariate_normals(run, numbers):
    assumed, places, raw = numbers
    learned = learn(run, assumed)
    for draw in range(3):
        mean, cov = joint_normal(run, draw)
        expected = multivariate_normal(mean[places], cov[np.ix_(places, places)])
        assert learned.log_density[draw] == pytest.approx(expected.logpdf(raw), rel=1e-9)
        gap = raw - mean[places]
        assert learned.score[draw] == pytest.approx(gap / np.sqrt(np.diag(cov)[places]))
        distance = gap @ np.linalg.solve(cov[np.ix_(places, places)], gap)
        assert learned.distance[draw] == pytest.approx(distance, rel=1e-9)


def test_each_path_moves_by_the_regression_on_what_was_learned(run, numbers):
    """Matheron: z + Cov(z, y) Var(y)^-1 (told - y), every month and driver at once."""
    assumed, places, raw = numbers
    paths = learn(run, assumed).path[:, 1:].reshape(3, -1)
    for draw in range(3):
        _, cov = joint_normal(run, draw)
        before = run.paths["raw_path"][draw, 1:].ravel()
        gain = cov[:, places] @ np.linalg.inv(cov[np.ix_(places, places)])
        assert paths[draw] == pytest.approx(before + gain @ (raw - before[places]), abs=1e-9)


def many_futures(few, many, months):
    """The run with `many` futures of each of its draws, so many months long."""
    paths = {name: np.repeat(array, many, axis=0) for name, array in few.paths.items()}
    flow = Flow(paths["flow_mean"], paths["flow_root"], unknown_mean(few))
    now = paths["raw_path"][:, 0]
    step = step_of(replace(few, paths=paths))
    path = simulate(now, flow, step, months, np.random.default_rng(3))
    return replace(few, paths=paths | {"raw_path": path})


def test_many_paths_have_the_conditional_mean_and_covariance(fitted):
    """20,000 futures of one draw: the normal formula's mean within 5 standard errors."""
    many, cov = 20_000, correlated(len(fitted.scenario.drivers))
    run = many_futures(small_run(fitted, cov, draws=1, influenced=1), many, MONTHS + 1)
    decay = monthly_decay(fitted.scenario.drivers)
    paths = learn(run, [at(WATCHED, 1.5, run, months=3)]).path[:, 1:].reshape(many, -1)
    mean, cov = joint_normal(run, 0)
    seen = 2 * len(decay) + place(run, WATCHED)
    gain = cov[:, seen] / cov[seen, seen]
    expected = mean + gain * (unsaturate(1.5) - mean[seen])
    spread = cov - np.outer(gain, cov[seen])
    error = np.sqrt(np.maximum(np.diag(spread), 1e-12) / many)
    assert (np.abs(paths.mean(axis=0) - expected) < 5 * error + 1e-9).all()
    assert np.abs(np.cov(paths.T) - spread).max() < 0.03 * np.diag(spread).max()


def test_assume_is_what_remains_of_the_futures_when_those_that_miss_are_thrown_away(fitted):
    """80,000 futures of two draws that differ in all but Sigma; those within 0.05 of the level."""
    size = len(fitted.scenario.drivers)
    two = small_run(fitted, correlated(size), draws=2, seed=8, influenced=1)
    run = many_futures(two, 40_000, 5)
    path = run.paths["raw_path"]
    learned = learn(run, [at(WATCHED, 0.4, run, months=3)])
    left = path[np.abs(path[:, 3, place(run, WATCHED)] - unsaturate(0.4)) < 0.05]
    expected = np.average(learned.path, axis=0, weights=np.exp(learned.log_density))
    error = left.std(axis=0) / np.sqrt(len(left))
    assert len(left) > 1_000
    # the last 0.002: a window is not a point
    assert (np.abs(left.mean(axis=0) - expected) < 5 * error + 0.002).all()


def test_without_correlation_no_other_driver_moves(fitted):
    run = small_run(fitted, np.diag(np.linspace(0.05, 0.2, len(fitted.scenario.drivers))))
    moved = learn(run, [at(WATCHED, 1.5, run, months=2)]).path - run.paths["raw_path"]
    others = np.arange(moved.shape[2]) != place(run, WATCHED)
    assert (moved[:, :, others] == 0).all() and (moved[:, 1:, ~others] != 0).all()


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_correlated_driver_moves_in_the_correlations_direction(fitted, sign):
    cov = 0.1 * np.eye(len(fitted.scenario.drivers))
    a, b = (fitted.scenario.driver_ids.index(id) for id in (WATCHED, "turkish_backing"))
    cov[a, b] = cov[b, a] = sign * 0.06
    run = small_run(fitted, cov)
    up = learn(run, [at(WATCHED, 1.9, run, months=2)]).path - run.paths["raw_path"]
    gap = 1 if (unsaturate(1.9) > run.paths["raw_path"][:, 2, a]).all() else 0
    assert gap == 1 and (np.sign(up[:, 1:, b]) == sign).all()
    # within the month alone b moves by cov / var = 0.6 of a's flow
    first = learn(run, [at(WATCHED, 1.9, run, months=1)]).path - run.paths["raw_path"]
    assert first[:, 1, b] == pytest.approx(sign * 0.6 * first[:, 1, a])


def test_make_and_assume_agree_on_a_driver_without_correlations(fitted):
    """All draws expect the same of the drivers, so none gains weight, and nothing else moves."""
    draws, size = fitted.paths["flow_mean"].shape
    root = np.broadcast_to(0.2 * np.eye(size), (draws, size, size))
    flow = Flow(np.full((draws, size), 0.05), root)
    step, rng = Step(monthly_decay(fitted.scenario.drivers)), np.random.default_rng(4)
    path = simulate(np.full((draws, size), 0.3), flow, step, 37, rng)
    alone = {"flow_mean": flow.mean, "flow_root": flow.root, "adds": 0 * fitted.paths["adds"]}
    run = replace(fitted, paths=alone | {"raw_path": path})
    # from the as-of date on: the driver stands at its level in every step under either verb
    made, assumed = (
        forecast(run, Assumptions(drivers=(at(WATCHED, 1.2, run, months=0, verb=verb),)))
        for verb in ("make", "assume")
    )
    assert assumed.effective_draws == pytest.approx(draws)
    for column in ("probability", "low", "high"):
        expected = made.outcomes[column].to_numpy()
        assert assumed.outcomes[column].to_numpy() == pytest.approx(expected, rel=1e-9)
    assert assumed.joint["probability"].to_numpy() == pytest.approx(
        made.joint["probability"].to_numpy(), rel=1e-9
    )


def test_the_tail_of_one_number_is_the_normal_one_by_hand(fitted):
    """Level 1 is raw 2 artanh(1/2) = ln 3 = 1.0986. With now 0.4, a half-life of 120 days (a month
    leaves 0.5^(30.4375/120) = 0.8388) and a flow whose mean of 0.1 a month leaves k = 0.9715 of,
    the draw expects 0.4327. A shock's sd is 0.3. To its variance the mean's step adds 0.4 (1 - k^2)
    = 0.0225 of it, and what 34 months of flows leave unknown of the mean 0.1181 k^2 = 0.1115: this
    v is where the filter stands still, v = (k^2 v + 0.0225) / (k^2 v + 1.0225). In all sd 0.3195,
    which is 2.0846 sd."""
    size = len(fitted.scenario.drivers)
    path = np.full((1, 3, size), 0.4)
    root = 0.3 * np.eye(size)[None]
    paths = {"raw_path": path, "flow_mean": np.full((1, size), 0.1), "flow_root": root}
    paths |= {"adds": np.zeros((1, len(fitted.scenario.influences)))}
    run = replace(fitted, paths=paths)
    assert fitted.scenario.driver(WATCHED).half_life_days == 120
    learned = learn(run, [at(WATCHED, 1.0, run)])
    assert learned.score[0, 0] == pytest.approx(2.0846, abs=1e-4)
    assert learned.tail == pytest.approx(0.01855, abs=1e-5)  # 1 - Phi(2.0846)
    assert learned.log_density[0] == pytest.approx(norm(0.4327, 0.3195).logpdf(np.log(3)), abs=1e-3)


def test_the_tail_is_on_the_nearer_side(fitted):
    run = small_run(fitted, 0.05 * np.eye(len(fitted.scenario.drivers)), draws=1)
    low, high = (learn(run, [at(WATCHED, x, run)]).tail for x in (-1.9, 1.9))
    assert 0 < low < 0.5 and 0 < high < 0.5


def test_two_numbers_are_reached_at_once_as_often_as_the_orthant_formula_says():
    """Both above 0: 1/4 + asin(r) / 2 pi, for r = 0.5 a third; apart, the product of the tails."""
    draws = 20_000
    half = np.broadcast_to([[1.0, 0.5], [0.5, 1.0]], (draws, 2, 2))
    error = 4 * 0.5 / np.sqrt(draws)
    assert beyond(np.zeros((draws, 2)), half).mean() == pytest.approx(1 / 3, abs=error)
    apart = beyond(np.tile([1.0, 2.0], (draws, 1)), np.broadcast_to(np.eye(2), (draws, 2, 2)))
    assert apart == pytest.approx(norm.sf(1) * norm.sf(2))


def test_a_number_more_never_makes_what_was_learned_less_surprising(run):
    """The fitted levels change little from month to month, and each is one thing more to be so."""
    days = [after(run, months) for months in range(1, MONTHS + 1)]
    levels = (-1.2, 0.6, 0.6, 0.7, 0.5, 0.6)
    path = [Dated(from_=d, level=x) for d, x in zip(days, levels, strict=True)]
    tails = [
        learn(run, [DriverAssumption(id=WATCHED, path=tuple(path[:n]), verb="assume")]).tail
        for n in range(1, MONTHS + 1)
    ]
    assert all(later <= earlier for earlier, later in pairwise(tails))
    assert 0 < tails[-1] < tails[0] < 0.5


@pytest.mark.parametrize(
    "days, month", [(0, 1), (1, 1), (30, 1), (31, 2), (61, 2), (62, 3), (999, 6)]
)
def test_a_level_learned_within_a_month_counts_at_its_end(run, days, month):
    """Months end after 30, 61, 91, ... days; there are six of them."""
    driver = DriverAssumption(
        id=WATCHED, level=1.0, from_=run.as_of + timedelta(days=days), verb="assume"
    )
    path = learn(run, [driver]).path[:, :, place(run, WATCHED)]
    met = (np.abs(path - np.log(3)) < 1e-9).all(axis=0)  # level 1 is raw ln 3
    assert list(np.flatnonzero(met)) == [month]


def test_of_two_levels_in_one_month_the_later_counts(run):
    days = run.as_of + timedelta(days=3), run.as_of + timedelta(days=9)
    path = tuple(Dated(from_=d, level=x) for d, x in zip(days, (-1.0, 1.0), strict=True))
    twice = learn(run, [DriverAssumption(id=WATCHED, path=path, verb="assume")])
    once = learn(run, [DriverAssumption(id=WATCHED, level=1.0, from_=days[1], verb="assume")])
    assert np.array_equal(twice.path, once.path)


def test_the_ends_of_the_scale_are_learned_without_infinities(run):
    learned = learn(run, [at(WATCHED, -2.0, run), at("turkish_backing", 2.0, run, months=6)])
    for values in (learned.path, learned.log_density, learned.score, learned.tail):
        assert np.isfinite(values).all()
