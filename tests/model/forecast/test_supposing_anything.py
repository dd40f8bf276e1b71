"""Any set of assumptions, extremes included, gives proper probabilities or a plain reason."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.assumptions import OutcomeAssumption
from model.forecast import Refused, forecast
from model.scenario import last_day
from tests.model.forecast.suppositions import (
    DAY,
    DEADLINE,
    DRIVERS,
    OUTCOMES,
    assert_sane,
    chance,
    happened,
    level,
    supposing,
)

MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("verb", ["make", "assume"])
@pytest.mark.parametrize("value", [-2.0, 2.0])
def test_extreme_levels_give_proper_probabilities(thin, verb, value):
    for id in DRIVERS:
        try:
            assert_sane(forecast(thin, supposing(level(id, value, verb=verb))))
        except Refused as problem:
            assert verb == "assume" and "effective draws" in str(problem)


@pytest.mark.parametrize(
    "setting",
    [
        level("turkish_backing", 2.0, from_=date(2026, 9, 21)),
        level("turkish_backing", 1.0, from_=date(2026, 9, 21), verb="assume"),
        happened("peace_treaty", date(2026, 9, 21)),
        happened("peace_treaty", date(2026, 9, 21), happens=False),
        OutcomeAssumption(id="peace_treaty", on=date(2026, 9, 21)),
        OutcomeAssumption(id="renewed_offensive", on=date(2023, 9, 22)),
        happened("csto_exit", date(2026, 9, 21), verb="make"),
        happened("csto_exit", date(2026, 9, 21), happens=False, verb="make"),
        happened("csto_exit", date(2023, 9, 22), verb="make"),
    ],
)
def test_days_at_the_edges_give_proper_probabilities(fitted, setting):
    assert last_day(fitted.scenario, fitted.as_of) == date(2026, 9, 21)
    assert_sane(forecast(fitted, supposing(setting), last_day(fitted.scenario, fitted.as_of)))


def made_drivers():
    driver = st.builds(
        level,
        st.sampled_from(DRIVERS),
        st.floats(-2, 2),
        from_=st.none() | st.dates(date(2023, 9, 21), date(2026, 9, 21)),
    )
    return st.lists(driver, max_size=4, unique_by=lambda setting: setting.id)


def supposed_outcomes(verbs):
    outcome = st.builds(
        happened,
        st.sampled_from(OUTCOMES),
        st.dates(date(2023, 9, 22), date(2026, 9, 21)),
        happens=st.booleans(),
        verb=st.sampled_from(verbs),
    )
    return st.lists(outcome, max_size=2, unique_by=lambda setting: setting.id)


@MANY
@given(made_drivers(), supposed_outcomes(["make", "assume"]), st.data())
def test_any_set_gives_proper_probabilities_or_a_reason(thin, drivers, outcomes, data):
    verbs = data.draw(st.lists(st.sampled_from(["make", "assume"]), min_size=4, max_size=4))
    drivers = [d.model_copy(update={"verb": v}) for d, v in zip(drivers, verbs, strict=False)]
    deadline = data.draw(st.dates(date(2023, 9, 22), date(2026, 9, 21)))
    try:
        assert_sane(forecast(thin, supposing(*drivers, *outcomes), deadline))
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


@MANY
@given(
    st.sampled_from(SIGNED),
    made_drivers(),
    supposed_outcomes(["make"]),
    st.floats(-2, 2),
    st.floats(0.1, 4),
)
def test_a_driver_moves_an_outcome_by_its_effects_sign(thin, arrow, drivers, others, low, up):
    driver, outcome, sign = arrow
    drivers = [d for d in drivers if d.id != driver]
    others = [o for o in others if o.id != outcome]
    high = min(low + up, 2.0)
    ends = [
        chance(forecast(thin, supposing(level(driver, x), *drivers, *others)), outcome)
        for x in (low, high)
    ]
    assert sign * (ends[1] - ends[0]) >= -1e-12


def test_every_pair_of_made_outcomes_is_proper(thin):
    for cause, barred_too in permutations(OUTCOMES, 2):
        pair = supposing(
            happened(cause, DAY, verb="make"),
            happened(barred_too, DEADLINE, happens=False, verb="make"),
        )
        answer = forecast(thin, pair)
        assert_sane(answer)
        assert chance(answer, cause) == pytest.approx(1) and chance(answer, barred_too) == 0
