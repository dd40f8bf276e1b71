"""The command `runs`: what is stored, what was tried, and the removal of what nobody needs."""

import json

import typer

from model.shell.failing import faults_in_one_line
from model.shell.nightly import options as own
from model.shell.options import AsJson

app = typer.Typer(invoke_without_command=True, help="The stored runs, the newest first.")


@app.callback()
def runs(context: typer.Context, attempts: own.Attempts = False, as_json: AsJson = False) -> None:
    """The stored runs, the newest first, with what the gate looked at and how long each took."""
    from model.changes import run_log

    if context.invoked_subcommand is not None:
        return
    table = run_log.attempts() if attempts else run_log.runs()
    if as_json:
        print(json.dumps(json.loads(table.to_json(orient="records")), indent=1))
    elif table.empty:
        print("no refit is logged yet" if attempts else "no run is stored yet")
    else:
        print(table.round({"rhat": 4, "ess_bulk": 0, "ess_tail": 0}).to_string(index=False))


@app.command()
def prune(keep: own.Keep, dry_run: own.DryRun = False) -> None:
    """Remove all but the newest runs; published and held ones, and those of the ledger, stay."""
    from model.changes import run_log
    from model.record.ledger import store as ledger
    from model.runs import store

    with faults_in_one_line():
        recorded = {row["run"] for row in ledger.rows("forecasts")}
        gone = [run for run in run_log.prunable(keep) if run not in recorded]
        for run in gone if not dry_run else ():
            store.remove(run)
    verb = "would go" if dry_run else "removed"
    print(f"{len(gone)} of {len(run_log.runs()) + len(gone) * (not dry_run)} runs {verb}")
