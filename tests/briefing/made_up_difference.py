"""What moved a run from one before it, with made-up shares: an event, time, noise."""

import pandas as pd

from model.changes import court, difference, steps
from model.changes.difference import Difference
from model.scenario import default_deadline

SHARES = {difference.WAITING: -0.02, steps.EVENTS: 0.05, difference.NOISE: 0.001}
FURTHER = "corridor_open"  # moves twice as far as the others


def difference_of(run) -> Difference:
    """Each open outcome moved from 0.1 by 0.031, one by 0.062; the heaviest event has 0.05."""
    deadline = default_deadline(run.as_of)
    event = run.evidence.events["event"].iloc[-1]
    moves, parts = [], []
    for outcome in run.scenario.outcomes:
        times = 2 if outcome.id == FURTHER else 1
        moved = times * sum(SHARES.values())
        moves.append((outcome.id, outcome.title, deadline, 0.1, 0.1 + moved, moved, 0.004))
        parts += [
            (outcome.id, kind, event if kind == steps.EVENTS else "", times * share, 0.003)
            for kind, share in SHARES.items()
        ]
    return Difference(
        "before",
        run.id,
        deadline,
        pd.DataFrame(moves, columns=court.COLUMNS),
        pd.DataFrame(parts, columns=difference.COLUMNS),
    )
