"""Commands of the walk-forward: `backtest` makes it, `score` prints the one that is stored."""

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import typer

from model.scenario import SCENARIO_FOLDER
from model.scenario.plain_text import counted
from model.shell import compiler_cache, options
from model.shell.failing import faults_in_one_line
from model.shell.record import options as own


def backtest(
    first: own.From = None,
    last: own.To = None,
    every: own.Every = "month",
    workers: options.Workers = None,
    scheduler: own.Scheduler = None,
    draws: own.WalkDraws = 500,
    out: own.WalkFolder = None,
    as_json: options.AsJson = False,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """Walk forward: fit each past day on what it knew, and score what that would have said.

    Goes on where it was: a day that is stored is not fitted again.
    """
    from model.cluster import ClusterError

    with faults_in_one_line(ClusterError):
        walk = _walk(scenario, first, last, every, draws)
        _made(walk, workers, scheduler)
        result, folder = _kept(walk, scenario, out)
    if as_json:
        print(json.dumps(_as_json(result, folder), indent=1))
    else:
        _show(result, folder)


def score(as_json: options.AsJson = False, scenario: options.Folder = SCENARIO_FOLDER) -> None:
    """Scores of the stored walk-forward: the model, simple rules, built-in sets, conditionals."""
    from model.record.walk import stored_walk
    from model.scenario import load_scenario
    from model.shell import checked

    with faults_in_one_line():
        checked.insist(scenario)
        folder = stored_walk.folder_of(load_scenario(scenario))
        result = stored_walk.read(folder)
    if as_json:
        print(json.dumps(_as_json(result, folder), indent=1))
    else:
        _show(result, folder)


def _walk(scenario: Path, first: date | None, last: date | None, every: str, draws: int):
    from model.evidence.collected import FIRST_AS_OF, LATEST, as_of_problem, last_as_of
    from model.record.walk.walk_forward import SETTINGS, STEPS, Walk, as_of_days
    from model.refit import RefitError, checked_evidence
    from model.shell import checked

    if every not in STEPS:
        raise ValueError(f"--every {every!r} is none of {', '.join(STEPS)}; choose one of them")
    checked.insist(scenario)
    evidence = checked_evidence(scenario)
    begin, end = first or FIRST_AS_OF, last or LATEST
    for day in (begin, end):
        if problem := as_of_problem(day):
            raise RefitError(problem)
    end = min(end, last_as_of(evidence.collected, evidence.events))
    days = as_of_days(begin, end, every)
    if not days:
        raise ValueError(f"--to {end} is before --from {begin}; turn them round")
    return Walk(evidence, days, replace(SETTINGS, draws=draws))


def _made(walk, workers: int | None, scheduler: str | None) -> None:
    from model.record.walk.walk_forward import walked

    compiler_cache.settle()
    missing = len(walk.missing)
    _tell(f"{len(walk.days) - missing} of {len(walk.days)} days are there; {missing} to be fitted")
    for count, day in enumerate(walked(walk, workers, scheduler), start=1):
        diagnosis = day["diagnostics"]
        failed = "" if not diagnosis["failures"] else f"; gate: {'; '.join(diagnosis['failures'])}"
        _tell(
            f"{count} of {missing}: {day['as_of']}, {day['seconds']:.0f} s, "
            f"{day['cpu_seconds']:.0f} CPU seconds, R-hat {diagnosis['rhat']:.3f}{failed}"
        )


def _tell(line: str) -> None:
    # a line per day and no bar: a walk runs for minutes, and its lines tell a log what was done
    print(line, file=sys.stderr, flush=True)


def _kept(walk, scenario: Path, out: Path | None):
    from model.record.walk import crowd, stored_walk, walk_forward
    from model.record.walk.collected import collected

    result = collected(walk, walk_forward.read(walk), crowd.questions(scenario))
    folder = out or stored_walk.own_folder(walk.evidence.scenario)
    stored_walk.write(result, folder)
    return result, folder


def _as_json(result, folder: Path) -> dict:
    from model.record.walk import stored_walk

    about = {"folder": str(folder)} | result.about.as_json()
    tables = {
        name: json.loads(getattr(result, name).to_json(orient="records", date_format="iso"))
        for name in stored_walk.TABLES
    }
    return about | tables


def _show(result, folder: Path) -> None:
    from model.record.walk.resolved import counts

    print("The model beside each rule; skill over 0: the model is better (90 % interval):")
    _print(_brief_skills(result.skills))
    print("\nSaid to come and came, by outcome and term:")
    _print(result.transfer)
    print("\nBuilt-in sets as forecasters (own: the set's Brier score, base: the model's):")
    _print(result.sets[["set", "forecasts", "refused", "came", "own", "base", "skill"]])
    print("\nIf A then B, where A came:")
    _print(result.conditionals[result.conditionals["met"] > 0])
    each = ", ".join(f"{count:,} {word}" for word, count in counts(result.forecasts).items())
    failed = int((result.fits["failures"].fillna("") != "").sum())
    typer.echo(
        f"\n{counted(len(result.fits), 'day')}, {failed} of them failed the gate; "
        f"{len(result.forecasts):,} forecasts: {each}; known until "
        f"{result.about.until}; kept in {folder}"
    )


def _brief_skills(skills):
    """The skill by the Brier score, of all outcomes together and of each."""
    rows = skills[(skills["score"] == "brier") & (skills["term"] == "all")]
    columns = "baseline outcome forecasts blocks came own base skill skill_low skill_high".split()
    return rows[columns]


def _print(table) -> None:
    print(table.to_string(index=False, float_format=lambda number: f"{number:.3f}"))
