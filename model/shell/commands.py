"""What the shell's commands do and print, apart from parsing their arguments."""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from model.assumptions import NOTHING, Assumptions
from model.beliefs.believed import believed
from model.evidence.evidence import as_of_problem, last_evidence
from model.forecast import open_run
from model.forecast.served import open_believed
from model.refit import Progress as Told
from model.refit import RefitError, refit
from model.refit import fit as fit_evidence
from model.runs import Run, Settings, store
from model.runs.settings import QUICK
from model.scenario import deadline_problem, load_scenario

PHASES = ("evidence", "compile", "sample", "forecast", "done")


def settings(seed: int | None, draws: int | None, quick: bool) -> Settings:
    """Settings from the command line; what is not given keeps its default."""
    base = QUICK if quick else Settings()
    return Settings(
        draws or base.draws, base.tune, base.chains, base.seed if seed is None else seed
    )


def fit(
    folder: Path,
    as_of: date | None,
    chosen: Settings,
    if_needed: bool,
    progress_file: Path | None,
    believing: Assumptions = NOTHING,
) -> Run:
    """Fit with a progress bar on standard error; with `if_needed` an already served run will do."""
    run = open_run(folder, as_of, believing) if if_needed else None
    if run is not None:
        return run
    return _watched(lambda told: refit(folder, as_of, chosen, told, believing), progress_file)


def _watched(work: Callable[[Told], Run], progress_file: Path | None = None) -> Run:
    """What `work` makes, its progress as a bar, and in a file where one is named."""
    with progress_bar() as bar:
        task = bar.add_task("", total=1.0)

        def told(phase: str, share: float, line: str) -> None:
            bar.update(task, description=line, completed=share)
            if progress_file is not None:
                write_progress(progress_file, phase, share, line)

        return work(told)


def progress_bar() -> Progress:
    """A bar that says what is being done; quiet where standard error is no terminal."""
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def write_progress(path: Path, phase: str, share: float, line: str) -> None:
    """Replace the progress file in one step, so that no reader sees half of it."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"phase": phase, "share": share, "message": line}, file)
    os.replace(temporary, path)


def open_or_fit(
    folder: Path, as_of: date | None, run_id: str | None, deadline: date | None = None
) -> Run:
    """The run asked for; one never fitted is fitted, said so on standard error, and kept."""
    if run_id is not None:
        return _served(store.load(run_id))
    scenario = load_scenario(folder)
    as_of = as_of or scenario.default_as_of
    problem = as_of_problem(as_of, last_evidence(folder))
    if problem is None and deadline is not None:
        problem = deadline_problem(scenario, as_of, deadline)
    if problem:
        raise RefitError(problem)
    run = open_run(folder, as_of)
    if run is not None:
        return run
    print("No run of this evidence yet: fitting one, and keeping it.", file=sys.stderr)
    return _served(fit(folder, as_of, Settings(), False, None))


def _served(run: Run) -> Run:
    if not run.manifest["served"]:
        reasons = "; ".join(run.manifest["diagnostics"]["failures"])
        raise RefitError(f"run {run.id} failed the gate and is not served: {reasons}")
    return run


def refit_beliefs(run: Run, assumptions: Assumptions) -> None:
    """Fit the run's evidence under the beliefs of a set and keep it, unless that was done before.

    Raises ValueError, one plain line a fault, for beliefs about what is not there.
    """
    if not assumptions.changes_the_fit or open_believed(run, assumptions) is not None:
        return
    changed = believed(run.evidence, assumptions.changes)
    _watched(lambda told: fit_evidence(changed, Settings(**run.manifest["settings"]), told))
