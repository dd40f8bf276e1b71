"""The nearest set of assumptions that enough draws stand behind, where too few stand behind one.

The most surprising setting moves first; only where its last step is not enough does the next one
move too. What a step is stands in `model/forecast/moves.py`.
"""

from collections.abc import Callable
from datetime import date

import numpy as np

from model.assumptions import Assumptions
from model.forecast.basis import Basis
from model.forecast.learning import learn
from model.forecast.monte_carlo import effective_draws
from model.forecast.moves import Move, moves
from model.forecast.solve import shortest_grid, solve
from model.runs import Run

DRAWS_FLOOR = 100
TRIALS = 12

Weigh = Callable[[Assumptions], Basis]


class Trials:
    """Whether enough draws stand behind a set; `left` counts how often it may still be asked."""

    def __init__(self, deadline: date, weigh: Weigh):
        self.deadline, self.weigh, self.left = deadline, weigh, TRIALS

    def works(self, assumptions: Assumptions) -> bool:
        """True from 100 effective draws up; False too where no trial is left."""
        if self.left == 0:
            return False
        self.left -= 1
        basis = self.weigh(assumptions)
        left = draws_left(basis.run, assumptions, self.deadline, basis.log_weight)
        return left >= DRAWS_FLOOR


def nearest(run: Run, assumptions: Assumptions, deadline: date, weigh: Weigh) -> Assumptions | None:
    """The set with as little moved as gives 100 effective draws; None if none was found.

    `assumptions` is a set of too few draws. weigh(set) gives what the set is answered from. At most
    12 sets are tried, so a step far from the end may be passed over.
    """
    trials = Trials(deadline, weigh)
    moved, changed = [], assumptions
    for move in moves(run, assumptions, weigh(assumptions).log_weight is not None):
        moved.append(move)
        changed = move.applied(changed, move.steps[-1])
        if trials.works(changed):
            break
    else:
        return None
    *earlier, last = moved
    # a setting moved earlier may have been moved for nothing, once the last one has moved
    for move in earlier:
        back = move.undone(changed, assumptions)
        changed = back if trials.works(back) else changed
    return _bisected(last, changed, trials)


def _bisected(move: Move, changed: Assumptions, trials: Trials) -> Assumptions:
    """The earliest step that works, given that the last one does."""
    fails, works = -1, len(move.steps) - 1
    while works - fails > 1 and trials.left:
        middle = (fails + works) // 2
        if trials.works(move.applied(changed, move.steps[middle])):
            works = middle
        else:
            fails = middle
    return move.applied(changed, move.steps[works])


def draws_left(
    run: Run, assumptions: Assumptions, deadline: date, log_weight: np.ndarray | None = None
) -> float:
    """The effective draws that a forecast of these assumptions would have; no tables are made.

    log_weight: (draws,), None if all count alike. Of a set that cannot happen it is 0.
    """
    if any(outcome.verb == "assume" for outcome in assumptions.outcomes):
        last = max(outcome.day for outcome in assumptions.outcomes)
        solution = solve(run, assumptions, shortest_grid(run, assumptions, last), log_weight)
        possible = solution.chance > 0
        return effective_draws(solution.weight, len(solution.joint)) if possible else 0.0
    draws = len(run.paths["raw_path"])
    log_total = np.zeros(draws) if log_weight is None else log_weight
    learned = [driver for driver in assumptions.drivers if driver.verb == "assume"]
    if learned:
        log_total = log_total + learn(run, learned, assumptions.drivers).log_density
    weight = np.exp(log_total - log_total.max())  # the largest is 1: no weight overflows
    return effective_draws(weight / weight.sum(), draws)
