"""Forecasts under assumptions: they agree with the published joint and with the links' signs."""

import json
from dataclasses import replace
from datetime import date
from itertools import permutations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.assumptions import Assumptions, Belief, DriverAssumption, OutcomeAssumption
from model.forecast import Refused, as_json, forecast, horizon

DEADLINE = date(2023, 12, 31)
DAY = date(2023, 11, 1)
OUTCOMES = (
    "peace_treaty corridor_open turkish_involvement renewed_offensive russian_withdrawal csto_exit"
).split()
DRIVERS = (
    "russian_commitment azerbaijani_coercion azerbaijani_leverage armenian_concession "
    "armenian_diversification turkish_backing iranian_deterrence western_mediation "
    "negotiation_momentum corridor_progress"
).split()
FEW = settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def published(fitted):
    return forecast(fitted)


def supposing(*parts):
    """A set of these drivers, outcomes and beliefs."""
    kinds = {"drivers": DriverAssumption, "outcomes": OutcomeAssumption, "beliefs": Belief}
    return Assumptions(
        **{name: tuple(p for p in parts if isinstance(p, kind)) for name, kind in kinds.items()}
    )


def happened(id, by=DEADLINE, **said):
    return OutcomeAssumption(id=id, by=by, **said)


def level(id, value, **said):
    return DriverAssumption(id=id, level=value, **said)


def chances(answer):
    return answer.outcomes.set_index("outcome")["probability"]


def chance(answer, outcome):
    return chances(answer)[outcome]


def curve(answer, outcome):
    curves = answer.curves[answer.curves["outcome"] == outcome]
    return curves.set_index("date")["probability"]


def in_joint(answer, *outcomes):
    held = answer.joint["happened"].map(lambda state: set(outcomes) <= set(state))
    return answer.joint.loc[held, "probability"].sum()


def assert_sane(answer):
    """Proper probabilities, a joint that sums to one and agrees with the marginals."""
    joint, found = answer.joint["probability"], chances(answer)
    assert np.isfinite(joint).all() and (joint >= 0).all() and abs(joint.sum() - 1) < 1e-9
    numbers = answer.outcomes[["probability", "low", "high", "mcse"]].to_numpy()
    assert np.isfinite(numbers).all() and (numbers >= 0).all() and (numbers <= 1).all()
    for outcome in OUTCOMES:
        assert abs(in_joint(answer, outcome) - found[outcome]) < 1e-9
        by_day = answer.curves[answer.curves["outcome"] == outcome]
        values = by_day[["probability", "low", "high"]].to_numpy()
        assert np.isfinite(values).all() and (values >= 0).all() and (values <= 1).all()
        assert (np.diff(values[:, 0]) >= -1e-12).all(), outcome


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
def test_the_law_of_total_probability_holds(fitted, published, outcome, day):
    """P(A) = P(A | B) P(B) + P(A | not B) P(not B), for states at another day than B's too."""
    yes, no = (
        forecast(fitted, supposing(happened(outcome, day, happens=h))) for h in (True, False)
    )
    assert yes.chance + no.chance == pytest.approx(1, abs=1e-9)
    total = yes.joint["probability"] * yes.chance + no.joint["probability"] * no.chance
    # the day itself becomes an edge of the grid, which moves an exact answer by the drivers' steps
    assert np.abs(total - published.joint["probability"]).max() < 2e-4
    if day == DEADLINE:
        assert np.abs(total - published.joint["probability"]).max() < 1e-9


def test_the_law_of_total_probability_holds_for_a_level_and_an_outcome(fitted):
    """On one grid, and under an assumed driver as well, it holds exactly."""
    driver = level("turkish_backing", 1.2, verb="assume")
    plain = forecast(fitted, supposing(driver))
    parts = [
        forecast(fitted, supposing(driver, happened("renewed_offensive", happens=h)))
        for h in (True, False)
    ]
    total = sum(part.joint["probability"] * part.chance for part in parts)
    assert np.abs(total - plain.joint["probability"]).max() < 1e-9


@pytest.fixture(scope="module")
def made(fitted):
    """Each outcome brought about on one day."""
    return {id: forecast(fitted, supposing(happened(id, DAY, verb="make"))) for id in OUTCOMES}


@pytest.fixture(scope="module")
def barred(fitted):
    """Each outcome barred until one day."""
    return {
        id: forecast(fitted, supposing(happened(id, DAY, happens=False, verb="make")))
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


def test_what_is_made_says_nothing_of_the_past(made, published):
    """Until the day of the intervention every other curve is the published one."""
    for id, answer in made.items():
        for other in set(OUTCOMES) - {id}:
            before, plain = curve(answer, other), curve(published, other)
            days = [day for day in plain.index if day < DAY]
            expected = plain[days].to_numpy()
            assert before[days].to_numpy() == pytest.approx(expected, rel=1e-6, abs=1e-12)


def test_making_acts_on_others_as_its_links_say(fitted, made, published):
    strong = {pair: size for pair, size in effect_of_links(fitted).items() if abs(size) > 0.3}
    assert len(strong) >= 4
    for (cause, effect), size in strong.items():
        moved = chance(made[cause], effect) - chance(published, effect)
        assert np.sign(moved) == np.sign(size), (cause, effect)


def test_making_what_nothing_follows_from_moves_nothing(fitted, made, published):
    """The peacekeepers' leaving links to fighting alone, and that to none but through fighting."""
    linked = {(link.from_, link.to) for link in fitted.scenario.links}
    assert ("corridor_open", "csto_exit") not in linked
    ratio = chance(made["corridor_open"], "csto_exit") / chance(published, "csto_exit")
    assert ratio == pytest.approx(1, abs=0.01)


def test_make_and_assume_differ_by_the_common_causes(fitted, made):
    """No link runs between leaving the CSTO and the peacekeepers' leaving, and a weak one through
    fighting: but both come of Moscow's stepping back, so seeing one makes the other likelier."""
    seen = forecast(fitted, supposing(happened("csto_exit", DAY)))
    assert chance(seen, "russian_withdrawal") > 1.02 * chance(
        made["csto_exit"], "russian_withdrawal"
    )


def test_seeing_a_treaty_tells_of_a_corridor_more_than_making_one(fitted, made):
    """The treaty helps the corridor under either verb; concessions behind both add to seeing."""
    seen = forecast(fitted, supposing(happened("peace_treaty", DAY)))
    assert chance(seen, "corridor_open") > chance(made["peace_treaty"], "corridor_open")


def test_a_factor_raises_its_outcomes_hazard(fitted, published):
    for id in ("corridor_open", "csto_exit"):
        answer = forecast(fitted, supposing(Belief(outcome=id, factor=2.0)))
        assert (answer.method, answer.effective_draws) == ("exact", 4000)
        # twice the hazard at small chances: 1 - (1 - p)^2 at most, as draws differ
        before, after = chance(published, id), chance(answer, id)
        assert 1.5 * before < after <= 1 - (1 - before) ** 2 + 1e-9
        lowered = forecast(fitted, supposing(Belief(outcome=id, factor=0.5)))
        assert chance(lowered, id) < before


def test_a_factor_of_one_changes_nothing(fitted, published):
    answer = forecast(fitted, supposing(Belief(outcome="peace_treaty", factor=1.0)))
    assert np.array_equal(answer.joint["probability"], published.joint["probability"])


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


@pytest.mark.parametrize("verb", ["make", "assume"])
@pytest.mark.parametrize("value", [-2.0, 2.0])
def test_extreme_levels_give_proper_probabilities(fitted, verb, value):
    for id in ("azerbaijani_coercion", "russian_commitment"):
        try:
            assert_sane(forecast(fitted, supposing(level(id, value, verb=verb))))
        except Refused as problem:
            assert verb == "assume" and "effective draws" in str(problem)


@pytest.mark.parametrize(
    "part",
    [
        level("turkish_backing", 2.0, from_=date(2026, 9, 20)),
        level("turkish_backing", 1.0, from_=date(2026, 9, 20), verb="assume"),
        happened("peace_treaty", date(2026, 9, 20)),
        happened("peace_treaty", date(2026, 9, 20), happens=False),
        OutcomeAssumption(id="peace_treaty", on=date(2026, 9, 20)),
        OutcomeAssumption(id="renewed_offensive", on=date(2023, 9, 22)),
        happened("csto_exit", date(2026, 9, 20), verb="make"),
        happened("csto_exit", date(2026, 9, 20), happens=False, verb="make"),
        happened("csto_exit", date(2023, 9, 22), verb="make"),
    ],
)
def test_days_at_the_edges_give_proper_probabilities(fitted, part):
    assert horizon(fitted) == date(2026, 9, 20)
    assert_sane(forecast(fitted, supposing(part), horizon(fitted)))


def test_a_fault_is_one_plain_line(fitted):
    with pytest.raises(ValueError, match="^unknown driver 'turkish_baking'; did you mean .*$"):
        forecast(fitted, supposing(level("turkish_baking", 1.0)))


def made_drivers():
    part = st.builds(
        level,
        st.sampled_from(DRIVERS),
        st.floats(-2, 2),
        from_=st.none() | st.dates(date(2023, 9, 21), date(2026, 9, 20)),
    )
    return st.lists(part, max_size=4, unique_by=lambda p: p.id)


def supposed_outcomes(verbs):
    part = st.builds(
        happened,
        st.sampled_from(OUTCOMES),
        st.dates(date(2023, 9, 22), date(2026, 9, 20)),
        happens=st.booleans(),
        verb=st.sampled_from(verbs),
    )
    return st.lists(part, max_size=2, unique_by=lambda p: p.id)


@FEW
@given(made_drivers(), supposed_outcomes(["make", "assume"]), st.data())
def test_any_set_gives_proper_probabilities_or_a_reason(fitted, drivers, outcomes, data):
    verbs = data.draw(st.lists(st.sampled_from(["make", "assume"]), min_size=4, max_size=4))
    drivers = [d.model_copy(update={"verb": v}) for d, v in zip(drivers, verbs, strict=False)]
    deadline = data.draw(st.dates(date(2023, 9, 22), date(2026, 9, 20)))
    try:
        assert_sane(forecast(fitted, supposing(*drivers, *outcomes), deadline))
    except Refused as problem:
        assert "effective draws" in str(problem)


# Drivers whose every effect, direct or through links, pushes the outcome one way, by the posterior.
SIGNED = [
    ("negotiation_momentum", "peace_treaty", 1),
    ("armenian_concession", "corridor_open", 1),
    ("corridor_progress", "corridor_open", 1),
    ("armenian_diversification", "csto_exit", 1),
    ("russian_commitment", "russian_withdrawal", -1),
    ("azerbaijani_coercion", "renewed_offensive", 1),
    ("turkish_backing", "turkish_involvement", 1),
]


@FEW
@given(
    st.sampled_from(SIGNED),
    made_drivers(),
    supposed_outcomes(["make"]),
    st.floats(-2, 2),
    st.floats(0.1, 4),
)
def test_a_driver_moves_an_outcome_by_its_effects_sign(fitted, arrow, drivers, others, low, up):
    driver, outcome, sign = arrow
    drivers = [d for d in drivers if d.id != driver]
    others = [o for o in others if o.id != outcome]
    high = min(low + up, 2.0)
    ends = [
        chance(forecast(fitted, supposing(level(driver, x), *drivers, *others)), outcome)
        for x in (low, high)
    ]
    assert sign * (ends[1] - ends[0]) >= -1e-12


def test_every_pair_of_made_outcomes_is_proper(fitted):
    for cause, barred_too in list(permutations(OUTCOMES, 2))[::8]:
        pair = supposing(
            happened(cause, DAY, verb="make"),
            happened(barred_too, DEADLINE, happens=False, verb="make"),
        )
        answer = forecast(fitted, pair)
        assert_sane(answer)
        assert chance(answer, cause) == pytest.approx(1) and chance(answer, barred_too) == 0
