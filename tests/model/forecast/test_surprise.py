"""How surprising a setting is: chances by hand, and together never less surprising than alone."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import numpy as np
import pytest
from scipy.stats import norm

from model.assumptions import NOTHING, Assumptions, Belief, DriverAssumption, OutcomeAssumption
from model.forecast import forecast
from model.forecast.surprise import belief_tail, chance_of, oddest_pair, surprises, together

DAY = date(2023, 12, 31)
EFFECT = "iranian_deterrence -> peace_treaty"


def level(id, value, verb="assume", days=90):
    day = date(2023, 9, 21) + timedelta(days=days)
    return DriverAssumption(id=id, level=value, from_=day, verb=verb)


def outcome(id, **fields):
    return OutcomeAssumption(id=id, **({"by": DAY} | fields))


def test_a_drivers_surprise_is_one_in_54_by_hand(fitted):
    """Level 1 is raw ln 3; a draw that expects 0.4327 with sd 0.3195 sees it 2.0846 sd up:
    1 - Phi(2.0846) = 0.01855, one in 53.9 (worked in test_learning)."""
    size = len(fitted.scenario.drivers)
    paths = {
        "raw_path": np.full((1, 3, size), 0.4),
        "flow_mean": np.full((1, size), 0.1),
        "flow_root": 0.3 * np.eye(size)[None],
        "adds": np.zeros((1, len(fitted.scenario.influences))),
    }
    run = replace(fitted, paths=paths)
    supposed = Assumptions(drivers=(level("azerbaijani_coercion", 1.0, days=0),))
    (row,) = surprises(run, supposed).to_dict("records")
    assert (row["kind"], row["id"]) == ("driver", "azerbaijani_coercion")
    assert row["one_in"] == pytest.approx(53.9, abs=0.1)


def test_an_outcomes_surprise_is_its_probability(fitted):
    published = forecast(fitted, deadline=DAY).outcomes.set_index("outcome")["probability"]
    supposed = Assumptions(
        outcomes=(
            outcome("peace_treaty"),
            outcome("csto_exit", verb="make"),
            outcome("corridor_open", happens=False),
        )
    )
    table = surprises(fitted, supposed).set_index("id")
    assert table["chance"]["peace_treaty"] == pytest.approx(published["peace_treaty"], rel=1e-6)
    assert table["chance"]["csto_exit"] == pytest.approx(published["csto_exit"], rel=1e-6)
    assert table["chance"]["corridor_open"] == pytest.approx(1 - published["corridor_open"])
    one_in = (1 / published[["peace_treaty", "csto_exit"]]).to_numpy()
    assert table["one_in"][["peace_treaty", "csto_exit"]].to_numpy() == pytest.approx(one_in)


def test_on_a_day_is_as_surprising_as_by_it(fitted):
    on, by = (OutcomeAssumption(id="peace_treaty", **{how: DAY}) for how in ("on", "by"))
    assert chance_of(fitted, [on]) == chance_of(fitted, [by])


def test_two_outcomes_together_have_their_joint_probability(fitted):
    pair = ("renewed_offensive", "russian_withdrawal")
    joint = forecast(fitted, deadline=DAY).joint
    both = joint.loc[joint["happened"].map(lambda h: set(pair) <= set(h)), "probability"].sum()
    chance = together(fitted, Assumptions(outcomes=tuple(outcome(id) for id in pair)))
    assert chance == pytest.approx(both, rel=1e-6)


SETTINGS = (
    level("turkish_backing", 1.2),
    level("azerbaijani_coercion", -0.5, verb="make"),
    outcome("renewed_offensive"),
    outcome("csto_exit"),
    outcome("corridor_open", happens=False),
)


def test_a_combination_is_not_less_surprising_than_its_parts(fitted):
    alone = {id(setting): chance_of(fitted, [setting]) for setting in SETTINGS}
    for pair in combinations(SETTINGS, 2):
        # the grid of a pair has both days as edges, which moves exact answers by a little
        assert chance_of(fitted, list(pair)) <= 1.001 * min(alone[id(setting)] for setting in pair)
    assert chance_of(fitted, list(SETTINGS)) <= min(alone.values())


def test_the_oddest_pair_is_the_least_likely_of_all(fitted):
    supposed = Assumptions(drivers=SETTINGS[:2], outcomes=SETTINGS[2:])
    *pair, chance = oddest_pair(fitted, supposed)
    expected = [chance_of(fitted, [a, b]) for a, b in combinations(SETTINGS, 2)]
    assert chance == min(expected)
    ids = [(a.id, b.id) for a, b in combinations(SETTINGS, 2)]
    assert tuple(pair) == ids[int(np.argmin(expected))]


def test_one_setting_makes_no_pair_and_none_is_no_surprise(fitted):
    assert oddest_pair(fitted, Assumptions(drivers=SETTINGS[:1])) is None
    assert together(fitted, NOTHING) == 1 and len(surprises(fitted, NOTHING)) == 0


def around(values, shift=0.0):
    centre = values.mean() + shift * values.std()
    return tuple(float(end) for end in np.exp(centre + np.array([-0.2, 0.2])))


@pytest.mark.parametrize("kind", ["effect", "link", "base_rate"])
def test_a_belief_at_the_posterior_mean_is_one_in_two(fitted, kind):
    scenario, draws = fitted.scenario, fitted.draws
    links = [f"{link.from_} -> {link.to}" for link in scenario.links]
    effects = [f"{effect.from_} -> {effect.to}" for effect in scenario.effects]
    name, field, values = {
        "effect": (EFFECT, "hazard_ratio", draws["effect"][:, effects.index(EFFECT)]),
        "link": (links[6], "hazard_ratio", draws["link_size"][:, 6]),
        "base_rate": (scenario.class_ids[4], "rate", draws["log_rate"][:, 4]),
    }[kind]
    # the posteriors are near normal, so the mean is near the median
    at_mean = Belief(**{kind: name, field: around(values)})
    assert belief_tail(fitted, at_mean) == pytest.approx(0.5, abs=0.04)
    (row,) = surprises(fitted, Assumptions(beliefs=(at_mean,))).to_dict("records")
    assert row["kind"] == "belief" and row["one_in"] == pytest.approx(2, abs=0.2)
    # two standard deviations out on either side: about 1 - Phi(2) = 0.023, one in 44
    for side in (-2, 2):
        far = Belief(**{kind: name, field: around(values, side)})
        assert belief_tail(fitted, far) == pytest.approx(0.023, abs=0.013)


def test_a_belief_about_an_influence_goes_by_its_levels(fitted):
    name, adds = fitted.scenario.influences[0].name, fitted.paths["adds"][:, 0]
    centre, sd = float(adds.mean()), float(adds.std())
    for side, chance in ((0, 0.5), (-2, 0.023)):
        middle = centre + side * sd
        belief = Belief(influence=name, adds=(middle - 0.01, middle + 0.01))
        assert belief_tail(fitted, belief) == pytest.approx(chance, abs=0.03 if not side else 0.013)


def test_a_belief_that_no_draw_reaches_is_at_most_one_in_a_draw_more(fitted):
    """(0 + 1) / (4000 + 1); with 3 of 4,000 draws beyond, 4 / 4001 and no bound."""
    values = np.sort(fitted.draws["effect"][:, 0])
    effect = fitted.scenario.effects[0]
    name = f"{effect.from_} -> {effect.to}"
    between = float((values[-4] + values[-3]) / 2)
    tail = {centre: _row(fitted, name, centre) for centre in (values[-1] + 1, 20.0, between)}
    assert [row["chance"] for row in tail.values()] == pytest.approx([1 / 4001] * 2 + [4 / 4001])
    assert [row["bound"] for row in tail.values()] == [True, True, False]


def _row(run, name, centre):
    interval = tuple(float(end) for end in np.exp([centre - 0.2, centre + 0.2]))
    belief = Belief(effect=name, hazard_ratio=interval)
    (row,) = surprises(run, Assumptions(beliefs=(belief,))).to_dict("records")
    return row


def test_a_factor_moves_the_departure_from_its_median(fitted):
    """The departure of csto_exit is near normal: its tail beyond median + log f, by its sd."""
    place = fitted.scenario.outcome_ids.index("csto_exit")
    sd = fitted.draws["departure"][:, place].std()
    for factor in (1.0, 1.5, 3.0, 1 / 3):
        supposed = Assumptions(beliefs=(Belief(outcome="csto_exit", factor=factor),))
        (row,) = surprises(fitted, supposed).to_dict("records")
        assert (row["kind"], row["id"], row["bound"]) == ("belief", "csto_exit", False)
        assert row["chance"] == pytest.approx(norm.sf(abs(np.log(factor)) / sd), abs=0.012)


def test_a_level_that_makes_an_outcome_likelier_does_not_make_both_likelier_than_it(thin):
    """A made-up run in which no future moves: level 0 for ever, or 1 once learned.

    Level 1 is raw ln 3 = 1.0986 of a month's flow with sd 1.065: a tail of 0.151. Each unit
    multiplies the hazard by exp(3) = 20: tail times chance is three times the outcome's alone.
    """
    still = {name: np.zeros_like(values) for name, values in thin.paths.items()}
    still["flow_root"] = still["flow_root"] + np.eye(len(thin.scenario.drivers))
    pull = np.full_like(thin.draws["pull"], 3.0)
    run = replace(thin, paths=still, draws=thin.draws | {"pull": pull})
    driver = level("armenian_diversification", 1.0, days=0)
    exit_ = outcome("csto_exit")
    given_ = forecast(run, Assumptions(drivers=(driver,)), DAY).outcomes.set_index("outcome")
    assert 0.151 * given_["probability"]["csto_exit"] > 2 * chance_of(run, [exit_])
    assert chance_of(run, [driver, exit_]) == chance_of(run, [exit_])
    pair = Assumptions(drivers=(driver,), outcomes=(exit_,))
    assert together(run, pair) == oddest_pair(run, pair)[2] == chance_of(run, [exit_])


def test_a_set_is_no_likelier_than_the_belief_it_holds(fitted):
    belief = Belief(effect=EFFECT, hazard_ratio=(50.0, 60.0))
    mild = Assumptions(outcomes=(outcome("corridor_open", happens=False),), beliefs=(belief,))
    assert together(fitted, mild) == belief_tail(fitted, belief) == pytest.approx(1 / 4001)
