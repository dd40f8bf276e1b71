"""What the engine is told of outcomes after time zero: observed, brought about or barred."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

import numpy as np

from model.engine.kernels import KINDS

Kind = Literal["happened", "not_happened", "happens", "made", "barred"]


class Condition(NamedTuple):
    """What holds of an outcome at the end of step `after`, -1 being time zero.

    Observed, so that what contradicts it is dropped:
    happened      it has happened by then.
    not_happened  it has not happened by then.
    happens       it happens exactly then, which has a density, per year: where it has not
                  happened, its hazard in step `after` (step 0 at time zero).
    Imposed, which says nothing of the past:
    made          it happens then, unless it has before.
    barred        it does not happen, its hazard being zero up to then.
    """

    after: int
    kind: Kind
    outcome: int


def checked(conditions: Iterable[Condition], steps: int, outcomes: int) -> list[Condition]:
    """Return the conditions in order of time; those at one moment stay in the order given.

    Raises ValueError for what is no Condition, for a step, kind or outcome that there is not, and
    for conditions that contradict each other.
    """
    conditions = list(conditions)
    for condition in conditions:
        if not isinstance(condition, Condition):
            raise ValueError(f"conditions must each be a Condition, got {condition!r}")
        for field, allowed, expected in (
            ("after", range(-1, steps), f"from -1 to {steps - 1}"),
            ("kind", (*KINDS, "barred"), f"among {', '.join((*KINDS, 'barred'))}"),
            ("outcome", range(outcomes), f"from 0 to {outcomes - 1}"),
        ):
            if getattr(condition, field) not in allowed:
                raise ValueError(f"conditions must have {field} {expected}, got {condition}")
    conditions = sorted(conditions, key=lambda condition: condition.after)
    for outcome in range(outcomes):
        _refuse_contradiction([c for c in conditions if c.outcome == outcome])
    return conditions


def _refuse_contradiction(conditions: list[Condition]) -> None:
    """Raise ValueError if the conditions, all of one outcome, contradict each other."""
    barred = max((c.after for c in conditions if c.kind == "barred"), default=-1)
    known = None  # the last condition that settles whether the outcome has happened
    for new in conditions:
        if new.kind == "barred":
            continue
        contradicted = _contradicts(known, new, barred)
        if contradicted:
            raise ValueError(f"conditions must not contradict each other: {new} and {contradicted}")
        if known is None or known.kind == "not_happened":
            known = new


def _contradicts(known: Condition | None, new: Condition, barred: int) -> Condition | None:
    """Return what rules out `new`: the condition before it, or the bar; None if nothing does."""
    bar = Condition(barred, "barred", new.outcome)
    happened = known is not None and known.kind != "not_happened"
    if happened and new.kind in ("not_happened", "happens"):
        return known
    if new.kind == "happens" and new.after <= barred and barred >= 0:
        return bar
    if new.kind == "made" and not happened and new.after < barred:
        return bar
    if new.kind == "happened" and known is not None and not happened:
        if new.after == known.after:
            return known
        # Not so far, and barred until then: no step is left in which it could happen.
        if new.after <= barred:
            return bar
    return None


def barred_steps(conditions: Iterable[Condition], steps: int, outcomes: int) -> np.ndarray:
    """Return (steps, outcomes) bool: in which steps an outcome is barred."""
    barred = np.zeros((steps, outcomes), dtype=bool)
    for after, kind, outcome in conditions:
        if kind == "barred":
            barred[: after + 1, outcome] = True
    return barred


def coded(conditions: list[Condition]) -> tuple[np.ndarray, int]:
    """Return the conditions that act at their moment, and the last step that drops anything.

    The conditions are (conditions, 3) int64: after, place of the kind in KINDS, outcome. The step
    is one at whose end something is dropped, 0 where nothing is.
    """
    acting = [(c.after, KINDS.index(c.kind), c.outcome) for c in conditions if c.kind in KINDS]
    last = max((c.after for c in conditions if c.kind not in ("made", "barred")), default=0)
    # Two dimensions also where there is no condition: the kernel is compiled for these.
    return np.array(acting, dtype=np.int64).reshape(-1, 3), max(last, 0)
