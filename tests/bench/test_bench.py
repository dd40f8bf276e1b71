"""What the benchmark compares answers the same question: every rival agrees with ours."""

import numpy as np
import pytest
from rich.console import Console

from model.forecast import forecast
from tests.bench import bench_update
from tests.bench.dashboard import verdicts
from tests.bench.dashboard.verdicts import Line
from tests.bench.rivals import contest, question
from tests.bench.rivals.contest import Row
from tests.bench.rivals.equal_error import Need, needs
from tests.bench.timing import Timing, by_turns

DRAWS = 400  # a forecast on fewer than 100 effective draws is refused
FOUR_ERRORS = 4.0  # of six outcomes one is further off by chance in 1 of 2,600 runs

TRUNCATION = 24e-7  # 1e-7 a step, 24 steps


@pytest.fixture(scope="module")
def few(fitted):
    return question.thinned(fitted, DRAWS)


@pytest.fixture(scope="module")
def asked(few):
    return question.question(question.shortened(few))


def off(rows):
    return {row.name: row.off for row in rows}


def test_the_arrays_that_rivals_get_are_the_question_that_ours_answers(few, asked):
    answer = contest.update(few)()
    assert np.abs(asked.chances().mean(axis=0) - answer.outcomes["probability"]).max() < 1e-9


def test_shortening_a_run_leaves_its_answer_by_then_as_it_was(few):
    """But for the truncation of the engine."""
    by = question.deadline(few)
    whole = forecast(question.nothing_earlier(few), question.QUESTION, by).outcomes["probability"]
    short = contest.update(few)().outcomes["probability"]
    assert np.abs(whole - short).max() < TRUNCATION


def test_ours_is_timed_by_itself_first_and_every_row_has_its_own_name(few):
    names = [row.name for row in contest.ours(few, runs=1)]
    assert names[0].startswith("ours, 24 months") and len(set(names)) == len(names) == 8


def test_the_outcome_assumed_is_certain_and_was_not_before(few):
    short, by = question.shortened(few), question.deadline(few)
    learned = forecast(short, question.with_outcome(few), by)
    place = few.scenario.outcome_ids.index("renewed_offensive")
    assert learned.outcomes["probability"][place] == pytest.approx(1)
    assert learned.chance < 0.5


@pytest.mark.slow
def test_pymc_agrees_within_its_monte_carlo_error(asked):
    """Plain Python, as compiling takes longer than 400 draws. With links its months are steps in
    which outcomes do not act on each other; that is off by less than 400 draws can show."""
    found = off(contest.pymc(asked, list, 1, backends=("FAST_COMPILE",)))
    assert len(found) == 4 and max(found.values()) < FOUR_ERRORS, found


def test_pyagrum_agrees_exactly_on_joint_months_and_nearly_on_single_outcomes(asked):
    """With a node an outcome, what happens within a month acts from the next month on: half a
    month late on average. Half of 24 months is 2 % of the time in which a link can act."""
    found = off(contest.networks(asked, list, 1, draws=(DRAWS // 2,)))
    assert found["pyAgrum, a node a month, tables free"] < 1e-6
    assert found["pyAgrum, a node an outcome"] < 0.02


@pytest.mark.slow
def test_the_simulation_agrees_within_its_monte_carlo_error(asked):
    (row,) = contest.simulation(asked, list, 1, repeats=500)
    assert row.off < FOUR_ERRORS


def test_standard_errors_by_hand():
    # one outcome, p = 0.5 in all of 4 draws, 100 paths: sqrt(0.25 / 100) = 0.05; 0.6 is 2 away
    assert contest.standard_errors(np.array([0.6]), np.full((4, 1), 0.5), 100) == pytest.approx(2)


def test_paths_needed_by_hand():
    # 80 draws of one chain, 0.2 and 0.6 in turn, the first four all 0.6: the mean is 0.41, so
    # P (1 - P) = 0.2419. Of 20 batches of 4 draws 19 have the mean 0.4 and one 0.6: their variance
    # is (19 * 0.01^2 + 0.19^2) / 19 = 0.002, that of the mean 0.002 / 20 = 1e-4, hence 2419 paths.
    # Within draws p (1 - p) is 0.16 in 38 and 0.24 in 42: 0.202 on average.
    chance = np.tile([0.2, 0.6], 40)
    chance[:4] = 0.6
    fresh, shown, own = needs(chance[:, None], 1, own_error=1e-3)
    assert fresh.paths == pytest.approx(2419)
    assert shown.paths == pytest.approx(0.202 / 1e-8)
    assert own.paths == pytest.approx(0.202 / 1e-6)


def test_ratios_are_to_the_calls_made_in_turns():
    row = Row("a rival", Timing((4.0, 6.0, 11.0)), beside=Timing((1.0, 2.0, 4.0)))
    assert row.ratios == (3.0, 4.0)
    assert row.time.times(10).median == 60.0


def test_calls_take_turns_and_the_first_of_each_is_not_counted():
    made = []
    one, other = by_turns(lambda: made.append("a"), lambda: made.append("b"), runs=2)
    assert made == list("ababab")
    assert len(one.seconds) == len(other.seconds) == 2


def every_row():
    """Each contestant that has a target: ours at 50 ms, rivals at 400 s, 8,000 times as long."""
    names = [*bench_update.MOST_MILLISECONDS, *bench_update.LEAST_TIMES, bench_update.SIMULATED]
    ours = Timing((0.05,))
    own = bench_update.MOST_MILLISECONDS
    return [Row(n, ours if n in own else Timing((400.0,)), ours, 0.5, "chance") for n in names]


def test_targets_are_told_by_the_medians_misses_first():
    shown = Need("it adds 0.0001", paths=1e6)
    lines = bench_update.targets(every_row(), [Need("", 1.0), shown, Need("", 1.0)], draws=4000)
    met = {line.what: line.met for line in lines}
    # 50 ms are over 45 and over 15; 8,000 times ours is over 6 and 1,000; by simulation a million
    # paths are 250 times 400 s
    assert [what for what, yes in met.items() if not yes] == [*bench_update.MOST_MILLISECONDS]
    assert lines[-1].ours == "2e+06 × ours" and lines[-1].target == "≥ 1,000 ×"
    told = verdicts.missed_first([*reversed(lines), Line("no target", "1 ms")])
    assert [line.met for line in told] == [False] * 2 + [True] * 6 + [None]


@pytest.mark.slow
def test_the_report_names_every_contestant_and_every_meaning(few, asked):
    console = Console(record=True, width=150)
    bench_update.report(few, asked, every_row(), console)
    said = console.export_text()
    assert all(row.name in said for row in every_row()) and "0.5 chance" in said
    assert said.index("NO") < said.index("yes")
    assert said.count("on our draws") == 3


def test_our_own_error_is_that_of_uniformisation(asked):
    assert 0 < bench_update.own_error(asked) < TRUNCATION
