"""The forecast of a real run: coherent, monotone, and what the definitions say it is."""

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from briefing.words import yardsticks
from model.assumptions import NOTHING, Assumptions
from model.evidence import load_evidence
from model.fit import likelihood
from model.fit.drivers import saturate
from model.fit.observations import occurrences
from model.fit.priors import priors
from model.forecast import forecast
from model.forecast.answer import as_json
from model.forecast.hazard import base_hazard
from model.forecast.solve import _log_hazard, grid, shortest_grid, solve
from model.forecast.summary import curve_table
from model.scenario import SCENARIO_FOLDER, default_deadline, last_day
from model.scenario.switch import Turn

YEAR_END = date(2023, 12, 31)
DEADLINES = [date(2023, 9, 22), date(2023, 10, 5), YEAR_END, date(2024, 12, 31), date(2026, 9, 1)]
TOP_KEYS = "run scenario as_of assumptions method khat effective_draws outcomes joint".split()
OUTCOME_KEYS = "id deadline probability low high mcse phrase".split()


@pytest.fixture(scope="module")
def answer(fitted):
    return forecast(fitted)


@pytest.fixture(scope="module", params=DEADLINES, ids=str)
def by_deadline(fitted, request):
    return forecast(fitted, deadline=request.param)


def chance(answer, outcome):
    return answer.outcomes.set_index("outcome")["probability"][outcome]


def test_the_default_run_passes_the_gate(fitted):
    diagnostics = fitted.manifest["diagnostics"]
    assert fitted.manifest["served"] and diagnostics["failures"] == []
    assert diagnostics["rhat"] <= 1.01 and diagnostics["divergences"] == 0
    assert min(diagnostics["ess_bulk"], diagnostics["ess_tail"]) >= 400


def test_the_joint_covers_every_set_and_sums_to_one(by_deadline):
    joint = by_deadline.joint
    assert len(set(joint["happened"])) == len(joint) == 2**6
    assert abs(joint["probability"].sum() - 1) < 1e-9
    assert (joint["probability"] >= 0).all()


def test_the_joint_agrees_with_every_marginal(by_deadline):
    for outcome in by_deadline.scenario.outcome_ids:
        included = by_deadline.joint["happened"].map(lambda happened, id=outcome: id in happened)
        total = by_deadline.joint.loc[included, "probability"].sum()
        assert abs(total - chance(by_deadline, outcome)) < 1e-9


def test_a_forecast_to_the_end_has_the_curves_that_would_be_solved_for_them(thin):
    """It takes them from the solution that it has; any other deadline asks for one of its own."""
    end = last_day(thin.scenario, thin.as_of)
    answer, days = forecast(thin, deadline=end), grid(thin, NOTHING, end)
    assert days == shortest_grid(thin, NOTHING, end)
    pd.testing.assert_frame_equal(answer.curves, curve_table(thin, solve(thin, NOTHING, days)))


def test_the_curves_pass_through_the_deadline(by_deadline):
    at = by_deadline.curves[by_deadline.curves["date"] == by_deadline.deadline]
    columns = ["probability", "low", "high"]
    expected = by_deadline.outcomes[columns].to_numpy()
    assert at[columns].to_numpy() == pytest.approx(expected, rel=1e-12)


def test_no_probability_falls_as_the_deadline_moves_out(fitted):
    answers = [forecast(fitted, deadline=deadline).outcomes for deadline in DEADLINES]
    for column in ("probability", "low", "high"):
        values = np.array([outcomes[column] for outcomes in answers])
        assert (np.diff(values, axis=0) > 0).all(), column


def test_no_curve_falls(answer):
    for _, curve in answer.curves.groupby("outcome"):
        assert curve["date"].is_monotonic_increasing
        assert (curve[["probability", "low", "high"]].iloc[0] == 0).all()
        assert (np.diff(curve[["probability", "low", "high"]], axis=0) >= 0).all()


def test_turkish_involvement_is_less_likely_than_a_renewed_offensive(answer):
    assert chance(answer, "turkish_involvement") < chance(answer, "renewed_offensive")


def test_the_interval_surrounds_the_probability(by_deadline):
    outcomes = by_deadline.outcomes
    assert (outcomes["low"] < outcomes["probability"]).all()
    assert (outcomes["probability"] < outcomes["high"]).all()
    assert (outcomes["mcse"] > 0).all() and (outcomes["mcse"] < outcomes["probability"] / 10).all()


def test_the_empty_set_reproduces_the_published_forecast_bit_for_bit(fitted):
    for nothing in (NOTHING, Assumptions(), Assumptions(name="")):
        again = json.loads(json.dumps(as_json(forecast(fitted, nothing))))
        assert again == fitted.published


@pytest.mark.parametrize("days", [-400, -1, 0, 36 * 31])
def test_a_deadline_outside_the_horizon_gets_one_clear_line(fitted, days):
    with pytest.raises(ValueError) as problem:
        forecast(fitted, deadline=fitted.as_of + timedelta(days=days))
    line = str(problem.value)
    assert (
        "\n" not in line
        and str(fitted.as_of) in line
        and str(last_day(fitted.scenario, fitted.as_of)) in line
    )


def test_the_horizon_itself_and_tomorrow_can_be_asked_for(fitted):
    for deadline in (fitted.as_of + timedelta(days=1), last_day(fitted.scenario, fitted.as_of)):
        assert forecast(fitted, deadline=deadline).deadline == deadline


def test_the_default_deadline_is_the_year_end_at_least_thirty_days_off():
    assert default_deadline(date(2023, 9, 21)) == YEAR_END
    assert default_deadline(date(2023, 12, 1)) == YEAR_END
    assert default_deadline(date(2023, 12, 2)) == date(2024, 12, 31)


@pytest.fixture(scope="module")
def after_withdrawal(fitted):
    """The run as if Russia's peacekeepers had left ten days before."""
    happened = fitted.manifest["happened"] | {"russian_withdrawal": ["2023-09-11"]}
    return forecast(replace(fitted, manifest=fitted.manifest | {"happened": happened}))


def test_what_has_already_happened_is_settled_at_one(after_withdrawal):
    row = after_withdrawal.outcomes.set_index("outcome").loc["russian_withdrawal"]
    assert list(row[["probability", "low", "high"]]) == pytest.approx([1.0] * 3, abs=1e-12)
    assert row["settled_on"].date() == date(2023, 9, 11)
    curves = after_withdrawal.curves
    curve = curves[curves["outcome"] == "russian_withdrawal"]["probability"]
    assert (curve - 1).abs().max() < 1e-12
    without = ~after_withdrawal.joint["happened"].map(lambda h: "russian_withdrawal" in h)
    assert (after_withdrawal.joint.loc[without, "probability"] == 0).all()


def test_what_has_already_happened_acts_on_the_others(answer, after_withdrawal):
    # The link to Turkish involvement has a prior of 0.8 to 2.8; csto_exit has no link from it.
    assert chance(after_withdrawal, "turkish_involvement") > chance(answer, "turkish_involvement")
    ratio = chance(after_withdrawal, "csto_exit") / chance(answer, "csto_exit")
    assert ratio == pytest.approx(1.0, abs=0.02)


def test_an_offensive_of_the_past_can_happen_again(answer):
    assert 0.01 < chance(answer, "renewed_offensive") < 0.9


def test_a_withdrawal_is_known_to_have_happened_the_day_it_was_announced():
    days = [date(2024, 6, 11), date(2024, 6, 12)]
    counts = [
        len(occurrences(load_evidence(SCENARIO_FOLDER, d))["russian_withdrawal"]) for d in days
    ]
    assert counts == [0, 1]


def base(fitted, days, scenario=None):
    scenario = scenario or fitted.scenario
    return base_hazard(scenario, fitted.as_of, fitted.draws, np.array(days, float))


def corridor(fitted):
    ids, classes = fitted.scenario.outcome_ids, fitted.scenario.class_ids
    return (
        ids.index("corridor_open"),
        classes.index("corridor_new_build"),
        classes.index("corridor_existing_road"),
    )


def waiting_hazard(fitted, c, since, days):
    """Average hazard (draws,) between two days after a clock's start `since` days ago.

    A year or more ago, so that it is the Weibull's.
    """
    rate, shape = np.exp(fitted.draws["log_rate"][:, c]), fitted.draws["shape"][:, c]
    start, end = ((since + day) / 365.25 for day in days)
    assert start >= 1
    return rate / shape * (end**shape - start**shape) / (end - start)


def test_building_adds_nothing_before_its_gate(fitted):
    k, built, road = corridor(fitted)
    since = (fitted.as_of - date(2020, 11, 10)).days
    early = fitted.draws["gate"][:, built] * 365.25 > 100
    assert early.mean() > 0.9
    hazard = base(fitted, [0, 50, 100])[:, :, k]
    for step, days in enumerate([(0, 50), (50, 100)]):
        expected = waiting_hazard(fitted, road, since, days)
        assert hazard[early, step] == pytest.approx(expected[early], rel=1e-9)


def test_building_adds_its_two_stages_after_the_gate(fitted):
    k, built, road = corridor(fitted)
    since = (fitted.as_of - date(2020, 11, 10)).days
    added = base(fitted, [0, 1000])[:, 0, k] - waiting_hazard(fitted, road, since, (0, 1000))
    rate, gate = np.exp(fitted.draws["log_rate"][:, built]), fitted.draws["gate"][:, built]
    # The survival of two stages, each at twice the rate: exp(-x) (1 + x).
    x = 2 * rate * (1000 / 365.25 - gate)
    expected = -np.log(np.exp(-x) * (1 + x)) / (1000 / 365.25)
    assert added == pytest.approx(expected, rel=1e-6, abs=1e-12)


def test_once_works_have_begun_only_the_second_stage_is_left(fitted):
    k, built, road = corridor(fitted)
    begun = date(2021, 9, 21)  # two years ago: the gate, under a year, has passed
    turn = Turn(on=True, date=begun, why="made up", source_url="made up")
    scenario = with_turns(fitted.scenario, "syunik_works_begun", turn)
    since = (fitted.as_of - date(2020, 11, 10)).days
    added = base(fitted, [0, 90], scenario)[:, 0, k] - waiting_hazard(fitted, road, since, (0, 90))
    expected = 2 * np.exp(fitted.draws["log_rate"][:, built])
    assert added == pytest.approx(expected, rel=1e-9)


def with_turns(scenario, id, *turns):
    """The scenario with these turns of one switch, in place of its own."""
    switches = tuple(
        switch.model_copy(update={"turns": turns}) if switch.id == id else switch
        for switch in scenario.switches
    )
    return scenario.model_copy(update={"switches": switches})


def centre(fitted, driver, outcome):
    """(draws,): the level from which a driver counts while the outcome's latest clock runs."""
    labels = priors(fitted.scenario).labels["centre"]
    day = max(c.date for c in outcome.clocks if max(c.date, c.known_on) <= fitted.as_of)
    label = f"{driver} -> {outcome.id}, {day}"
    return fitted.draws["centre"][:, labels.index(label)] if label in labels else 0.0


def test_in_its_first_year_a_clock_has_one_hazard(fitted):
    """The war ended on 20 September 2023; a rate and a shape make the year's average."""
    k, c = 0, fitted.scenario.class_ids.index("war_end_to_agreement")
    hazard = base(fitted, [0, 30, 200, 364])[:, :, k]
    rate, shape = np.exp(fitted.draws["log_rate"][:, c]), fitted.draws["shape"][:, c]
    assert hazard == pytest.approx(np.tile((rate / shape)[:, None], 3), rel=1e-9)


def test_centres_act_alike_in_fit_and_forecast(thin):
    """The last week of the record began on 19 September; a forecast from that day, links aside."""
    draws, observed = thin.draws, thin.observed
    that_day = replace(thin, manifest=thin.manifest | {"as_of": "2023-09-19"})
    pull = saturate(thin.paths["raw_path"][:, 0].astype(float))[:, None, :] @ draws["pull"]
    week = observed.weeks.rows(np.array([-1]))
    quiet = replace(week, acting=0 * week.acting, event=0 * week.event)
    fit = likelihood.record_terms(np, draws, replace(observed, weeks=quiet), pull)[:, 0]
    in_fit = np.log(-fit / quiet.exposure[0])
    in_forecast = _log_hazard(that_day, NOTHING, [0, 1], None)[:, 0]
    # A day between the two middles, on clocks that have run for three years.
    assert in_forecast == pytest.approx(in_fit, abs=2e-3)


def test_over_a_month_chances_are_the_hazards_at_todays_drivers(fitted):
    """Few things happen in thirty days: links hardly matter yet, Turkey's strong one aside."""
    scenario, draws, days = fitted.scenario, fitted.draws, 30
    level = 2 * np.tanh(fitted.paths["raw_path"][:, 0].astype(float) / 2)
    hazard = base(fitted, [0, days])[:, 0] * np.exp(draws["departure"])
    for e, effect in enumerate(scenario.effects):
        k, d = scenario.outcome_ids.index(effect.to), scenario.driver_ids.index(effect.from_)
        above = level[:, d] - centre(fitted, effect.from_, scenario.outcomes[k])
        hazard[:, k] *= np.exp(draws["effect"][:, e] * above)
    # The offensive of 13 September 2022 is 388 days past in mid-month, its half-life 90 days.
    left = 0.5 ** (388 / 90)
    sized = [link for link in scenario.links if link.hazard_of is None]
    for place, link in enumerate(sized):
        if link.from_ == "renewed_offensive":
            k = scenario.outcome_ids.index(link.to)
            hazard[:, k] *= 1 + left * (np.exp(draws["link"][:, place]) - 1)
    expected = (1 - np.exp(-hazard * days / 365.25)).mean(axis=0)
    probability = forecast(fitted, deadline=fitted.as_of + timedelta(days=days)).outcomes[
        "probability"
    ]
    for k, outcome in enumerate(scenario.outcome_ids):
        if outcome != "turkish_involvement":
            assert probability[k] == pytest.approx(expected[k], rel=0.03), outcome


def test_the_json_has_the_designs_keys_and_no_others(answer, fitted):
    phrases = [yardsticks.phrase(p) for p in answer.outcomes["probability"]]
    printed = json.loads(json.dumps(as_json(answer, phrases)))
    assert list(printed) == TOP_KEYS
    assert [list(row) for row in printed["outcomes"]] == [OUTCOME_KEYS] * 6
    assert [list(row) for row in printed["joint"]] == [["happened", "probability"]] * 64
    assert printed["as_of"] == "2023-09-21" and printed["outcomes"][0]["deadline"] == "2023-12-31"
    assert (printed["method"], printed["khat"], printed["assumptions"]) == ("exact", None, {})
    assert printed["effective_draws"] == 4000 and printed["run"] == fitted.id
