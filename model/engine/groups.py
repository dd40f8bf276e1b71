"""Outcomes that no link joins: solved apart and put together, as they are independent in a draw."""

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse.csgraph import connected_components

from model.engine.arguments import Question
from model.engine.conditions import Condition

Group = np.ndarray  # numbers of outcomes, ascending


def apart(asked: Question) -> list[Group]:
    """Return the groups of outcomes between which no link of any draw acts, one at least.

    A group: numbers of outcomes (outcomes,), ascending. Outcomes whose states at time zero are
    uncertain may depend on each other from the start.
    """
    outcomes = asked.log_hazard.shape[2]
    if np.count_nonzero(asked.start) > 1:
        return [np.arange(outcomes)]
    count, label = connected_components(np.any(asked.link != 0, axis=0), directed=False)
    return [np.flatnonzero(label == g) for g in range(count)]


def part(asked: Question, group: Group) -> Question:
    """Return what is asked of a group alone: hazards (draws, steps, its outcomes), its states."""
    (state,) = np.flatnonzero(asked.start).tolist()
    start = np.arange(2 ** len(group)) == _within(state, group)
    return Question(
        np.ascontiguousarray(asked.log_hazard[..., group]),
        np.ascontiguousarray(asked.link[:, group[:, None], group]),
        asked.step,
        asked.fade[group],
        start.astype(float),
        asked.acting[group],
    )


def those_of(conditions: Iterable[Condition], group: Group) -> list[Condition]:
    """Return the conditions on outcomes of a group, the outcomes numbered within it."""
    place = {outcome: place for place, outcome in enumerate(group.tolist())}
    return [c._replace(outcome=place[c.outcome]) for c in conditions if c.outcome in place]


def together(
    groups: Sequence[Group], answers: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]]
) -> tuple[np.ndarray, np.ndarray]:
    """Return joint and chances of all outcomes, of the groups' own.

    An answer is the joint of a group's states, their chances, and (draws,) that of its conditions.
    """
    draws, steps = answers[0][1].shape[:2]
    outcomes = sum(map(len, groups))
    states = np.arange(2**outcomes)
    joint = np.ones((draws, answers[0][0].shape[1], 2**outcomes))
    chances = np.ones((draws, steps, outcomes))
    for group, (own, chance, met) in zip(groups, answers, strict=True):
        joint *= own[:, :, _within(states, group)]
        chances[..., group] *= chance
        others = np.setdiff1d(np.arange(outcomes), group)
        chances[..., others] *= met[:, None, None]
    return joint, chances


def _within(state: np.ndarray | int, group: Group) -> np.ndarray | int:
    """Return the states of a group's outcomes, numbered within it."""
    return sum((state >> k & 1) << place for place, k in enumerate(group.tolist()))
