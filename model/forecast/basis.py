"""What an answer is computed from: a run, and the weights of its draws."""

from dataclasses import dataclass

import numpy as np

from model.assumptions import Assumptions
from model.beliefs.reweighting import reweighted
from model.forecast.served import open_believed
from model.runs import Run


@dataclass(frozen=True, eq=False)
class Basis:
    """The run to answer from and its draws' weights.

    log_weight: (draws,), None if all count alike. method: exact; reweighted, where beliefs are
    answered from stored draws; refit, where a run fitted under the beliefs is at hand. khat: of the
    weights, None without any.
    """

    run: Run
    log_weight: np.ndarray | None = None
    method: str = "exact"
    khat: float | None = None


def basis(run: Run, assumptions: Assumptions) -> Basis:
    """What a set is answered from: a refit under its beliefs before the run's weighted draws.

    Raises ValueError, one plain line, for evidence left out that the run's day does not have.
    """
    if not assumptions.changes_the_fit:
        return Basis(run)
    refitted = open_believed(run, assumptions)
    return fast(run, assumptions) if refitted is None else Basis(refitted, method="refit")


def fast(run: Run, assumptions: Assumptions) -> Basis:
    """The run's draws with log weights (draws,) by the beliefs, even where a refit is at hand."""
    answer = reweighted(run, assumptions.changes)
    return Basis(answer.run, answer.log_weight, "reweighted", answer.khat)
