"""Commands that check the model itself: simulation-based calibration."""

import os
from pathlib import Path

import typer

from model.scenario import SCENARIO_FOLDER
from model.shell import options
from model.shell.failing import fail


def sbc(
    fits: options.Fits = 200,
    workers: options.Workers = None,
    draws: options.ChainDraws = 500,
    as_of: options.AsOf = None,
    out: options.ResultFile = None,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """Simulation-based calibration: fit simulated worlds, rank the truth; goes on where it was."""
    from model.refit import RefitError, known_evidence
    from model.scoring import stored

    try:
        evidence = known_evidence(scenario, as_of)
        result = _simulated(evidence, fits, workers or os.cpu_count() or 1, draws)
        path = out or stored.path_of(evidence.scenario)
        stored.write(result, path)
    except (RefitError, ValueError, OSError) as problem:
        fail(problem)
    _show(result, path)


def _simulated(evidence, fits: int, workers: int, draws: int):
    from model.scoring import calibrating, stored
    from model.shell.commands import progress_bar

    with progress_bar() as bar:
        task = bar.add_task("Compiling the model", total=fits)
        bench = calibrating.bench(evidence, calibrating.one_chain(draws))
        bar.update(task, description="Fitting simulated worlds", completed=bench.made(fits))
        for _ in calibrating.simulated_fits(bench, fits, workers):
            bar.advance(task)
    return stored.collected(evidence.scenario, evidence.as_of, calibrating.read(bench, fits))


def _show(result, path: Path) -> None:
    from model.scoring.calibration import verdicts

    table = verdicts(result)
    print(table.to_string(index=False, float_format=lambda number: f"{number:.3f}"))
    outside = int((~table["inside"]).sum())
    typer.echo(
        f"{result.fits} fits, {result.divergent} with divergences; {outside} of {len(table)} "
        f"quantities leave the band, {0.05 * len(table):.0f} would by chance; kept in {path}"
    )
