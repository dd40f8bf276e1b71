"""Sets as they are asked of a run: their levels settled by where its drivers stand."""

from model.assumptions import Assumptions
from model.assumptions.standing import settled
from model.forecast import levels
from model.runs import Run


def asked_of(run: Run, assumptions: Assumptions) -> Assumptions:
    """The set with plain levels; see `model.assumptions.standing`."""
    if not any(driver.unless for driver in assumptions.drivers):
        return assumptions
    return settled(assumptions, levels.fitted_levels(run))


def built_in(run: Run) -> dict[str, Assumptions]:
    """The run's own built-in sets by name, with plain levels."""
    return {name: asked_of(run, assumed) for name, assumed in run.evidence.sets.items()}
