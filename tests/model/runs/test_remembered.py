"""What is remembered of a run: by the run itself, so much of it, and for as long as it lives."""

import gc
import weakref
from dataclasses import replace

import pytest

from model.assumptions import Assumptions, DriverAssumption, LeftOut
from model.beliefs.reweighting import reweighted
from model.forecast import basis_id, forecast
from model.forecast.learning import learn
from model.forecast.surprise import oddest_pair, together
from model.runs.remembered import per_run
from tests.model.forecast.suppositions import DAY, happened, level, supposing


class Thing:
    """It stands for a run."""


@pytest.fixture
def asked():
    return []


@pytest.fixture
def square(asked):
    @per_run(size=2)
    def square(thing, number):
        asked.append(number)
        return number**2 if number else None

    return square


def test_what_was_asked_of_a_run_is_found_once(square, asked):
    thing = Thing()
    assert [square(thing, 3), square(thing, 3)] == [9, 9] and asked == [3]
    assert [square(thing, 0), square(thing, 0)] == [None, None] and asked == [3, 0]


def test_another_run_is_asked_anew(square, asked):
    first, second = Thing(), Thing()
    assert square(first, 3) == square(second, 3) == 9 and asked == [3, 3]


def test_the_longest_unused_result_is_given_up_first(square, asked):
    thing = Thing()
    for number in (1, 2, 1, 3, 1, 2):  # at 3 the 2 goes, as 1 was used since
        square(thing, number)
    assert asked == [1, 2, 3, 2]


def test_results_go_with_their_run_even_where_the_next_has_its_place_in_memory(square, asked):
    for number in range(50):
        thing = Thing()
        assert square(thing, 5) == 25
        del thing
        assert len(asked) == number + 1


def test_a_result_that_holds_another_run_lets_both_go():
    @per_run(size=4)
    def following(thing):
        return Thing()

    first = Thing()
    second = following(first)
    third = following(second)
    alive = [weakref.ref(thing) for thing in (first, second, third)]
    del first, second, third
    gc.collect()
    assert [thing() for thing in alive] == [None] * 3


def test_a_run_that_nobody_holds_is_forgotten_with_all_that_was_asked_of_it(thin):
    run = replace(thin)
    left_out = Assumptions(left_out=(LeftOut(country="Iran"),))
    supposed = supposing(level("turkish_backing", 1.0), happened("peace_treaty", DAY))
    learned = DriverAssumption(id="turkish_backing", level=1.0, verb="assume")
    for assumptions in (Assumptions(), left_out, supposed):
        assert len(forecast(run, assumptions).curves)
    assert together(run, supposed) and oddest_pair(run, supposed)
    assert learn(run, [learned]).path.shape == run.paths["raw_path"].shape
    assert basis_id(run, left_out) == run.id
    alive = [weakref.ref(run), weakref.ref(reweighted(run, left_out).run)]
    del run
    gc.collect()
    assert [thing() for thing in alive] == [None, None]
