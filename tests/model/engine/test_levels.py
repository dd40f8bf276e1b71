"""The levels of a chain: none that nothing leads to, one where nothing tells two apart."""

from itertools import product

import numpy as np
import pytest

from model.engine import Condition, chain, joint_probabilities
from model.engine.chain import EARLIER, PAST, QUIET, RECENT, Kind

INF = np.inf
NO = False


def kind(sends, half_life=None, acting=(), can_happen=(), begin=(0,)):
    """A Kind of few words: outcomes act on none, do not fade, and can happen unless told."""
    count = len(sends)
    return Kind(
        tuple(map(tuple, sends)),
        tuple(half_life or [INF] * count),
        tuple(k in acting for k in range(count)),
        tuple(can_happen or [True] * count),
        begin,
    )


def levels(of):
    return set(chain.tabulate(of)[3])


def test_without_fading_there_is_a_level_a_state():
    assert levels(kind([[1], [2], [0]])) == set(product((0, 1), repeat=3))


def test_an_outcome_is_past_at_once_where_all_that_it_acts_on_has_happened():
    # 0 fades and acts on 1: recent or past matters while 1 has not happened, and no longer
    expected = {(QUIET, 0), (RECENT, 0), (PAST, 0), (QUIET, 1), (PAST, 1)}
    assert levels(kind([[1], []], [0.5, INF])) == expected


def test_earlier_links_matter_as_long_as_something_is_left_to_act_on():
    expected = {(EARLIER, 0), (QUIET, 0), (RECENT, 0), (PAST, 0), (QUIET, 1), (PAST, 1)}
    assert levels(kind([[1], []], [0.5, INF], acting=[0])) == expected


def test_what_cannot_happen_has_no_levels_and_leaves_nothing_to_act_on():
    assert levels(kind([[1], []], [0.5, INF], can_happen=[True, NO])) == {(QUIET, 0), (PAST, 0)}


def test_what_has_happened_before_time_zero_is_in_every_level():
    # 1 has happened: of eight levels of three outcomes, the four with it
    assert levels(kind([[1], [2], [0]], begin=(2,))) == {(a, 1, c) for a in (0, 1) for c in (0, 1)}


def test_every_move_leads_to_a_higher_level():
    of = kind([[1, 2], [2], [0, 3], []], [0.5, INF, 2.0, INF], acting=[0, 2])
    _, into, out_of, _ = chain.tabulate(of)
    for moves, sign in ((into, -1), (out_of, 1)):
        level = np.repeat(np.arange(len(moves.begin) - 1), np.diff(moves.begin).astype(int))
        assert (sign * (moves.other.astype(int) - level) > 0).all()
    assert sorted(into.rate) == sorted(out_of.rate)


def test_our_network_of_six_has_fewer_levels_than_ways_to_combine_them():
    """Two of six fade, one of them acts still: 2^4 × 3 × 4 = 192 ways. Turkish forces act on the
    offensive alone, so they have no recent level once it has come (2^4 × 2 fewer, 160); and the
    offensive acts no longer once all five that it acts on have come (3 fewer)."""
    treaty, corridor, turkish, offensive, withdrawal, csto = range(6)
    sends = [[] for _ in range(6)]
    sends[treaty] = [corridor, turkish, offensive]
    sends[corridor] = [treaty, offensive]
    sends[turkish] = [offensive]
    sends[offensive] = [treaty, corridor, turkish, withdrawal, csto]
    sends[withdrawal] = [turkish, offensive]
    sends[csto] = [offensive]
    half_life = [INF, INF, 0.5, 0.25, INF, INF]
    assert len(levels(kind(sends, half_life, acting=[offensive]))) == 157


def test_making_what_cannot_happen_makes_it_happen():
    log_hazard = np.array([[[-INF, np.log(0.5)]] * 2])
    link = np.array([[[0.0, np.log(3)], [0.0, 0.0]]])
    made = [Condition(0, "made", 0)]
    joint = joint_probabilities(log_hazard, link, 1.0, [0.01, INF], conditions=made)
    assert joint[0, 1, [1, 3]].sum() == pytest.approx(1)
    assert joint[0, 0, 0] == joint[0, 0, 2] == 0


def test_links_that_nothing_can_feel_change_nothing():
    """0 fades and acts on 1 alone, which is ruled out: its own chance is what it is by itself."""
    log_hazard = np.log([[[0.7, 0.2]]])
    link = np.array([[[0.0, 5.0], [0.0, 0.0]]])
    barred = [Condition(0, "barred", 1)]
    joint = joint_probabilities(log_hazard, link, 1.0, [0.1, INF], conditions=barred)
    assert joint[0, 0] == pytest.approx([np.exp(-0.7), 1 - np.exp(-0.7), 0, 0], abs=1e-7)
