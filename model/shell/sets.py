"""The built-in sets, what each says and moves: for people, as CSV, or as one plain object."""

import json
import math
import sys

from model.scenario import SCENARIO_FOLDER
from model.shell import options
from model.shell.failing import faults_in_one_line


def sets(
    as_of: options.AsOf = None,
    run_id: options.RunId = None,
    as_json: options.AsJson = False,
    as_csv: options.MovesAsCsv = False,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """The built-in sets: what each says, and which outcomes it moves 3, 12 and 24 months on."""
    from model.explain.built_in import built_in
    from model.explain.sets import moved_by_sets
    from model.shell import commands

    with faults_in_one_line():
        run = commands.open_or_fit(scenario, as_of, run_id)
        table = moved_by_sets(run, built_in(run))
    if as_json:
        print(json.dumps(_plain(run, table), indent=1))
    elif as_csv:
        table.to_csv(sys.stdout, index=False)
    else:
        _show(run, table)


def _show(run, table) -> None:
    """Print each set: what it says, the claims it speaks to, and what it moves."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    console.print(f"Sets of {run.scenario.title}, as of {run.as_of} (run {run.id})")
    for name, assumed in run.evidence.sets.items():
        console.print(f"\n{name}", style="bold", end="  ")
        console.print(f"{', '.join(assumed.claims)}\n{assumed.about}")
        console.print(_moved(table[table["set"] == name]))


def _moved(rows):
    """A table of what one set moves, or the line that says why there is none."""
    from rich import box
    from rich.table import Table

    from model.explain.sets import LEAST, moves
    from model.shell.if_then import percent

    refused = next(iter(rows["refused"]), "")
    if refused:
        return f"No answer: {refused}"
    moved = moves(rows)["outcome"].unique()
    if not len(moved):
        return f"The model finds nothing that it moves by {100 * LEAST:g} points or more."
    months = [f"{ahead} months" for ahead in rows["months"].unique()]
    grid = Table("In percent, published > the set", *months, box=box.SIMPLE_HEAD)
    for outcome in moved:
        own = rows[rows["outcome"] == outcome]
        cells = [f"{percent(r.published)} > {percent(r.probability)}" for r in own.itertuples()]
        grid.add_row(own["title"].iloc[0], *cells)
    return grid


def _plain(run, table) -> dict:
    """The same as one object: chances in 0..1, days as ISO text, null where there is no answer."""
    rows = [(row["set"], _row(row)) for row in table.to_dict("records")]
    entries = [
        {
            "name": name,
            "about": assumed.about,
            "claims": list(assumed.claims),
            "moves": [row for of, row in rows if of == name],
        }
        for name, assumed in run.evidence.sets.items()
    ]
    as_of = run.as_of.isoformat()
    return {"run": run.id, "scenario": run.scenario.id, "as_of": as_of, "sets": entries}


def _row(row: dict) -> dict:
    chances = {name: row[name] for name in ("published", "probability", "change")}
    return {
        "outcome": row["outcome"],
        "months": row["months"],
        "date": row["date"].isoformat(),
        "refused": row["refused"] or None,
    } | {name: None if math.isnan(chance) else chance for name, chance in chances.items()}
