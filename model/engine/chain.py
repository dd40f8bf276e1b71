"""The Markov chain of one draw: its levels, the moves between them and their rates.

A level tells of every outcome whether it has not happened, is recent or is past; an
outcome whose links do not fade is never past.  Of an outcome that happened before time zero
and may happen again, not having happened since is two things: its earlier links act still,
or no longer.  Every move goes to a higher level.
"""

from collections import namedtuple
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np

# The moves into (or out of) level s are begin[s]:begin[s + 1], from (or to) level `other`
# at rate number `rate`.
Moves = namedtuple("Moves", "begin other rate")

# Rate r is the hazard of outcome[r] (one, for the fading of links) times constant[r]
# if base[r] < 0, else rate base[r] with the link from cause[r].  Level s is of state[s].
Chain = namedtuple("Chain", "outcome constant base cause state")

# What a level says of one outcome.  Links act at EARLIER and at RECENT.
EARLIER, QUIET, RECENT, PAST = -1, 0, 1, 2


@lru_cache(maxsize=64)
def tabulate(
    outcomes: int, sends: Any, fade: tuple[float, ...], earlier: tuple[bool, ...]
) -> tuple[Chain, Moves, Moves, np.ndarray]:
    """Return the Chain of so many outcomes, the Moves into its levels and out of them, and the
    levels themselves, (levels, outcomes): EARLIER, QUIET, RECENT or PAST.

    sends: the bytes of an (outcomes, outcomes) bool array, true where j acts on k. Bytes, since
        the answer is remembered by its arguments.
    fade: half-life of each outcome's links in years; inf where they do not fade.
    earlier: of each outcome, whether its links may act at time zero although it has not happened
        since.
    Moves of equal causes share a rate.
    """
    rates: Any  # a list of rows while they are met, at last its columns
    levels: Any  # a list of tuples, at last an array
    enter: list[int]
    source: list[int]
    sends = np.frombuffer(sends, dtype=bool).reshape(outcomes, outcomes)
    # What acts on nothing need not fade: a level fewer for each such outcome.
    fades = np.isfinite(fade) & sends.any(axis=1)
    kinds = [range(-int(e and f), 2 + f) for e, f in zip(earlier, fades, strict=True)]
    levels = [level[::-1] for level in product(*kinds[::-1])]
    number = {level: s for s, level in enumerate(levels)}
    numbered, rates, enter, source, source_rate = {}, [], [0], [], []

    def rate(k, causes=(), constant=1.0):
        if (k, constant, causes) not in numbered:
            base = rate(k, causes[:-1]) if causes else -1
            numbered[k, constant, causes] = len(rates)
            rates.append((k, constant, base, causes[-1] if causes else -1))
        return numbered[k, constant, causes]

    for level in levels:
        for before, k in _entered_from(level, number):
            causes = tuple(j for j in range(outcomes) if abs(before[j]) == 1 and sends[j, k])
            source.append(number[before])
            new = rate(k, causes) if level[k] == RECENT else rate(outcomes, (), np.log(2) / fade[k])
            source_rate.append(new)
        enter.append(len(source))
    into = Moves(*(np.array(c, dtype=np.uintp) for c in (enter, source, source_rate)))
    levels = np.array(levels)
    state = (levels > 0) @ (1 << np.arange(outcomes))
    rates = (np.array(column) for column in zip(*rates, strict=True))
    # type: ignore, since a checker does not know that the columns are four.
    return Chain(*rates, state), into, _turned(into), levels  # type: ignore[call-arg]


def _entered_from(level: tuple, number: dict) -> Iterator[tuple[tuple, int]]:
    """Yield each level that a move leads from to `level`, and the outcome that moves."""
    for k, now in enumerate(level):
        for old in (now - 1, EARLIER) if now == RECENT else (now - 1,):
            before = level[:k] + (old,) + level[k + 1 :]
            if before in number:
                yield before, k


def _turned(into: Moves) -> Moves:
    """Return the moves into the levels as moves out of them."""
    levels = len(into.begin) - 1
    target = np.repeat(np.arange(levels, dtype=np.uintp), np.diff(into.begin).astype(int))
    # Stable, so that moves out of one level keep the order of their targets.
    by_source = np.argsort(into.other, kind="stable")
    begin = np.searchsorted(into.other[by_source], np.arange(levels + 1)).astype(np.uintp)
    return Moves(begin, target[by_source], into.rate[by_source])
