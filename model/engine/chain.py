"""The Markov chain of one draw: its levels, the moves between them and their rates.

A level tells of every outcome whether it has not happened, is recent or is past; an
outcome whose links do not fade is never past.  Of an outcome that happened before time zero
and may happen again, not having happened since is two things: its earlier links act still,
or no longer.  Every move goes to a higher level.

Levels that nothing tells apart are one: where all that an outcome acts on has happened, or
cannot, it counts as past, or as quiet, at once.  Levels that no move leads to are left out.
"""

from collections import Counter, namedtuple
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np

from model.engine.kernels import HALF

# The moves into (or out of) level s are begin[s]:begin[s + 1], from (or to) level `other`
# at rate number `rate`; `both` has the two in one number, upper and lower half.
Moves = namedtuple("Moves", "begin other rate both")

# Rate r is the hazard of outcome[r] (one, for the fading of links) times constant[r]
# if base[r] < 0, else rate base[r] with the link from cause[r].  Level s is of state[s]; those
# of state S are level[begin[S]:begin[S + 1]].
Chain = namedtuple("Chain", "outcome constant base cause state begin level")

# What a level says of one outcome.  Links act at EARLIER and at RECENT.
EARLIER, QUIET, RECENT, PAST = -1, 0, 1, 2
Level = tuple[int, ...]


class Kind(NamedTuple):
    """What decides the levels of a chain and the moves between them.

    sends: of each outcome the others that it acts on. half_life: of its links in years, inf where
    they do not fade. acting: whether links of an occurrence before time zero may act still.
    can_happen: whether it can happen after time zero. begin: the states to start from.
    """

    sends: tuple[tuple[int, ...], ...]
    half_life: tuple[float, ...]
    acting: tuple[bool, ...]
    can_happen: tuple[bool, ...]
    begin: tuple[int, ...]

    def fades(self, k: int) -> bool:
        """Whether the links of outcome k fade; what acts on nothing need not."""
        return bool(self.sends[k]) and self.half_life[k] < np.inf

    def first_levels(self, state: int) -> Iterator[Level]:
        """Yield the levels that state may be of at time zero, before any are taken as one."""
        return product(*(self._first(k, bool(state >> k & 1)) for k in range(len(self.sends))))

    def _first(self, k: int, happened: bool) -> Level:
        if not self.fades(k):
            return (int(happened),)
        if self.acting[k]:
            return (RECENT, PAST) if happened else (EARLIER, QUIET)
        return (PAST,) if happened else (QUIET,)

    def merged(self, level: Level) -> Level:
        """Return the level that stands for this one: where nothing is left to act on, none acts."""
        return tuple(
            now + 1 if abs(now) == 1 and self.fades(k) and self._is_spent(level, k) else now
            for k, now in enumerate(level)
        )

    def _is_spent(self, level: Level, k: int) -> bool:
        return all(level[j] > 0 or not self.can_happen[j] for j in self.sends[k])

    def moves(self, level: Level) -> Iterator[tuple[Level, int]]:
        """Yield each level that a move leads to from this one, and the outcome that moves."""
        for k, now in enumerate(level):
            if now <= QUIET and self.can_happen[k]:
                yield self.merged((*level[:k], RECENT, *level[k + 1 :])), k
            if now in (EARLIER, RECENT) and self.fades(k):
                yield (*level[:k], now + 1, *level[k + 1 :]), k

    def causes(self, level: Level, k: int) -> Level:
        """Return the outcomes whose links act on outcome k in a level."""
        return tuple(j for j, now in enumerate(level) if abs(now) == 1 and k in self.sends[j])


@lru_cache(maxsize=64)
def tabulate(kind: Kind) -> tuple[Chain, Moves, Moves, dict[Level, int]]:
    """Return the Chain of a kind, the Moves into its levels and out of them, and the number of
    each level, a tuple of EARLIER, QUIET, RECENT or PAST.

    Moves of equal causes share a rate.
    """
    levels = _levels(kind)
    number = {level: s for s, level in enumerate(levels)}
    rates = _Rates(len(kind.sends))
    moves = []
    for s, level in enumerate(levels):
        for after, k in kind.moves(level):
            happens = level[k] <= QUIET < after[k]
            fading = 0.0 if happens else np.log(2) / kind.half_life[k]
            rate = rates.of(k, kind.causes(level, k)) if happens else rates.constant(fading)
            moves.append((number[after], s, rate))
    state = [sum(1 << k for k, now in enumerate(level) if now > 0) for level in levels]
    target, source, at_rate = np.array(moves, dtype=np.uintp).reshape(-1, 3).T
    into = _by(target, source, at_rate, len(levels))
    out_of = _by(source, target, at_rate, len(levels))
    return rates.chain(np.array(state)), into, out_of, number


def begun(
    kind: Kind, number: dict[Level, int], start: np.ndarray, acting: np.ndarray
) -> np.ndarray:
    """Return (levels,) the probability of each level at time zero.

    start: of each state. acting: of each outcome, the chance that earlier links act still.
    """
    shared = [k for k, may in enumerate(kind.acting) if may and kind.fades(k)]
    probability = np.zeros(len(number))
    for state in kind.begin:
        for level in kind.first_levels(state):
            shares = [acting[k] if abs(level[k]) == 1 else 1.0 - acting[k] for k in shared]
            probability[number[kind.merged(level)]] += start[state] * np.prod(shares)
    return probability


def _levels(kind: Kind) -> list[Level]:
    """Return every level that a move may lead to, so ordered that all moves lead upwards.

    A move raises the sum of a level. Levels of one sum stand together, and those with as many
    moves into them: a kernel then reads what lies near, and its loops are of one length.
    """
    reached = {kind.merged(level) for state in kind.begin for level in kind.first_levels(state)}
    ahead, into = list(reached), Counter[Level]()
    while ahead:
        after = [level for level, _ in kind.moves(ahead.pop())]
        into.update(after)
        new = set(after) - reached
        reached |= new
        ahead += new
    return sorted(reached, key=lambda level: (sum(level), into[level], level[::-1]))


class _Rates:
    """The rates of a chain, as they are met: rows of outcome, constant, base and cause."""

    def __init__(self, outcomes: int):
        self.outcomes = outcomes
        self.numbered: dict[tuple, int] = {}
        self.rows: list[tuple[int, float, int, int]] = []

    def of(self, k: int, causes: Level) -> int:
        """Return the number of the hazard of k with the links from `causes`."""
        if (k, causes) not in self.numbered:
            base = self.of(k, causes[:-1]) if causes else -1
            self._add((k, causes), (k, 1.0, base, causes[-1] if causes else -1))
        return self.numbered[k, causes]

    def constant(self, rate: float) -> int:
        """Return the number of a rate that is the same in every draw and step."""
        if (rate,) not in self.numbered:
            self._add((rate,), (self.outcomes, rate, -1, -1))
        return self.numbered[(rate,)]

    def _add(self, key: tuple, row: tuple[int, float, int, int]) -> None:
        self.numbered[key] = len(self.rows)
        self.rows.append(row)

    def chain(self, state: np.ndarray) -> Chain:
        """Return the Chain of these rates whose levels are of the states given."""
        outcome, constant, base, cause = np.array(self.rows).reshape(-1, 4).T
        outcome, base, cause = (column.astype(int) for column in (outcome, base, cause))
        level = np.argsort(state, kind="stable").astype(np.uintp)
        begin = np.searchsorted(state[level], np.arange(2**self.outcomes + 1)).astype(np.uintp)
        return Chain(outcome, constant.copy(), base, cause, state, begin, level)


def _by(of: np.ndarray, other: np.ndarray, rate: np.ndarray, levels: int) -> Moves:
    """Return the moves in order of the level that they are of."""
    order = np.lexsort((other, of))
    begin = np.searchsorted(of[order], np.arange(levels + 1)).astype(np.uintp)
    other, rate = other[order], rate[order]
    # a kernel reads them again for every row, step and term, and reading is what it waits for
    return Moves(begin, other, rate, other << HALF | rate)
