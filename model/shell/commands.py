"""What the shell's commands do and print, apart from parsing their arguments."""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from model import refit
from model.assumptions import NOTHING, Assumptions, files
from model.assumptions.validity import unknown_claims
from model.beliefs.believed import believed
from model.changes.more_draws import until_it_passes
from model.evidence.collected import as_of_problem, gap
from model.evidence.evidence import last_evidence, read_table
from model.forecast import open_run
from model.forecast.served import held_run, open_believed, unusable
from model.refit import RefitError, StoreError
from model.runs import Run, Settings, publication, store, whole_file
from model.runs.settings import QUICK
from model.runs.turn import turn
from model.scenario import deadline_problem, load_scenario
from model.shell import checked, compiler_cache


def settings(seed: int | None, draws: int | None, quick: bool) -> Settings:
    """Settings from the command line; what is not given keeps its default. draws: per chain."""
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
    beliefs: Assumptions = NOTHING,
) -> Run:
    """Fit with a progress bar on standard error; with `if_needed` an already served run will do.

    A fit of the standard draws that fails the gate is tried again with more. The run is stored, and
    returned even where it fails the gate. progress_file: see `write_progress`. beliefs: a set whose
    beliefs are fitted under. Raises RefitError or ValueError, one plain line, for a day or a folder
    that cannot be fitted, and HeldError for a day whose run is held.
    """
    # first: a run of the tables as they were must not stand in for tables that are damaged
    checked.insist(folder)
    as_of = answered_day(folder, as_of)
    if if_needed:
        if (run := _served_or_held(folder, as_of, beliefs)) is not None:
            return run
        if reason := unusable(folder, as_of, beliefs):
            print(reason, file=sys.stderr)
    make_ready()

    def work(report: refit.Progress) -> Run:
        run = refit.refit(folder, as_of, chosen, report, beliefs)
        return until_it_passes(run, report) if chosen == Settings() else run

    with turn(f"fit-{as_of}"):
        # whoever had to wait for another's fit of that day finds it done
        run = _served_or_held(folder, as_of, beliefs) if if_needed else None
        run = run or _watched(work, progress_file)
        if publication.held(run.id) == {}:  # left by a refit to be published that was killed
            publication.release(run.id)
        return run


def _served_or_held(folder: Path, as_of: date | None, beliefs: Assumptions) -> Run | None:
    """The served run of a day; None where it has none. Raises HeldError where it is held."""
    run = open_run(folder, as_of, beliefs)
    if run is None and beliefs.is_empty and (id := held_run(folder, as_of)):
        why = publication.held(id) or {}
        if why:
            raise HeldError(
                f"run {id} is held: {why.get('reason')}; `python -m model refit --publish "
                f"--accept REASON` releases it, --run {id} shows it"
            )
    return run


class HeldError(ValueError):
    """A day whose only run is held; one plain line that says why and what releases it."""


def make_ready() -> None:
    """Before a fit, so that nobody waits for a run that cannot be kept; raises StoreError."""
    compiler_cache.settle()
    problem = store.problem()
    if problem:
        raise StoreError(problem)


def _watched(work: Callable[[refit.Progress], Run], progress_file: Path | None = None) -> Run:
    """What `work` makes, its progress as a bar, and in a file where one is named."""
    with progress_bar() as bar:
        task = bar.add_task("", total=1.0)

        def report(phase: str, share: float, line: str) -> None:
            bar.update(task, description=line, completed=share)
            if progress_file is not None:
                write_progress(progress_file, phase, share, line)

        return work(report)


def progress_bar(quiet: bool = False) -> Progress:
    """A bar of the share that is done, with what is being done; quiet away from a terminal."""
    # on standard error, and gone when done: what is printed can be piped on
    columns = TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn()
    console = Console(stderr=True)
    return Progress(
        *columns, console=console, transient=True, disable=quiet or not console.is_terminal
    )


def write_progress(path: Path, phase: str, share: float, line: str) -> None:
    """Replace the progress file in one step, so that no reader sees half of it.

    One JSON object: phase (evidence, compile, sample, forecast, done), share (of the phase that is
    done, 0..1), message. Raises OSError where the file cannot be written.
    """
    progress = {"phase": phase, "share": share, "message": line}
    whole_file.write(path, json.dumps(progress).encode())


def assumed(
    assume: Path | None, folder: Path, as_of: date | None, run_id: str | None = None
) -> Assumptions:
    """The set in a file, its days counted from the day asked for; the empty one where none is.

    run_id comes before as_of, as for `open_or_fit`. Raises AssumptionsError, and RefitError for a
    folder with a fault.
    """
    if assume is None:
        return NOTHING
    day, claims = _of_run(run_id) if run_id else _of_folder(folder, as_of)
    given = files.read(assume, day)
    if wrong := unknown_claims(given, claims):
        raise files.AssumptionsError(f"{assume}: {wrong[0]}")
    return given


def _of_run(id: str) -> tuple[date, list[str]]:
    """The day that a stored run's sets count from, and the claims that they may speak to."""
    run = store.load(id)
    return run.as_of, [*run.evidence.claims["claim"]]


def _of_folder(folder: Path, as_of: date | None) -> tuple[date, list[str]]:
    """The same of a folder on the day asked for."""
    checked.insist(folder)
    # whatever is wrong with the day is said where the run is looked for
    day = min(as_of or load_scenario(folder).default_as_of, last_evidence(folder))
    return day, [*read_table(folder, "claims")["claim"]]


def answered_day(folder: Path, as_of: date | None) -> date:
    """The as-of day of the answer where `as_of` (the scenario's own if None) is asked.

    A day that the evidence does not reach is answered with the last that it does, which is said on
    standard error; `LATEST` is that day. Raises RefitError for a day that is too early or to come.
    """
    as_of, last = as_of or load_scenario(folder).default_as_of, last_evidence(folder)
    if problem := as_of_problem(as_of):
        raise RefitError(problem)
    if unknown := gap(as_of, last):
        print(unknown, file=sys.stderr)
    return min(as_of, last)


def open_or_fit(
    folder: Path, as_of: date | None, run_id: str | None, deadline: date | None = None
) -> Run:
    """The run asked for; one never fitted is fitted, said so on standard error, and kept.

    run_id comes before as_of (default: the scenario's day). Raises FileNotFoundError for an id that
    is not stored, RefitError for a run that the gate holds back or that is of another scenario than
    the folder, or a day or deadline out of range.
    """
    if run_id is not None:
        run = store.load(run_id)
        _refuse_another_scenario(run, folder)
        return _served(run)
    checked.insist(folder)
    as_of = answered_day(folder, as_of)
    # before the fit: nobody waits for a run only to hear that its deadline is out of range
    if deadline is not None and (
        problem := deadline_problem(load_scenario(folder), as_of, deadline)
    ):
        raise RefitError(problem)
    run = _served_or_held(folder, as_of, NOTHING)
    if run is not None:
        return run
    print("No run of this evidence yet: fitting one, and keeping it.", file=sys.stderr)
    return _served(fit(folder, as_of, Settings(), True, None))


def _refuse_another_scenario(run: Run, folder: Path) -> None:
    """Its answers would stand beside earlier runs and tables of the folder's."""
    try:
        asked = load_scenario(folder).id
    except (ValueError, OSError):  # a folder that cannot be read now is no fault of a stored run
        return
    if asked != run.scenario.id:
        raise RefitError(
            f"run {run.id} is of the scenario {run.scenario.id}, and {folder} is {asked}; name the "
            "run's own folder with --scenario"
        )


def _served(run: Run) -> Run:
    if not run.manifest["served"]:
        reasons = "; ".join(run.manifest["diagnostics"]["failures"])
        raise RefitError(f"run {run.id} failed the gate and is not served: {reasons}")
    return run


def refit_beliefs(run: Run, assumptions: Assumptions) -> None:
    """Fit the run's evidence under the beliefs of a set and keep it, unless that was done before.

    Raises ValueError, one plain line per fault, for beliefs about what is not there.
    """
    if not assumptions.changes_the_fit or open_believed(run, assumptions) is not None:
        return
    make_ready()
    changed = believed(run.evidence, assumptions.changes)
    chosen = Settings(**run.manifest["settings"])
    _watched(lambda report: refit.fit(changed, chosen, report))
