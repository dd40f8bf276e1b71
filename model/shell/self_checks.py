"""Commands that check the model itself: the fast path, simulated worlds."""

import os
import sys
from pathlib import Path

import typer

from model.scenario import SCENARIO_FOLDER
from model.scenario.plain_text import counted
from model.shell import options
from model.shell.failing import faults_in_one_line
from model.shell.record.options import ResultFolder


def check_fast_path(as_of: options.AsOf = None, scenario: options.Folder = SCENARIO_FOLDER) -> None:
    """Compare the fast answers to twenty beliefs with real refits; exit 1 if one is off."""
    from model.shell import commands
    from model.shell.fast_path import fast_path_table

    with faults_in_one_line():
        run = commands.open_or_fit(scenario, as_of, None)
    # progress on standard error, so that the table alone can be piped on
    table = fast_path_table(run, lambda line: typer.echo(line, err=True))
    print(table.to_string(index=False, float_format=lambda number: f"{number:.3f}"))
    # one that k-hat flags is announced to readers as unreliable, and so is no fault
    wrong = table[~table["agrees"] & ~table["flagged"]]
    raise typer.Exit(1 if len(wrong) else 0)


def sbc(
    fits: options.Fits = 200,
    workers: options.Workers = None,
    draws: options.ChainDraws = 500,
    as_of: options.AsOf = None,
    out: ResultFolder = None,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """Simulation-based calibration: fit simulated worlds, rank the truth; goes on where it was."""
    from model.refit import known_evidence
    from model.scoring import stored
    from model.shell import checked

    with faults_in_one_line():
        checked.insist(scenario)
        evidence = known_evidence(scenario, as_of)
        result = _simulated(evidence, fits, workers or os.cpu_count() or 1, draws)
        path = stored.path_of(evidence.scenario, out)
        stored.write(result, path)
    _show(result, path)


def _simulated(evidence, fits: int, workers: int, draws: int):
    from model.scoring import calibrating, stored

    _tell("Compiling the model")
    bench = calibrating.bench(evidence, calibrating.one_chain(draws))
    before = bench.made(fits)
    for made, _ in enumerate(calibrating.simulated_fits(bench, fits, workers), start=before + 1):
        _tell(f"{made} of {fits} simulated worlds are fitted")
    return stored.collected(evidence.scenario, evidence.as_of, calibrating.read(bench, fits))


def _tell(line: str) -> None:
    # no progress bar: it has a thread, and workers are forked from a process that has none
    if sys.stderr.isatty():
        print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)


def _show(result, path: Path) -> None:
    from model.scoring.calibration import verdicts

    table = verdicts(result)
    print(table.to_string(index=False, float_format=lambda number: f"{number:.3f}"))
    outside = int((~table["inside"]).sum())
    typer.echo(
        f"{counted(result.fits, 'fit')}, {result.divergent} with divergences; {outside} of "
        f"{len(table)} quantities leave the band, {0.05 * len(table):.0f} would by chance; "
        f"kept in {path}"
    )
