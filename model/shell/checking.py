"""`check` in full: what is wrong with a folder, and whether a fit can be given what it holds."""

from pathlib import Path

from model.check import check as tables
from model.check.problem import Problem
from model.evidence import load_evidence
from model.evidence.collected import FIRST_AS_OF
from model.fit.observations import observations
from model.fit.priors import priors
from model.scenario import load_scenario
from model.scenario.scenario import SCENARIO_FILE


def check(folder: Path) -> int:
    """Print one line per problem, or one that says all is well; the exit code, 1 or 0.

    folder: the path of a scenario's folder.
    """
    return tables.tell(folder, faults(folder))


def faults(folder: Path) -> list[Problem]:
    """All that the tables say wrong; where they say nothing wrong, why no fit can be given them."""
    in_tables = tables.problems(folder)
    return in_tables or [problem for problem in [unfit(folder)] if problem]


def unfit(folder: Path) -> Problem | None:
    """Why no fit can be given what stands in a folder without faults; None where one can.

    Tried as of the first day and the default one. What a rule does not foresee is found so before
    anybody waits for a fit.
    """
    scenario = load_scenario(folder)
    for as_of in sorted({FIRST_AS_OF, scenario.default_as_of}):
        try:
            priors(scenario)
            observations(load_evidence(folder, as_of))
        except (ValueError, KeyError, IndexError, TypeError, ZeroDivisionError) as problem:
            why = f"{type(problem).__name__}: {str(problem).splitlines()[0][:120]}"
            message = f"no fit as of {as_of} can be made of these tables ({why})"
            todo = (
                "expected clocks and records on every day since record_from; correct the scenario"
            )
            return Problem(SCENARIO_FILE, 1, "file", f"{message}; {todo}")
    return None
