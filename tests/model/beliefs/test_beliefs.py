"""Beliefs: exactly what they name changes, and stored draws are reweighted as theory says."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from model.assumptions import Assumptions, Belief, DriverAssumption, LeftOut
from model.beliefs.believed import believed
from model.beliefs.density import log_density
from model.beliefs.reweighting import KHAT_LIMIT, reweighted
from model.evidence.evidence import TABLES
from model.fit.futures import futures
from model.fit.observations import observations
from model.fit.priors import log_normal, priors
from model.forecast import Refused, forecast
from model.forecast.monte_carlo import effective_draws
from tests.model import real_evidence

EFFECT = "iranian_deterrence -> peace_treaty"  # the record says next to nothing of it
INFLUENCE = "russian_commitment -> azerbaijani_coercion"


def believing(*parts):
    beliefs = tuple(p for p in parts if isinstance(p, Belief))
    return Assumptions(beliefs=beliefs, left_out=tuple(p for p in parts if isinstance(p, LeftOut)))


@cache
def changed(*parts):
    return believed(real_evidence.evidence(), believing(*parts))


def named(arrows):
    return [arrow.name for arrow in arrows]


def changed_parts(kind, *parts):
    """(place, what stands there now) of the scenario's parts of a kind that are not as before."""
    before = getattr(real_evidence.evidence().scenario, kind)
    after = getattr(changed(*parts).scenario, kind)
    return [
        (i, new)
        for i, (old, new) in enumerate(zip(before, after, strict=True))
        if old.model_dump() != new.model_dump()
    ]


def assert_same_tables(after, apart=()):
    for name in set(TABLES) - set(apart):
        pd.testing.assert_frame_equal(
            getattr(after, name), getattr(real_evidence.evidence(), name), obj=name
        )


@pytest.mark.parametrize(
    "kind, belief, field",
    [
        ("effects", Belief(effect=EFFECT, hazard_ratio=(1.1, 1.5)), "hazard_ratio"),
        (
            "links",
            Belief(link="peace_treaty -> corridor_open", hazard_ratio=(1.1, 1.5)),
            "hazard_ratio",
        ),
        ("influences", Belief(influence=INFLUENCE, adds=(-0.2, 0.1)), "adds"),
        ("classes", Belief(base_rate="alliance_exits", rate=(0.1, 0.5)), "rate"),
    ],
)
def test_a_belief_changes_one_interval_and_nothing_else(kind, belief, field):
    after, before = changed(belief), real_evidence.evidence()
    ((place, new),) = changed_parts(kind, belief)
    old = getattr(before.scenario, kind)[place]
    assert belief.about == (new.id if kind == "classes" else new.name)
    assert getattr(new, field) == belief.interval != getattr(old, field)
    assert new.model_copy(update={field: getattr(old, field)}) == old
    rest = {kind: getattr(before.scenario, kind)}
    assert after.scenario.model_copy(update=rest) == before.scenario
    assert_same_tables(after)


def test_a_factor_leaves_evidence_and_scenario_alone():
    after = changed(Belief(outcome="peace_treaty", factor=3.0))
    assert after.scenario == real_evidence.evidence().scenario
    assert_same_tables(after)


@pytest.mark.parametrize("kind", ["source", "event"])
def test_events_left_out_take_their_codings_along_and_no_others(kind):
    before = real_evidence.evidence()
    name = before.events[kind].iloc[5]
    after = changed(LeftOut(**{kind: name}))
    gone = set(before.events.loc[before.events[kind] == name, "event"])
    assert gone and set(before.events["event"]) - set(after.events["event"]) == gone
    remaining = before.codings[~before.codings["event"].isin(gone)].reset_index(drop=True)
    pd.testing.assert_frame_equal(after.codings, remaining)
    assert_same_tables(after, apart=("events", "codings"))


def test_a_driver_left_out_loses_its_codings_alone():
    before, after = real_evidence.evidence(), changed(LeftOut(driver="turkish_backing"))
    remaining = before.codings[before.codings["driver"] != "turkish_backing"].reset_index(drop=True)
    assert len(remaining) < len(before.codings)
    pd.testing.assert_frame_equal(after.codings, remaining)
    assert_same_tables(after, apart=("codings",))


def test_a_case_left_out_is_one_row_less():
    before = real_evidence.evidence()
    name = before.cases["case"].drop_duplicates(keep=False).iloc[3]
    after = changed(LeftOut(case=name))
    assert len(after.cases) == len(before.cases) - 1 and name not in set(after.cases["case"])
    assert_same_tables(after, apart=("cases",))


def test_an_event_and_its_source_can_both_be_left_out():
    row = real_evidence.evidence().events.iloc[5]
    parts = LeftOut(source=row["source"]), LeftOut(event=row["event"])
    for order in (parts, parts[::-1]):
        assert len(changed(*order).events) == len(changed(parts[0]).events)


@pytest.mark.parametrize(
    "kind, file", [("source", "events"), ("event", "events"), ("case", "reference_cases")]
)
def test_leaving_out_what_is_not_known_raises_one_line(kind, file):
    with pytest.raises(ValueError) as problem:
        changed(LeftOut(**{kind: "?"}))
    expected = (
        f"no {kind} known by 2023-09-21 is called '?'; column '{kind}' of {file}.csv lists them"
    )
    assert str(problem.value) == expected


def test_each_unknown_thing_left_out_gets_its_line_and_the_nearest_name():
    later = LeftOut(event="E20251231-1")  # dated after the as-of date
    parts = LeftOut(source="RFE/RL"), LeftOut(case="UCDP-418-194"), later
    with pytest.raises(ValueError) as problem:
        changed(*parts)
    lines = str(problem.value).splitlines()
    assert [line.split()[1] for line in lines] == ["case", "event"]
    meant = ["'UCDP-418-1946'", "'E20"]
    assert all("; did you mean " + word in line for line, word in zip(lines, meant, strict=True))


def test_a_link_sized_by_a_class_points_to_that_class():
    belief = Belief(link="renewed_offensive -> turkish_involvement", hazard_ratio=(2, 9))
    with pytest.raises(ValueError, match="^[^\n]*'joins_while_fighting'; change that base rate.*$"):
        changed(belief)


@pytest.mark.parametrize(
    "belief, parameter, names",
    [
        (Belief(effect=EFFECT, hazard_ratio=(1.1, 1.5)), "effect", "effects"),
        (Belief(base_rate="alliance_exits", rate=(0.1, 0.5)), "log_rate", "classes"),
    ],
)
def test_the_log_density_moves_by_the_priors_alone(belief, parameter, names):
    """log p'(theta) - log p(theta) is the difference of two normal log densities."""
    draws = real_evidence.prior_draws(40, 6)
    observed = real_evidence.observed()
    scenario = real_evidence.evidence().scenario
    new = priors(changed(belief).scenario)
    moved = log_density(draws, new, observed) - log_density(draws, real_evidence.prior(), observed)
    subjects = getattr(scenario, names)
    place = (scenario.class_ids if names == "classes" else named(subjects)).index(belief.about)
    old = subjects[place].rate if names == "classes" else subjects[place].hazard_ratio
    theta = draws[parameter][:, place]
    (m0, s0), (m1, s1) = (
        log_normal([interval]) for interval in (old, belief.rate or belief.hazard_ratio)
    )
    assert moved == pytest.approx(norm(m1, s1).logpdf(theta) - norm(m0, s0).logpdf(theta), abs=1e-6)


def test_the_log_density_loses_the_term_of_the_case_left_out():
    """Leaving out a case takes away what that case alone contributes, and no more."""
    from model.fit import likelihood
    from model.fit.observations import observations

    evidence, draws = real_evidence.evidence(), real_evidence.prior_draws(40, 7)
    ids = list(real_evidence.observed().cases.id)
    name = next(i for i in ids if ids.count(i) == 1 and (evidence.cases["case"] == i).sum() == 1)
    less = changed(LeftOut(case=name))
    lost = log_density(draws, real_evidence.prior(), real_evidence.observed()) - log_density(
        draws, real_evidence.prior(), observations(less)
    )
    observed = real_evidence.observed()
    terms = likelihood.case_terms(np, likelihood.parameters(np, draws, observed), observed.cases)
    assert lost == pytest.approx(terms[:, ids.index(name)], abs=1e-6)


@pytest.fixture(scope="module")
def conjugate(fitted):
    """A narrower prior of an effect, and the posterior it should give, as normals say.

    The fitted posterior N(m, s^2) is prior N(m0, s0^2) times likelihood; swapping the prior for
    N(m1, s1^2) makes the precision 1/s^2 - 1/s0^2 + 1/s1^2, and the mean weighs likewise.
    """
    place = named(fitted.scenario.effects).index(EFFECT)
    theta = fitted.draws["effect"][:, place]
    (m0,), (s0,) = log_normal([fitted.scenario.effects[place].hazard_ratio])
    m, s = theta.mean(), theta.std()
    m1, s1 = m + 0.1, s0 / 2
    belief = Belief(effect=EFFECT, hazard_ratio=tuple(np.exp(m1 + np.array([-1, 1]) * 1.6449 * s1)))
    precision = 1 / s**2 - 1 / s0**2 + 1 / s1**2
    mean = (m / s**2 - m0 / s0**2 + m1 / s1**2) / precision
    fast = reweighted(fitted, believing(belief))
    return belief, fast, theta, mean, precision**-0.5


def test_a_narrower_prior_near_the_posterior_is_reliable(conjugate):
    _, fast, theta, _, _ = conjugate
    assert fast.khat < KHAT_LIMIT
    weight = np.exp(fast.log_weight)
    assert weight.sum() == pytest.approx(1) and weight.shape == theta.shape
    assert effective_draws(weight, len(weight)) > 1000


def test_a_narrower_prior_pulls_the_effect_as_a_conjugate_normal(conjugate):
    belief, fast, theta, mean, sd = conjugate
    weight = np.exp(fast.log_weight)
    assert mean - theta.mean() > 0.05  # there is something to see
    theta = fast.run.draws["effect"][:, named(fast.run.scenario.effects).index(belief.about)]
    weighted_mean = weight @ theta
    assert weighted_mean == pytest.approx(mean, abs=0.01)
    assert np.sqrt(weight @ (theta - weighted_mean) ** 2) == pytest.approx(sd, rel=0.05)


def test_a_forecast_under_a_belief_says_how_it_was_made(fitted, conjugate):
    answer = forecast(fitted, believing(conjugate[0]))
    assert answer.method == "reweighted" and answer.reliable
    assert answer.khat == conjugate[1].khat and 1000 < answer.effective_draws < 4000


def test_a_belief_held_already_changes_nothing(fitted):
    place = named(fitted.scenario.effects).index(EFFECT)
    same = Belief(effect=EFFECT, hazard_ratio=fitted.scenario.effects[place].hazard_ratio)
    answer, plain = forecast(fitted, believing(same)), forecast(fitted)
    expected = plain.outcomes["probability"].to_numpy()
    assert answer.outcomes["probability"].to_numpy() == pytest.approx(expected, rel=1e-9)
    assert answer.effective_draws == pytest.approx(4000)


@pytest.mark.slow
def test_a_belief_far_from_the_posterior_is_flagged_or_refused(fitted):
    far = believing(Belief(base_rate="war_end_to_agreement", rate=(20.0, 30.0)))
    assert reweighted(fitted, far).khat > KHAT_LIMIT
    try:
        assert not forecast(fitted, far).reliable
    except Refused as problem:
        assert "refit" in str(problem)


def test_a_belief_about_an_influence_draws_it_and_the_futures_anew_without_weights(fitted):
    """Exactly what a fit under the belief would have: nothing of an influence flows back."""
    belief = believing(Belief(influence=INFLUENCE, adds=(0.1, 0.2)))
    answer = reweighted(fitted, belief)
    assert answer.khat == 0 and np.ptp(answer.log_weight) == 0
    changed = believed(fitted.evidence, belief).scenario
    noise, seed = fitted.draws["coder_noise"], fitted.manifest["settings"]["seed"]
    expected = futures(changed, fitted.observed, noise, seed)
    assert all(np.array_equal(answer.run.paths[name], expected[name]) for name in expected)
    place = named(changed.influences).index(INFLUENCE)
    adds = answer.run.paths["adds"][:, place]
    # middle 0.15, sd 0.1 / 3.29; the record (fitted at about -0.03) pulls it down a little
    assert 0.1 < adds.mean() < 0.16 and adds.std() < 0.031
    assert fitted.paths["adds"][:, place].mean() < 0


def test_a_belief_about_an_influence_moves_what_a_made_driver_moves(fitted):
    """Moscow's commitment made +2: if it adds to Baku's coercion, offensives are likelier."""
    made = DriverAssumption(id="russian_commitment", level=2.0)
    chances = {}
    for adds in ((-0.2, -0.1), (0.1, 0.2)):
        belief = Belief(influence=INFLUENCE, adds=adds)
        answer = forecast(fitted, Assumptions(drivers=(made,), beliefs=(belief,)))
        chances[adds] = answer.row("renewed_offensive")["probability"]
    assert chances[0.1, 0.2] > chances[-0.2, -0.1] + 0.002


def test_a_published_influence_believed_again_changes_no_bit(fitted):
    known = next(i for i in fitted.scenario.influences if i.name == INFLUENCE)
    again = reweighted(fitted, believing(Belief(influence=INFLUENCE, adds=known.adds)))
    assert again.run.paths is fitted.paths


def test_a_component_of_noise_that_an_event_less_turns_round_is_turned_back(fitted):
    """Without E20230514-1 two components come out of the decomposition the other way round. As the
    draws are of the run's, k-hat was .44 by that alone."""
    belief = believing(LeftOut(event="E20230514-1"))
    before = fitted.observed.history.noise
    changed_noise = observations(changed(LeftOut(event="E20230514-1"))).history.noise
    assert ((before * changed_noise).sum(axis=0) < 0).any()
    carried = reweighted(fitted, belief)
    assert ((before * carried.run.observed.history.noise).sum(axis=0) >= 0).all()
    assert carried.khat < 0.3
