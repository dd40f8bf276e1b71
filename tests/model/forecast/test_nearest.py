"""A refused set comes with the nearest one that works: it does, and one step nearer does not."""

import pickle
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from model.assumptions import Assumptions, Belief, Dated, DriverAssumption, LeftOut
from model.assumptions import OutcomeAssumption as Outcome
from model.beliefs.elicitation import published_interval
from model.forecast import Refused, forecast
from model.forecast.basis import Basis
from model.forecast.moves import moves
from model.forecast.nearest import DRAWS_FLOOR, TRIALS, draws_left, nearest
from model.forecast.refusal import moved_in_words
from tests.model.forecast.suppositions import (
    DAY,
    DEADLINE,
    DRIVERS,
    OUTCOMES,
    happened,
    level,
    supposing,
)

RATE = "war_end_to_agreement"
FAR = Belief(base_rate=RATE, rate=(20.0, 30.0))  # the posterior has it at most at one a year


def assumed(id, value, **fields):
    return level(id, value, verb="assume", **fields)


def drawn(run, count):
    """The run with `count` of its draws, taken evenly."""
    places = np.linspace(0, len(run.draws["log_rate"]) - 1, count).astype(int)
    arrays = {
        name: {key: values[places] for key, values in getattr(run, name).items()}
        for name in ("draws", "paths")
    }
    return replace(run, **arrays)


def refusal(run, *settings):
    with pytest.raises(Refused) as problem:
        forecast(run, supposing(*settings))
    assert "\n" not in str(problem.value)
    return problem.value


def works(run, *settings):
    return draws_left(run, supposing(*settings), DEADLINE) >= DRAWS_FLOOR


@pytest.mark.parametrize(
    "settings",
    [
        (),
        (level("turkish_backing", 1.0),),
        (assumed("turkish_backing", 1.0), assumed("azerbaijani_coercion", 1.5)),
        (happened("peace_treaty", DAY), happened("csto_exit", DEADLINE, happens=False)),
        (assumed("turkish_backing", 1.0), Outcome(id="renewed_offensive", on=DAY)),
        (assumed("turkish_backing", 1.0), happened("renewed_offensive", DAY, verb="make")),
    ],
)
def test_the_draws_left_are_those_of_the_forecast(thin, settings):
    left = draws_left(thin, supposing(*settings), DEADLINE)
    expected = forecast(thin, supposing(*settings)).effective_draws
    assert left == pytest.approx(expected, rel=1e-4)  # the engine's error where nothing is seen


@pytest.mark.parametrize(
    "id, asked", [("western_mediation", 2.0), ("turkish_backing", -2.0), ("csto_exit", None)]
)
def test_a_level_moves_to_the_nearest_tenth_that_works(fitted, id, asked):
    if asked is None:  # an outcome that is brought about beside it costs nothing and stays
        id, asked = "russian_commitment", 2.0
        beside = (happened("csto_exit", DAY, verb="make"), level("corridor_progress", 2.0))
    else:
        beside = ()
    problem = refusal(fitted, assumed(id, asked), *beside)
    (driver, *_) = problem.suggestion.drivers
    assert problem.suggestion == supposing(assumed(id, driver.level), *beside)
    assert forecast(fitted, problem.suggestion).effective_draws >= DRAWS_FLOOR
    nearer = round(driver.level + np.sign(asked) * 0.1, 1)
    assert not works(fitted, assumed(id, nearer), *beside)
    ending = f"the nearest setting that works: {id} at {driver.level:+.1f} (asked {asked:+.1f})"
    assert str(problem).endswith(ending) and "effective draws of 4000" in str(problem)


def test_a_path_moves_as_a_whole(fitted):
    later = date(2024, 3, 1)
    days = [Dated(from_=DAY, level=1.9), Dated(from_=later, level=-1.9)]
    asked = DriverAssumption(id="turkish_backing", path=days, verb="assume")
    (driver,) = refusal(fitted, asked).suggestion.drivers
    levels = [value for _, value in driver.levels(fitted.as_of)]
    assert [day for day, _ in driver.levels(fitted.as_of)] == [DAY, later]
    assert levels[0] < 1.9 and levels[1] > -1.9 and works(fitted, driver)


@pytest.mark.parametrize("value", [-2.0, 2.0])
def test_whatever_is_suggested_is_answered(thin, value):
    for id in DRIVERS:
        settings = assumed(id, value), happened("peace_treaty", DAY)
        suggestion = refusal(thin, *settings).suggestion
        assert suggestion is not None
        assert forecast(thin, suggestion).effective_draws >= DRAWS_FLOOR


def test_an_outcome_moves_to_the_nearest_later_day(fitted):
    asked = date(2023, 9, 23)
    few = (drawn(fitted, count) for count in range(200, 100, -10))  # draws differ by machine
    run = next(run for run in few if not works(run, happened("peace_treaty", asked)))
    (outcome,) = refusal(run, happened("peace_treaty", asked)).suggestion.outcomes
    assert outcome.by > asked and outcome.happens and outcome.verb == "assume"
    assert works(run, outcome)
    # eleven bisections and the last step tell 1,095 days apart but for a few
    week_before = outcome.by - timedelta(days=7)
    assert week_before <= asked or not works(run, happened("peace_treaty", week_before))


def test_what_does_not_happen_moves_to_an_earlier_day(fitted):
    run, asked = drawn(fitted, 101), date(2026, 9, 21)
    problem = refusal(run, happened("peace_treaty", asked, happens=False))
    (outcome,) = problem.suggestion.outcomes
    assert outcome.by < asked and not outcome.happens and outcome.verb == "assume"
    assert works(run, outcome)
    assert f"peace_treaty not by {outcome.by} (asked 2026-09-21)" in str(problem)


def test_an_outcome_that_no_day_helps_is_made(fitted):
    run = drawn(fitted, 101)  # learning anything at all leaves fewer than 100
    problem = refusal(run, happened("peace_treaty", DAY))
    assert problem.suggestion == supposing(happened("peace_treaty", DAY, verb="make"))
    assert "peace_treaty by 2023-11-01 with the verb make (asked assume)" in str(problem)


def test_a_setting_that_works_as_asked_is_not_moved(fitted):
    fine, odd = happened("renewed_offensive", DAY), assumed("western_mediation", 2.0)
    suggestion = refusal(fitted, odd, fine).suggestion
    assert suggestion.outcomes == (fine,) and suggestion.drivers[0].level < 2.0


def test_several_settings_move_where_one_is_not_enough(fitted):
    odd = assumed("western_mediation", 2.0), assumed("turkish_backing", -2.0)
    problem = refusal(fitted, *odd)
    moved = [new for new, old in zip(problem.suggestion.drivers, odd, strict=True) if new != old]
    assert len(moved) == 2 and "settings that work: western_mediation at" in str(problem)
    assert works(fitted, *problem.suggestion.drivers)


def test_a_belief_moves_towards_the_published_interval_or_is_refitted(thin):
    problem = refusal(thin, FAR)
    (belief,) = problem.suggestion.beliefs
    published = published_interval(thin.scenario, FAR.kind, FAR.about)
    centres = [np.log(ends).mean() for ends in (published, belief.rate, FAR.rate)]
    assert centres[0] < centres[1] < centres[2]
    assert all(end == float(f"{end:.2g}") for end in belief.rate)
    assert forecast(thin, problem.suggestion).effective_draws >= DRAWS_FLOOR
    assert str(problem).endswith("; or refit under the beliefs (`forecast --refit`)")
    assert f"{RATE} at {belief.rate[0]:g} to {belief.rate[1]:g} (asked 20 to 30)" in str(problem)


def test_a_refit_is_no_remedy_for_a_level(thin):
    near = Belief(base_rate=RATE, rate=published_interval(thin.scenario, FAR.kind, FAR.about))
    problem = refusal(thin, near.model_copy(update={"rate": (0.02, 0.5)}), assumed(DRIVERS[0], 2.0))
    assert problem.suggestion.beliefs[0].rate == (0.02, 0.5) and "refit" not in str(problem)


def test_where_nothing_works_there_is_no_suggestion(fitted):
    """The peacekeepers have left before the as-of date, and are supposed not to have."""
    past = fitted.manifest["happened"] | {"russian_withdrawal": ["2023-09-11"]}
    run = replace(fitted, manifest=fitted.manifest | {"happened": past})
    problem = refusal(run, happened("russian_withdrawal", DAY, happens=False))
    assert problem.suggestion is None and "too surprising together" in str(problem)
    few = refusal(drawn(fitted, 90), assumed("turkish_backing", 1.0))
    assert few.suggestion is None and "of 90 stand behind" in str(few)


def test_no_more_sets_are_tried_than_allowed(fitted):
    odd = supposing(
        assumed("turkish_backing", -2.0),
        assumed("azerbaijani_coercion", -2.0),
        assumed("russian_commitment", 2.0),
        *(happened(id, DAY) for id in OUTCOMES),
    )
    tried = []

    def weigh(assumptions):
        tried.append(assumptions)
        return Basis(fitted)

    suggestion = nearest(fitted, odd, DEADLINE, weigh)
    assert len([assumptions for assumptions in tried if assumptions != odd]) <= TRIALS
    assert draws_left(fitted, suggestion, DEADLINE) >= DRAWS_FLOOR


def test_the_most_surprising_setting_moves_first(thin):
    odd = assumed("western_mediation", 2.0)
    mild, made = assumed("turkish_backing", 1.0), level("corridor_progress", 2.0)
    movable = moves(thin, supposing(made, mild, odd, happened("csto_exit", DAY), FAR), False)
    # the made driver costs no draws, nor does the belief where it is not answered by weights
    assert (movable[0].field, movable[0].place) == ("drivers", 2)
    assert {(move.field, move.place) for move in movable} == {
        ("drivers", 1),
        ("drivers", 2),
        ("outcomes", 0),
    }
    assert ("beliefs", 0) in [(m.field, m.place) for m in moves(thin, supposing(FAR), True)]


@pytest.mark.parametrize(
    "before, after, sentence",
    [
        (level("a", -2), level("a", -0.1), "a at -0.1 (asked -2.0)"),
        (
            happened("a", DAY),
            happened("a", date(2024, 5, 1)),
            "a by 2024-05-01 (asked 2023-11-01)",
        ),
        (
            Outcome(id="a", on=DAY),
            Outcome(id="a", on=date(2024, 5, 1)),
            "a on 2024-05-01 (asked 2023-11-01)",
        ),
        (
            Belief(link="a -> b", hazard_ratio=(5, 9)),
            Belief(link="a -> b", hazard_ratio=(1.2, 4)),
            "a -> b at 1.2 to 4 (asked 5 to 9)",
        ),
    ],
)
def test_a_move_is_said_with_what_was_asked(before, after, sentence):
    same = happened("peace_treaty", DAY)
    assert moved_in_words(supposing(before, same), supposing(after, same)) == [sentence]


def test_a_refusal_survives_another_process_with_its_suggestion(fitted):
    sent = Refused("only 3 draws", "; try this", supposing(level("a", 1.0)))
    back = pickle.loads(pickle.dumps(sent))
    assert (str(back), back.suggestion) == ("only 3 draws; try this", sent.suggestion)


def test_evidence_left_out_has_no_nearer_version(fitted):
    left_out = Assumptions(left_out=(LeftOut(driver="turkish_backing"),))
    assert moves(fitted, left_out, True) == []
