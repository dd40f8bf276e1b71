"""The commands `diff`, `watch` and `signposts`: what moved and why, and what to look out for."""

import json
import sys
from datetime import date
from pathlib import Path

import typer

from model.scenario import SCENARIO_FOLDER
from model.shell import options
from model.shell.failing import fail, faults_in_one_line
from model.shell.nightly import codes
from model.shell.nightly import options as own


def diff(
    old: own.Old,
    new: own.New,
    deadline: options.Deadline = None,
    outcome: own.OfOutcome = None,
    as_json: options.AsJson = False,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """What moved each headline from one run to another: events, time, priors, code, noise.

    Makes a fit per step, some half a minute each; the result is kept, and drawn on the Forecast
    page where the newer run is held.
    """
    from model.changes import kept
    from model.changes.difference import difference
    from model.refit import RefitError
    from model.runs import store
    from model.shell import commands

    try:
        runs = [store.load(_id(scenario, text)) for text in (old, new)]
        commands.make_ready()
        with commands.progress_bar() as bar:
            task = bar.add_task("", total=1.0)
            made = difference(
                *runs,
                deadline,
                lambda _, share, line: bar.update(task, description=line, completed=share),
            )
        kept.keep(made)
        _show(made, runs[1], outcome, as_json)
    except (RefitError, KeyError, ValueError, OSError) as problem:
        fail(problem.args[0] if isinstance(problem, KeyError) else problem)


def _id(folder: Path, text: str) -> str:
    """A run's id as it was typed, or that of the run served of a day."""
    from model.forecast import open_run
    from model.shell import checked

    try:
        as_of = date.fromisoformat(text)
    except ValueError:
        return text
    checked.insist(folder)
    run = open_run(folder, as_of)
    if run is None:
        raise ValueError(f"no run of {as_of} is served; fit one with `python -m model refit`")
    return run.id


def _show(made, new, outcome: str | None, as_json: bool) -> None:
    moves, parts = made.moves, made.parts
    if outcome is not None:
        new.scenario.outcome(outcome)  # a misspelt one is told the nearest
        moves, parts = (table[table["outcome"] == outcome] for table in (moves, parts))
    if as_json:
        rows = {"moves": moves.assign(deadline=str(made.deadline)), "parts": parts}
        ends = {"old": made.old, "new": made.new, "deadline": made.deadline.isoformat()}
        print(json.dumps(ends | {k: v.to_dict("records") for k, v in rows.items()}, indent=1))
    else:
        print(f"From run {made.old} to run {made.new}, chances by {made.deadline}, in points")
        _print_parts(moves, parts, new)


def _print_parts(moves, parts, new) -> None:
    for move in moves.itertuples():
        print(
            f"\n{move.title}: {100 * move.before:.1f} → {100 * move.now:.1f}, "
            f"{100 * move.moved:+.1f} ± {100 * move.mcse:.1f}"
        )
        for row in parts[parts["outcome"] == move.outcome].itertuples():
            print(f"  {100 * row.share:+6.1f} ± {100 * row.mcse:.1f}  {_titled(row, new)}")
    print("\n± is one Monte Carlo standard error; the parts of a headline add up to its move.")


def _titled(row, run) -> str:
    from model.changes.difference import title_of

    return title_of(row.kind, row.about, run)


def watch(
    threshold: own.Threshold = 5.0,
    as_of: options.AsOf = None,
    since: own.Since = None,
    as_json: options.AsJson = False,
    quiet: own.TellNobody = False,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """What moved since the last published or an earlier day; exit 5 if more than the threshold.

    An alert goes to what ARAXES_ALERT_WEBHOOK and ARAXES_ALERT_MAIL name.
    """
    from model.changes import alerts, court, watched
    from model.shell import checked

    with faults_in_one_line():
        checked.insist(scenario)
        before, now = watched.pair(scenario, as_of, since)
        moves = court.moves(before, now)
    far = court.too_far(moves, threshold)
    text = watched.in_words(before, now, far, threshold)
    if as_json:
        rows = far.assign(deadline=far["deadline"].astype(str)).to_dict("records")
        print(json.dumps({"before": before.id, "now": now.id, "moved": rows}, indent=1))
    else:
        print(text)
    if far.empty:
        raise typer.Exit(codes.DONE)
    if not quiet:
        for line in alerts.send(text, {"before": before.id, "now": now.id}):
            typer.echo(line, err=True)
    raise typer.Exit(codes.MOVED)


def signposts(
    as_of: options.AsOf = None,
    deadline: options.Deadline = None,
    run_id: options.RunId = None,
    as_csv: own.SignpostsAsCsv = False,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """What to watch for within 30, 60 and 90 days, by how far it should move each headline."""
    from model.changes.signposts import signposts as find
    from model.shell import commands

    with faults_in_one_line():
        run = commands.open_or_fit(scenario, as_of, run_id, deadline)
        table = find(run, deadline)
    if as_csv:
        table.to_csv(sys.stdout, index=False)
        return
    for (outcome, day), rows in table.groupby(["outcome", "day"], sort=False):
        print(f"\n{run.scenario.outcome(outcome).title}, by {day}")
        for row in rows.itertuples():
            print(f"  {100 * row.expected:4.1f} points expected: {_sign(row, run.scenario)}")


def _sign(row, scenario) -> str:
    from model.changes.signposts import step_of

    low, high = (f"{100 * end:.0f} %" for end in (row.at_low, row.at_high))
    if row.kind == "outcome":
        return f"{row.title}: {high} if it has happened, {low} if not"
    driver = scenario.driver(row.id)
    ends = ((row.high_level, "up to", "or more", high), (row.low_level, "down to", "or less", low))
    directions = [
        f"{way} {level:+.1f} {more}, {chance} ({step_of(driver, level)})"
        for level, way, more, chance in ends
    ]
    return f"{row.title}: {'; '.join(directions)}"
