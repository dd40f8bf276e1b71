"""Cases of a parametrised test that `make test` leaves to `make test-slow`."""

from collections.abc import Iterable

import pytest


def slow(*values, **how):
    """A case with these values that only `make test-slow` runs; `how` is `pytest.param`'s."""
    return pytest.param(*values, marks=pytest.mark.slow, **how)


def sampled(cases: Iterable, every: int) -> list:
    """All cases: the first and each `every`-th after it for `make test`, the others slow.

    A case of several values is a tuple.
    """
    return [
        case if place % every == 0 else slow(*case if isinstance(case, tuple) else (case,))
        for place, case in enumerate(cases)
    ]


def slow_but(cases: Iterable, kept: Iterable) -> list:
    """All cases, each of one value: those of `kept` for `make test`, the others slow."""
    stay = {*kept}
    return [case if case in stay else slow(case) for case in cases]
