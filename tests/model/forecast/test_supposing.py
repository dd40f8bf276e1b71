"""Forecasts under assumptions: they agree with the published joint and with the links' signs."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from model.assumptions import Assumptions, Belief
from model.forecast import Refused, forecast
from model.forecast.answer import as_json
from tests.model.forecast.suppositions import (
    DAY,
    DEADLINE,
    OUTCOMES,
    assert_sane,
    chance,
    curve,
    happened,
    in_joint,
    level,
    supposing,
)


@pytest.fixture(scope="module")
def published(fitted):
    return forecast(fitted)


def test_the_empty_set_is_the_published_forecast_bit_for_bit(fitted):
    named = Assumptions(name="Nothing", about="supposes nothing", claims=("C01",))
    again = json.loads(json.dumps(as_json(forecast(fitted, named))))
    assert again | {"assumptions": {}} == fitted.published


def test_assuming_an_outcome_by_the_deadline_divides_the_published_joint(fitted, published):
    for given_ in OUTCOMES:
        answer = forecast(fitted, supposing(happened(given_)))
        assert answer.chance == pytest.approx(chance(published, given_), rel=1e-9)
        for other in OUTCOMES:
            expected = in_joint(published, given_, other) / in_joint(published, given_)
            assert abs(chance(answer, other) - expected) < 1e-9, (given_, other)


def test_assuming_two_outcomes_divides_the_published_joint(fitted, published):
    pair = "peace_treaty", "russian_withdrawal"
    answer = forecast(fitted, supposing(*(happened(id) for id in pair)))
    for other in OUTCOMES:
        expected = in_joint(published, *pair, other) / in_joint(published, *pair)
        assert abs(chance(answer, other) - expected) < 1e-9


@pytest.mark.parametrize("day", [DAY, DEADLINE, date(2025, 3, 1)])
@pytest.mark.parametrize("outcome", ["renewed_offensive", "csto_exit"])
def test_the_law_of_total_probability_holds(thin, plain, outcome, day):
    """P(A) = P(A | B) P(B) + P(A | not B) P(not B), for states at another day than B's too."""
    yes, no = (forecast(thin, supposing(happened(outcome, day, happens=h))) for h in (True, False))
    assert yes.chance + no.chance == pytest.approx(1, abs=1e-9)
    total = yes.joint["probability"] * yes.chance + no.joint["probability"] * no.chance
    # the day itself becomes an edge of the grid, which moves an exact answer by the drivers' steps
    assert np.abs(total - plain.joint["probability"]).max() < 2e-4
    if day == DEADLINE:
        assert np.abs(total - plain.joint["probability"]).max() < 1e-9


def test_the_law_of_total_probability_holds_for_a_level_and_an_outcome(thin):
    """On one grid, and under an assumed driver as well, it holds exactly."""
    driver = level("turkish_backing", 0.5, verb="assume")
    both = forecast(thin, supposing(driver))
    answers = [
        forecast(thin, supposing(driver, happened("renewed_offensive", happens=h)))
        for h in (True, False)
    ]
    total = sum(answer.joint["probability"] * answer.chance for answer in answers)
    assert np.abs(total - both.joint["probability"]).max() < 1e-9


@pytest.fixture(scope="module")
def made(thin):
    """Each outcome brought about on one day."""
    return {id: forecast(thin, supposing(happened(id, DAY, verb="make"))) for id in OUTCOMES}


@pytest.fixture(scope="module")
def barred(thin):
    """Each outcome barred until one day."""
    return {
        id: forecast(thin, supposing(happened(id, DAY, happens=False, verb="make")))
        for id in OUTCOMES
    }


def effect_of_links(fitted):
    """{(from, to): the link's posterior mean log hazard ratio}, sized links only."""
    places = {
        (link.from_, link.to): i
        for i, link in enumerate(fitted.scenario.links)
        if link.hazard_ratio is not None
    }
    sizes = fitted.draws["link_size"].mean(axis=0)
    return {pair: sizes[place] for pair, place in places.items()}


def test_a_made_outcome_is_certain_from_its_day(made):
    for id, answer in made.items():
        assert_sane(answer)
        assert answer.chance == pytest.approx(1, abs=1e-12)
        days = curve(answer, id)
        assert days[days.index >= DAY].to_numpy() == pytest.approx(1, abs=1e-12)
        assert days[days.index < DAY].max() < 0.2  # nothing is said of the days before


def test_a_barred_outcome_is_impossible_until_its_day(barred):
    for id, answer in barred.items():
        assert_sane(answer)
        days = curve(answer, id)
        assert (days[days.index <= DAY] == 0).all()
        assert days[days.index > DAY].iloc[0] > 0


def test_what_is_made_says_nothing_of_the_past(made, plain):
    """Until the day of the intervention every other curve is the published one."""
    for id, answer in made.items():
        for other in set(OUTCOMES) - {id}:
            before, expected = curve(answer, other), curve(plain, other)
            days = [day for day in expected.index if day < DAY]
            expected = expected[days].to_numpy()
            assert before[days].to_numpy() == pytest.approx(expected, rel=1e-6, abs=1e-12)


def test_making_acts_on_others_as_its_links_say(thin, made, plain):
    strong = {pair: size for pair, size in effect_of_links(thin).items() if abs(size) > 0.3}
    assert len(strong) >= 4
    for (cause, effect), size in strong.items():
        moved = chance(made[cause], effect) - chance(plain, effect)
        assert np.sign(moved) == np.sign(size), (cause, effect)


def test_making_what_nothing_follows_from_moves_nothing(thin, made, plain):
    """A corridor has no link to leaving the CSTO, and reaches it only faintly, through fighting."""
    linked = {(link.from_, link.to) for link in thin.scenario.links}
    assert ("corridor_open", "csto_exit") not in linked
    ratio = chance(made["corridor_open"], "csto_exit") / chance(plain, "csto_exit")
    assert ratio == pytest.approx(1, abs=0.01)


def test_make_and_assume_differ_by_the_common_causes(fitted):
    """No link runs between leaving the CSTO and the peacekeepers' leaving, and a weak one through
    fighting: but both come of Moscow's stepping back, so seeing one makes the other likelier."""
    seen, made = (
        forecast(fitted, supposing(happened("csto_exit", DAY, verb=verb)))
        for verb in ("assume", "make")
    )
    assert chance(seen, "russian_withdrawal") > chance(made, "russian_withdrawal")


def test_seeing_a_treaty_tells_of_a_corridor_more_than_making_one(fitted):
    """The treaty helps the corridor under either verb; concessions behind both add to seeing."""
    seen, made = (
        forecast(fitted, supposing(happened("peace_treaty", DAY, verb=verb)))
        for verb in ("assume", "make")
    )
    assert chance(seen, "corridor_open") > chance(made, "corridor_open")


def test_a_factor_raises_its_outcomes_hazard(thin, plain):
    for id in OUTCOMES:
        answer = forecast(thin, supposing(Belief(outcome=id, factor=2.0)))
        assert (answer.method, answer.effective_draws) == ("exact", 400)
        # twice the hazard at small chances: 1 - (1 - p)^2 at most, as draws differ
        before, after = chance(plain, id), chance(answer, id)
        assert 1.5 * before < after <= 1 - (1 - before) ** 2 + 1e-9
        lowered = forecast(thin, supposing(Belief(outcome=id, factor=0.5)))
        assert chance(lowered, id) < before


def test_a_factor_of_one_changes_nothing(thin, plain):
    answer = forecast(thin, supposing(Belief(outcome="peace_treaty", factor=1.0)))
    assert np.array_equal(answer.joint["probability"], plain.joint["probability"])


def test_too_few_effective_draws_are_refused_with_the_reason(fitted):
    odd = supposing(
        level("turkish_backing", -2.0, verb="assume"),
        level("azerbaijani_coercion", -2.0, verb="assume"),
        level("russian_commitment", 2.0, verb="assume"),
        *(happened(id, DAY) for id in OUTCOMES),
    )
    with pytest.raises(Refused) as problem:
        forecast(fitted, odd)
    assert "effective draws of 4000" in str(problem.value) and "\n" not in str(problem.value)


def test_what_cannot_be_is_refused_rather_than_divided_by_zero(fitted):
    """The peacekeepers left ten days before the as-of date, and are supposed not to have."""
    past = fitted.manifest["happened"] | {"russian_withdrawal": ["2023-09-11"]}
    run = replace(fitted, manifest=fitted.manifest | {"happened": past})
    with pytest.raises(Refused, match="only 0 effective draws"):
        forecast(run, supposing(happened("russian_withdrawal", DAY, happens=False)))


def test_a_fault_is_one_plain_line(fitted):
    with pytest.raises(ValueError, match="^unknown driver 'turkish_baking'; did you mean .*$"):
        forecast(fitted, supposing(level("turkish_baking", 1.0)))
