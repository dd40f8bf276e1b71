"""How much of the gap between two assumption sets each assumption explains: Shapley values."""

from collections.abc import Callable
from datetime import date
from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd

from model.assumptions import Assumptions
from model.forecast import Refused, answered
from model.runs import Run

MOST = 8  # assumptions; each one more doubles the forecasts to make, 256 for 8
FIELDS = ("drivers", "outcomes", "switches", "beliefs", "left_out", "events")
COLUMNS = "field id before after share".split()


def shapley(
    run: Run, before: Assumptions, after: Assumptions, outcome: str, deadline: date
) -> pd.DataFrame:
    """One row per assumption in which the sets differ, in the order of the sets.

    share: its Shapley value in the outcome's chance (0..1) by `deadline`, averaged over every order
    in which the settings of the set `before` can give way to those of `after`; the shares add up to
    the chance under `after` less that under `before`. Columns before, after: the setting in each
    set, None where a set has none. field, id: where it stands and what it is about.

    Raises ValueError, one plain line, above 8 assumptions, or where one of the mixed sets has too
    few draws behind it.
    """
    players = _differences(before, after)
    if len(players) > MOST:
        raise ValueError(
            f"the two sets differ in {len(players)} assumptions; up to {MOST} can be told apart, "
            "so choose sets that are closer"
        )

    def value(changed: frozenset[int]) -> float:
        try:
            answer = answered(run, _mixed(before, players, changed), deadline)
        except Refused as refusal:
            raise ValueError(_indivisible(players, changed, refusal)) from None
        return float(answer.row(outcome)["probability"])

    shares = shapley_values(len(players), value)
    rows = [(*player, share) for player, share in zip(players, shares, strict=True)]
    return pd.DataFrame(rows, columns=COLUMNS)


def differing(before: Assumptions, after: Assumptions) -> int:
    """In how many assumptions two sets differ: of n, `shapley` makes 2**n forecasts."""
    return len(_differences(before, after))


def shapley_values(players: int, value: Callable[[frozenset[int]], float]) -> np.ndarray:
    """(players,): each player's mean contribution to `value` over all orders of joining.

    In the unit of `value`. value(coalition) is asked once for each of the 2**players coalitions.
    Shapley (1953), in Contributions to the Theory of Games II: a coalition of s others weighs
    s! (n - s - 1)! / n!.
    """
    everyone = range(players)
    worth = {
        frozenset(group): value(frozenset(group))
        for size in range(players + 1)
        for group in combinations(everyone, size)
    }
    shares = np.zeros(players)
    for group, worth_of_group in worth.items():
        for player in set(everyone) - group:
            weight = factorial(len(group)) * factorial(players - len(group) - 1)
            gain = worth[group | {player}] - worth_of_group
            shares[player] += weight / factorial(players) * gain
    return shares


def _differences(before: Assumptions, after: Assumptions) -> list[tuple]:
    """(field, id, setting before, setting after) of everything that is not the same."""
    rows = []
    for field in FIELDS:
        earlier, later = (_by_id(getattr(assumptions, field)) for assumptions in (before, after))
        ids = dict.fromkeys([*earlier, *later])
        rows += [(field, id, earlier.get(id, ()), later.get(id, ())) for id in ids]
    return [(field, id, old or None, new or None) for field, id, old, new in rows if old != new]


def _indivisible(players: list[tuple], changed: frozenset[int], refusal: Refused) -> str:
    about = ", ".join(players[place][1] for place in sorted(changed)) or "none"
    return f"the gap cannot be divided: with {about} changed, {refusal.few}"


def _by_id(settings: tuple) -> dict[str, tuple]:
    """Settings by what they are about; one outcome may have two."""
    by_id: dict[str, tuple] = {}
    for setting in settings:
        id = _about(setting)
        by_id[id] = (*by_id.get(id, ()), setting)
    return by_id


def _about(setting) -> str:
    if hasattr(setting, "about"):
        return setting.about
    if hasattr(setting, "id"):
        return setting.id
    return next(" ".join(item) for item in setting.model_dump().items() if item[1])


def _mixed(before: Assumptions, players: list[tuple], changed: frozenset[int]) -> Assumptions:
    """`before` with the settings of the changed players as the other set has them."""
    update = {field: list(getattr(before, field)) for field in FIELDS}
    for place in changed:
        field, _, old, new = players[place]
        update[field] = [setting for setting in update[field] if setting not in (old or ())]
        update[field] += new or ()
    return before.model_copy(update={field: tuple(rest) for field, rest in update.items()})
