"""Shapley values, by hand and on the real run."""

from datetime import date
from itertools import permutations

import numpy as np
import pytest

from model.assumptions import NOTHING, Assumptions, DriverAssumption, LeftOut, OutcomeAssumption
from model.explain.attribution import shapley, shapley_values
from model.forecast import forecast

DEADLINE = date(2023, 12, 31)
WEST = DriverAssumption(id="western_mediation", level=1.8)
TALKS = DriverAssumption(id="negotiation_momentum", level=1.5)
COOLER = DriverAssumption(id="negotiation_momentum", level=0.2)
FIGHTING = OutcomeAssumption(id="renewed_offensive", on=date(2023, 11, 1), verb="make")


def test_two_players_by_hand():
    # alone 1 and 2, together 7: orders give 1 then 6, or 5 then 2; means 3 and 4
    worth = {(): 0.0, (0,): 1.0, (1,): 2.0, (0, 1): 7.0}
    assert shapley_values(2, lambda group: worth[tuple(sorted(group))]) == pytest.approx([3, 4])


def test_three_players_a_pair_of_gloves_by_hand():
    # players 0 and 1 hold left gloves, 2 a right one; a pair is worth 1: 1/6, 1/6, 4/6
    shares = shapley_values(3, lambda group: float(2 in group and len(group) > 1))
    assert shares == pytest.approx([1 / 6, 1 / 6, 4 / 6])


def test_it_is_the_mean_over_every_order_of_joining():
    worth = np.random.default_rng(1).random(16)

    def value(group):
        return worth[sum(1 << player for player in group)]

    gains = np.zeros(4)
    orders = list(permutations(range(4)))
    for order in orders:
        for place, player in enumerate(order):
            gains[player] += value(frozenset(order[: place + 1])) - value(frozenset(order[:place]))
    assert shapley_values(4, value) == pytest.approx(gains / len(orders))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (NOTHING, Assumptions(drivers=(WEST, TALKS), outcomes=(FIGHTING,))),
        (Assumptions(drivers=(WEST, COOLER)), Assumptions(drivers=(TALKS,), outcomes=(FIGHTING,))),
        (NOTHING, Assumptions(drivers=(TALKS,), left_out=(LeftOut(event="E20230903-1"),))),
    ],
)
def test_the_shares_add_up_to_the_gap(fitted, before, after):
    table = shapley(fitted, before, after, "peace_treaty", DEADLINE)
    chance_before, chance_after = (
        forecast(fitted, assumptions, DEADLINE).outcomes.set_index("outcome")["probability"]
        for assumptions in (before, after)
    )
    gap = chance_after["peace_treaty"] - chance_before["peace_treaty"]
    assert table["share"].sum() == pytest.approx(gap, abs=1e-12)


def test_a_setting_in_both_sets_is_one_player_if_it_differs_and_none_if_not(fitted):
    before, after = Assumptions(drivers=(WEST, COOLER)), Assumptions(drivers=(WEST, TALKS))
    table = shapley(fitted, before, after, "peace_treaty", DEADLINE)
    assert list(table["id"]) == ["negotiation_momentum"]
    assert (table["before"][0], table["after"][0]) == ((COOLER,), (TALKS,))


def test_the_other_way_round_the_shares_change_their_sign(fitted):
    before, after = NOTHING, Assumptions(drivers=(WEST, TALKS))
    there, back = (
        shapley(fitted, *pair, "peace_treaty", DEADLINE)
        for pair in ((before, after), (after, before))
    )
    assert back["share"].to_numpy() == pytest.approx(-there["share"].to_numpy(), abs=1e-12)


def test_equal_sets_have_nothing_to_explain(fitted):
    assumptions = Assumptions(drivers=(WEST,))
    assert shapley(fitted, assumptions, assumptions, "peace_treaty", DEADLINE).empty


def test_more_than_eight_differences_are_refused_in_a_line(fitted):
    many = tuple(DriverAssumption(id=id, level=0) for id in fitted.scenario.driver_ids)
    with pytest.raises(ValueError, match="differ in 10 assumptions; up to 8 can be told apart"):
        shapley(fitted, NOTHING, Assumptions(drivers=many), "peace_treaty", DEADLINE)


def test_a_mixed_set_that_is_refused_is_named(fitted):
    learned = DriverAssumption(id="russian_commitment", level=2, verb="assume")
    with pytest.raises(ValueError, match="with russian_commitment changed, only"):
        shapley(fitted, NOTHING, Assumptions(drivers=(learned,)), "peace_treaty", DEADLINE)
