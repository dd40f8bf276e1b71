"""What the engine is told of outcomes after time zero: observed, brought about or barred."""

from typing import Literal, NamedTuple

import numpy as np

from model.engine.kernels import KINDS


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
    kind: Literal["happened", "not_happened", "happens", "made", "barred"]
    outcome: int


def checked(conditions, steps, outcomes):
    """Return the conditions in order of time, or raise ValueError.
    Those at one moment stay in the order given."""
    for condition in conditions:
        if not isinstance(condition, Condition):
            raise ValueError(f"conditions must each be a Condition, got {condition!r}")
        for field, allowed, told in (
            ("after", range(-1, steps), f"from -1 to {steps - 1}"),
            ("kind", (*KINDS, "barred"), f"among {', '.join((*KINDS, 'barred'))}"),
            ("outcome", range(outcomes), f"from 0 to {outcomes - 1}"),
        ):
            if getattr(condition, field) not in allowed:
                raise ValueError(f"conditions must have {field} {told}, got {condition}")
    conditions = sorted(conditions, key=lambda condition: condition.after)
    for outcome in range(outcomes):
        _refuse_contradiction([c for c in conditions if c.outcome == outcome])
    return conditions


def _refuse_contradiction(conditions):
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


def _contradicts(known, new, barred):
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
        if new.after <= barred:
            return bar
    return None


def barred_steps(conditions, steps, outcomes):
    """Return (steps, outcomes) bool: in which steps an outcome is barred."""
    barred = np.zeros((steps, outcomes), dtype=bool)
    for after, kind, outcome in conditions:
        if kind == "barred":
            barred[: after + 1, outcome] = True
    return barred


def coded(conditions):
    """Return the conditions that act at their moment as rows of after, kind and outcome, and
    the last step that one of them drops anything after (0 if none does)."""
    acting = [(c.after, KINDS.index(c.kind), c.outcome) for c in conditions if c.kind in KINDS]
    last = max((c.after for c in conditions if c.kind not in ("made", "barred")), default=0)
    return np.array(acting, dtype=np.int64).reshape(-1, 3), max(last, 0)
