"""What the shell's commands make files of: a run, assumptions, a deadline, an earlier run."""

from datetime import date
from pathlib import Path

from briefing.material.material import Material
from briefing.material.provenance import Tier
from briefing.words.yardsticks import BANDS
from model.evidence.collected import FIRST_AS_OF
from model.explain.built_in import asked_of
from model.explain.movement import month_before
from model.forecast import open_run
from model.runs import Run
from model.scenario import deadline_problem, default_deadline
from model.scenario.plain_text import quoted
from model.shell import commands


def material_of(
    scenario: Path,
    as_of: date | None = None,
    run_id: str | None = None,
    deadline: date | None = None,
    assume: Path | None = None,
    since: date | None = None,
) -> Material:
    """The material of a command's options; a day never fitted is fitted, and kept.

    scenario: its folder. run_id: a stored run, in place of as_of. deadline: the default one of the
    as-of day if None. assume: a file of assumptions. since: the as-of day that changes are told
    from; if None, the same day a month before where that is fitted. Raises RefitError, ValueError
    and FileNotFoundError, one plain line each.
    """
    assumed = commands.assumed(assume, scenario, as_of, run_id)
    run = commands.open_or_fit(scenario, as_of, run_id, deadline)
    if since is not None and since >= run.as_of:
        raise ValueError(f"--since {since}: not before the as-of date, {run.as_of}")
    # Only now: a run named by its id brings its own as-of day, which the deadline follows.
    deadline = deadline or default_deadline(run.as_of)
    problem = deadline_problem(run.scenario, run.as_of, deadline)
    if problem:
        raise ValueError(problem)
    earlier = _month_before(scenario, run) if since is None else _on(scenario, since, deadline)
    return Material(run, asked_of(run, assumed), deadline, earlier)


def _on(scenario: Path, since: date, deadline: date) -> Run:
    return commands.open_or_fit(scenario, since, None, deadline)


def _month_before(scenario: Path, run: Run) -> Run | None:
    """The run of the same day a month earlier; None where it is not fitted or before all data."""
    day = month_before(run.as_of)
    return None if day < FIRST_AS_OF else open_run(scenario, day)


def tier_of(text: str) -> Tier:
    """The tier of this name; raises ValueError, one line, for another."""
    if text not in [*Tier]:
        raise ValueError(f"no tier {quoted(text)}; choose {', '.join(Tier)}")
    return Tier(text)


def yardstick_of(text: str) -> str:
    """The name of these likelihood words; raises ValueError, one line, for an unknown one."""
    if text not in BANDS:
        raise ValueError(f"no likelihood words {quoted(text)}; choose {', '.join(BANDS)}")
    return text
