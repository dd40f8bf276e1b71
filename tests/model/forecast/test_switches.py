"""Switches in a forecast: from their day on another clock, trait or stage, from the same draws."""

from datetime import date, timedelta

import numpy as np
import pytest

from model.assumptions import Assumptions, SwitchAssumption
from model.fit import likelihood
from model.fit.structure import clocks, trait_names
from model.forecast import forecast
from model.forecast.answer import as_json
from model.forecast.solve import _log_base, grid
from tests.model.forecast.suppositions import OUTCOMES, assert_sane, chances, curve, level

NOVEMBER, DEADLINE = date(2023, 11, 1), date(2024, 12, 31)
TEXT = SwitchAssumption(id="treaty_text_agreed", on=True, from_=NOVEMBER)
DEMANDED = SwitchAssumption(id="constitution_demanded", on=True, from_=NOVEMBER)
WORKS = SwitchAssumption(id="syunik_works_begun", on=True, from_=NOVEMBER)
IDLE = SwitchAssumption(id="peacekeepers_task_gone", on=False, from_=NOVEMBER)
YEAR = 365.25


def turned(*switches, drivers=()):
    return Assumptions(switches=switches, drivers=drivers)


def hazards(run, *switches):
    """Step edges in days, and (draws, steps) log hazards by outcome, with every driver at 0."""
    days = grid(run, turned(*switches), DEADLINE)
    base = _log_base(run, tuple(days), switches)
    return np.array(days), {id: base[:, :, k] for k, id in enumerate(run.scenario.outcome_ids)}


def of_class(run, id):
    c = run.scenario.class_ids.index(id)
    return run.draws["log_rate"][:, c], run.draws["shape"][:, c], run.draws["gate"][:, c]


def added(run, outcome, clock):
    """(draws,): what joins the class's log hazard: the departure, less the centres."""
    place = [(of, c.switch or c.date) for of, c in clocks(run.scenario)].index((outcome, clock))
    centred = likelihood.centre_pulls(np, run.draws, run.observed.structure)[:, place]
    return run.draws["departure"][:, run.scenario.outcome_ids.index(outcome)] - centred


def tau(run, of, trait):
    names = [(c, t) for c, t, _ in trait_names(run.scenario)]
    return run.draws["trait"][:, names.index((of, trait))]


def test_without_a_switch_the_forecast_is_the_published_one_bit_for_bit(thin):
    assert as_json(forecast(thin, Assumptions(switches=()))) == as_json(forecast(thin))


@pytest.mark.parametrize("same", [
    SwitchAssumption(id="peacekeepers_task_gone", on=True),
    SwitchAssumption(id="treaty_text_agreed", on=False, until=date(2025, 1, 1)),
    SwitchAssumption(id="constitution_demanded", on=True),  # of a class that no clock runs on
])  # fmt: skip
def test_a_switch_at_what_it_is_already_changes_nothing(thin, same):
    days = tuple(grid(thin, turned(same), DEADLINE))
    assert np.array_equal(_log_base(thin, days, (same,)), _log_base(thin, days))


def test_an_agreed_text_counts_from_its_day_without_a_condition_at_the_classs_own_rate(thin):
    # Nobody demands a constitution in 2023: the trait is 0, and the region's 1 is taken off.
    (days, by), (_, before) = hazards(thin, TEXT), hazards(thin)
    start = (NOVEMBER - thin.as_of).days
    rate, shape, _ = of_class(thin, "text_to_signature")
    first = np.searchsorted(days, start) + 1  # of the first step an hour is left out
    # In its first year a class has one hazard, exp(rate) / shape.
    expected = rate - tau(thin, "text_to_signature", "precondition") - np.log(shape)
    expected += added(thin, "peace_treaty", "treaty_text_agreed")
    year = np.searchsorted(days, start + 365)
    got = by["peace_treaty"][:, first : year - 1]
    assert got == pytest.approx(np.tile(expected[:, None], (1, got.shape[1])), rel=1e-9)
    months = np.flatnonzero(days[:-1] >= start)[13:18]  # from a year on it is the Weibull's
    for step in months:
        ends = (days[[step, step + 1]] - start) / YEAR
        mean = (ends[1] ** shape - ends[0] ** shape) / shape / (ends[1] - ends[0])
        assert by["peace_treaty"][:, step] == pytest.approx(
            expected + np.log(shape) + np.log(mean), rel=1e-9
        )
    for id in OUTCOMES[1:]:
        assert by[id].shape[1] == before[id].shape[1] + 1  # the switch's day is a step's edge


def test_a_condition_slows_an_agreed_text_by_its_trait_alone(thin):
    _, free = hazards(thin, TEXT)
    days, bound = hazards(thin, TEXT, DEMANDED)
    from_then = days[:-1] >= (NOVEMBER - thin.as_of).days
    slowed = (bound["peace_treaty"] - free["peace_treaty"])[:, from_then]
    condition = tau(thin, "text_to_signature", "precondition")[:, None]
    assert slowed == pytest.approx(np.broadcast_to(condition, slowed.shape), abs=1e-9)


def test_with_works_begun_the_second_stage_alone_is_left_to_build(thin):
    days, by = hazards(thin, WORKS)
    rate, _, gate = of_class(thin, "corridor_new_build")
    road, shape, _ = of_class(thin, "corridor_existing_road")
    step = np.searchsorted(days, 600)
    ends = days[[step, step + 1]]
    built = np.maximum((ends - (NOVEMBER - thin.as_of).days) / YEAR - gate[:, None], 0)
    waited = (ends + (thin.as_of - date(2020, 11, 10)).days) / YEAR
    # The second stage passes at twice the class's rate.
    total = 2 * np.exp(rate)[:, None] * built + np.exp(road[:, None]) / shape[:, None] * (
        waited ** shape[:, None]
    )
    hazard = np.diff(total, axis=1)[:, 0] / np.diff(ends / YEAR)
    expected = np.log(hazard) + added(thin, "corridor_open", date(2020, 11, 10))
    assert by["corridor_open"][:, step] == pytest.approx(expected, rel=1e-9)


def test_a_task_that_is_back_gives_the_peacekeepers_their_first_class(thin):
    days, by = hazards(thin, IDLE)
    rate, _, _ = of_class(thin, "peacekeepers_stay")
    expected = rate + added(thin, "russian_withdrawal", date(2020, 11, 10))
    after = by["russian_withdrawal"][:, days[:-1] >= (NOVEMBER - thin.as_of).days]
    assert after == pytest.approx(np.tile(expected[:, None], (1, after.shape[1])), rel=1e-9)


def test_nothing_moves_before_the_day_of_a_switch_and_what_it_sets_moves_after_it(thin):
    published, answer = forecast(thin, deadline=DEADLINE), forecast(thin, turned(TEXT), DEADLINE)
    assert_sane(answer)
    for id in OUTCOMES:
        moved, own = curve(answer, id), curve(published, id)
        early = [day for day in own.index if day <= NOVEMBER]
        assert moved[early].to_numpy() == pytest.approx(own[early].to_numpy(), abs=1e-9)
    # 2 texts in 3 without a condition are signed within a year; the war's end alone makes 1 in 10.
    assert chances(answer)["peace_treaty"] > 3 * chances(published)["peace_treaty"]


def test_a_switch_that_ends_gives_the_hazards_back(thin):
    ends = TEXT.model_copy(update={"until": date(2024, 1, 1)})
    days, by = hazards(thin, ends)
    whole = _log_base(thin, tuple(days.tolist()))[:, :, 0]
    outside = (days[:-1] < (NOVEMBER - thin.as_of).days) | (
        days[:-1] >= (date(2024, 1, 1) - thin.as_of).days
    )
    assert np.array_equal(by["peace_treaty"][:, outside], whole[:, outside])
    assert (by["peace_treaty"] != whole)[:, ~outside].all()


def test_a_switch_holds_beside_drivers_that_are_made_or_assumed(thin):
    for verb in ("make", "assume"):
        driver = level("negotiation_momentum", 0.9, verb=verb)
        alone = forecast(thin, turned(drivers=(driver,)), DEADLINE)
        both = forecast(thin, turned(TEXT, drivers=(driver,)), DEADLINE)
        assert chances(both)["peace_treaty"] > 2 * chances(alone)["peace_treaty"]
        assert chances(both)["csto_exit"] == pytest.approx(chances(alone)["csto_exit"], rel=0.05)


def test_a_switch_on_the_last_day_of_the_horizon_changes_nothing(thin):
    last = thin.as_of + timedelta(days=1096)
    late = TEXT.model_copy(update={"from_": last})
    assert chances(forecast(thin, turned(late), last)).to_numpy() == pytest.approx(
        chances(forecast(thin, deadline=last)).to_numpy(), abs=1e-12
    )
