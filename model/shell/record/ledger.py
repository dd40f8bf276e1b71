"""Commands of the ledger: publish a run's headlines, override one, list them, walk the chain."""

import json
import math
import sys
from datetime import date
from pathlib import Path

import typer

from model.scenario import SCENARIO_FOLDER
from model.scenario.plain_text import counted, neutral
from model.shell import options
from model.shell.failing import fail, faults_in_one_line
from model.shell.record import options as own

WHOLE, BROKEN, UNKNOWN = 0, 1, 2  # exit codes of --verify


def publish(
    as_of: options.AsOf = None,
    run_id: options.RunId = None,
    assume: options.Assume = None,
    by: own.Author = None,
    as_json: options.AsJson = False,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """Append a day's headline chances to the ledger, by 3, 6, 12 and 24 months and year end."""
    from model.explain.built_in import asked_of
    from model.record.published import publishing
    from model.shell import commands

    with faults_in_one_line():
        assumed = commands.assumed(assume, scenario, as_of, run_id)
        run = commands.open_or_fit(scenario, as_of, run_id)
        rows = publishing.publish(run, by or publishing.user(), asked_of(run, assumed))
    if as_json:
        print(json.dumps(rows, indent=1, default=str))
    elif not rows:
        print(f"Run {run.id} was published before: nothing is added.")
    else:
        print(f"Run {run.id}, as of {run.as_of}: {counted(len(rows), 'forecast')} published.")
        _tell_head(rows[-1])


def override(
    row: own.PublishedRow,
    to: own.OverridingChance,
    reason: own.Reason,
    until: own.Expiry,
    by: own.Author = None,
) -> None:
    """Put another chance beside a published one: who, why, and until which as-of day."""
    from model.record.published import overriding, publishing

    with faults_in_one_line():
        made = overriding.override(row, to, reason, by or publishing.user(), until)
    before, after = (f"{made[name]:.1%}" for name in ("before", "after"))
    print(f"{made['outcome']} by {made['deadline']}: {before} as published, {after} until {until}.")
    _tell_head(made)


def _tell_head(row: dict) -> None:
    print(f"The ledger ends with row {row['number']}, hash {row['hash']}: note it elsewhere.")


def ledger(
    outcome: own.OutcomeId = None,
    as_of: options.AsOf = None,
    run_id: own.OfRun = None,
    overrides: own.Overrides = False,
    scores: own.Scores = False,
    verify: own.VerifyLedger = False,
    head: own.Head = None,
    as_json: options.AsJson = False,
    as_csv: own.RowsAsCsv = False,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """What was published and what became of it.

    --verify walks the chains: exit 0 if every row is as it was written, 1 with the first that is
    not, 2 where there is no ledger or it cannot be read.
    """
    if verify or head:
        raise typer.Exit(_verified(head))
    with faults_in_one_line():
        rows = _chosen(_rows(scenario, overrides), outcome, as_of, run_id)
        if scores:
            rows = _scores(rows, overrides)
    if as_json:
        print(json.dumps({"rows": _plain(rows)}, indent=1))
    elif as_csv:
        rows.map(neutral).to_csv(sys.stdout, index=False)
    else:
        _show(rows, overrides, scores)


def _rows(folder: Path, overrides: bool):
    """The rows of the scenario with what became of them; an override, as its forecast's."""
    from model.record.published import resolution
    from model.record.published.stored import stored
    from model.shell import checked

    checked.insist(folder)
    known = resolution.known_now(folder)
    kept = stored(known.scenario).of(known.scenario.id)
    if overrides:
        return resolution.overrides_resolved(kept, known)
    return resolution.resolved(kept.forecasts, known)


def _chosen(rows, outcome, as_of, run):
    for name, wanted in (("outcome", outcome), ("as_of", as_of), ("run", run)):
        if wanted is not None:
            rows = rows[rows[name] == wanted]
    return rows


def _scores(rows, overrides: bool):
    from model.record.published.resolution import score_table

    return score_table(rows, ["before", "after"] if overrides else ["probability"])


def _plain(rows) -> list[dict]:
    """Rows for JSON: days and times as text, what is missing or endless as null."""
    return [{name: _value(of) for name, of in row.items()} for row in rows.to_dict("records")]


def _value(value):
    if isinstance(value, date):
        return value.isoformat()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _show(rows, overrides: bool, scores: bool) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Column, Table

    if rows.empty:
        what = "scored" if scores else "overridden" if overrides else "published"
        print(f"Nothing is {what} here yet.")
        return
    cells = rows if scores else _overrides_shown(rows) if overrides else _forecasts_shown(rows)
    # folded, not cut: an id that ends in an ellipsis cannot be asked for
    table = Table(*(Column(name, overflow="fold") for name in cells.columns), box=box.SIMPLE_HEAD)
    for row in cells.itertuples(index=False):
        table.add_row(*(f"{cell:.4f}" if isinstance(cell, float) else str(cell) for cell in row))
    Console(markup=False).print(table)  # a reason may hold square brackets


def _forecasts_shown(rows):
    import pandas as pd

    return pd.DataFrame(
        {
            "row": rows["number"],
            "as of": rows["as_of"],
            "outcome": rows["outcome"],
            "by": rows["deadline"],
            "chance": [f"{chance:.1%}" for chance in rows["probability"]],
            "became": [_became(row) for row in rows.itertuples()],
            "published": [f"{row.published:%Y-%m-%d} {row.author}" for row in rows.itertuples()],
        }
    )


def _overrides_shown(rows):
    import pandas as pd

    return pd.DataFrame(
        {
            "row": rows["number"],
            "of": rows["forecast"],
            "outcome": rows["outcome"],
            "by": rows["deadline"],
            "before": [f"{chance:.1%}" for chance in rows["before"]],
            "after": [f"{chance:.1%}" for chance in rows["after"]],
            "until": rows["expires"],
            "became": [_became(row) for row in rows.itertuples()],
            "why": [f"{row.reason} ({row.author})" for row in rows.itertuples()],
        }
    )


def _became(row) -> str:
    if row.status != "resolved":
        return row.status
    return f"happened {row.decided_on}" if row.happened else "did not happen"


def _verified(head: str | None) -> int:
    """Print what the walk along the chains found; the exit code."""
    from model.record.ledger import store
    from model.record.ledger.database import place
    from model.record.ledger.where import LedgerError

    try:
        walked = store.walk()
        known = head is None or store.holds(head)
    except LedgerError as problem:
        fail(problem, UNKNOWN)
    if not walked:
        fail(f"there is no ledger at {place()}: nothing was published", UNKNOWN)
    for chain in walked:
        print(_walk_in_words(chain))
    if not known:
        print(f"no row has the hash {head}: the ledger is not the one that it was noted of")
    return BROKEN if any(chain.broken for chain in walked) or not known else WHOLE


def _walk_in_words(walked) -> str:
    if walked.broken:
        return f"{walked.chain}, row {walked.broken.number}: {walked.broken.why}"
    rows = counted(walked.written, "row")
    return f"{walked.chain}: {rows}, each as it was written; head {walked.head}"
