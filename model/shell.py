"""What the shell's commands do and print, apart from parsing their arguments."""

import json
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from model import forecast, store
from model.refit import RefitError, refit
from model.settings import QUICK, Settings
from model.store import Run

PHASES = ("evidence", "compile", "sample", "forecast", "done")


def settings(seed: int | None, draws: int | None, quick: bool) -> Settings:
    """Settings from the command line; what is not given keeps its default."""
    base = QUICK if quick else Settings()
    return Settings(
        draws or base.draws, base.tune, base.chains, base.seed if seed is None else seed
    )


def fit(
    folder: Path, as_of: date | None, chosen: Settings, if_needed: bool, progress_file: Path | None
) -> Run:
    """Fit with a progress bar on standard error; with `if_needed` an already served run will do."""
    run = forecast.open_run(as_of, folder) if if_needed else None
    if run is not None:
        return run
    with progress_bar() as bar:
        task = bar.add_task("", total=1.0)

        def moved(phase: str, share: float, line: str) -> None:
            bar.update(task, description=line, completed=share)
            if progress_file is not None:
                write_progress(progress_file, phase, share, line)

        return refit(folder, as_of, chosen, moved)


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


def open_or_fit(folder: Path, as_of: date | None, run_id: str | None) -> Run:
    """The run asked for; one that was never fitted is fitted, said so on standard error, and kept."""
    if run_id is not None:
        return store.load(run_id)
    try:
        run = forecast.open_run(as_of, folder)
    except (FileNotFoundError, ValueError, KeyError):
        run = None
    if run is not None:
        return run
    print("No run of this evidence yet: fitting one, and keeping it.", file=sys.stderr)
    run = fit(folder, as_of, Settings(), False, None)
    if not run.manifest["served"]:
        raise RefitError("; ".join(run.manifest["diagnostics"]["failures"]))
    return run


def run_report(run: Run) -> str:
    """The run's diagnostics in a few plain lines."""
    manifest, found = run.manifest, run.manifest["diagnostics"]
    counts = manifest["counts"]
    return "\n".join(
        [
            f"run {run.id}, as of {run.as_of}, "
            f"{'served' if manifest['served'] else 'NOT served'}, {manifest['seconds']} s",
            f"evidence: {counts['events']} events of {counts['origins']} origins, "
            f"{counts['reference_cases']} reference cases",
            f"R-hat {found['rhat']:.3f} (limit 1.01), bulk ESS {found['ess_bulk']:.0f} and tail ESS "
            f"{found['ess_tail']:.0f} (floor 400), divergences {found['divergences']}, "
            f"{found['draws']} draws",
        ]
    )


def show(answer: forecast.Forecast, phrases: list[str]) -> None:
    """Print the forecast as a table for people."""
    title = f"By {answer.deadline}, as of {answer.as_of} (run {answer.run})"
    table = Table(
        "Outcome", "Probability", "90 % interval", "In words", title=title, title_justify="left"
    )
    for row, phrase in zip(answer.outcomes.itertuples(), phrases, strict=True):
        table.add_row(row.title, *percentages(row), phrase)
    Console().print(table)


def percentages(row) -> tuple[str, str]:
    """Probability and interval in percent."""
    return f"{row.probability:.1%}", f"{row.low:.1%} to {row.high:.1%}"
