"""The command `refit`: fit a day, and with --publish see it through to what is served."""

import json
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import typer

from model.evidence.collected import LATEST
from model.scenario import SCENARIO_FOLDER
from model.shell import options
from model.shell.failing import fail
from model.shell.nightly import codes
from model.shell.nightly import options as own


def refit(
    as_of: options.AsOf = None,
    seed: options.Seed = None,
    draws: options.Draws = None,
    quick: options.Quick = False,
    if_needed: options.IfNeeded = False,
    publish: own.Publish = False,
    accept: own.Accept = "",
    hold_at: own.HoldAt = 10.0,
    assume: options.Believing = None,
    as_json: options.ManifestAsJson = False,
    log: own.LogForm = "",
    watch: own.WatchFolder = None,
    progress_file: options.ProgressFile = None,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """Fit the model and store the run; with --publish, compare it and publish it.

    Exit 0 if it is served or published, 1 for an error, 2 for bad data or a day outside it, 3 if
    the run fails the gate, 4 if it is held as a headline moved too far.
    """
    from model.shell import commands

    if problem := _misused(log, publish, accept, assume, watch):
        fail(problem)
    chosen = commands.settings(seed, draws, quick)
    if publish or accept or watch:
        from model.shell.nightly.pipeline import Asked

        # what comes into a watched folder is news: a day in the past does not know of it
        day = as_of or (LATEST if watch else None)
        asked = Asked(watch or scenario, day, chosen, accept, hold_at)
        raise typer.Exit(_published(asked, log, progress_file, as_json, watch is not None))
    raise typer.Exit(_fitted(scenario, as_of, chosen, if_needed, assume, progress_file, as_json))


def _misused(log: str, publish: bool, accept: str, assume: Path | None, watch: Path | None) -> str:
    """What is wrong with the options, one line; "" where nothing is."""
    if log not in ("", "json"):
        return f"--log {log!r} is no form; write --log json, or leave it out"
    if assume is not None and (publish or accept or watch):
        return "a run under beliefs is not published; leave --assume or --publish out"
    if watch is not None and not watch.is_dir():
        return f"--watch {watch}: there is no such folder; name a scenario's folder"
    return ""


def _fitted(
    folder: Path,
    as_of: date | None,
    chosen,
    if_needed: bool,
    assume: Path | None,
    progress_file: Path | None,
    as_json: bool,
) -> int:
    from model.refit import RefitError, StoreError
    from model.shell import commands

    began = time.monotonic()
    try:
        beliefs = commands.assumed(assume, folder, as_of)
        run = commands.fit(folder, as_of, chosen, if_needed, progress_file, beliefs)
    except commands.HeldError as problem:
        fail(problem, _noted(as_of, codes.HELD, None, began, str(problem)))
    except StoreError as problem:
        fail(problem)
    except RefitError as problem:
        fail(problem, _noted(as_of, codes.BAD_DATA, None, began, str(problem)))
    except (ValueError, OSError) as problem:
        fail(problem)
    failures = run.manifest["diagnostics"]["failures"]
    _show(run, as_json)
    for reason in failures:
        typer.echo(f"not served: {reason}", err=True)
    # a fit that fails the gate is stored and can be looked at, but scripts must not go on with it
    code = codes.DONE if run.manifest["served"] else codes.FAILED_GATE
    return _noted(run.as_of, code, run.id, began, "; ".join(failures))


def _published(asked, log_form: str, progress_file: Path | None, as_json: bool, stays: bool) -> int:
    from model.shell.nightly.reporting import Log
    from model.shell.nightly.watching import as_files_change

    log = Log(log_form == "json", progress_file)
    if not stays:
        return _once(asked, log, as_json)
    # what this process compiled serves every further fit of it
    with suppress(KeyboardInterrupt):
        for _ in as_files_change(asked.folder):
            _once(asked, log, as_json)
    return codes.DONE  # it was told to stop; how each way through ended is in the log


def _once(asked, log, as_json: bool) -> int:
    """One way through the pipeline: what is printed, noted and sent; the exit code."""
    from model.refit import RefitError
    from model.shell.nightly import pipeline

    began = time.monotonic()
    try:
        ended = pipeline.publish(asked, log)
    except (RefitError, ValueError, OSError) as problem:
        ended = pipeline.Ended(codes.ERROR, None, str(problem))
    if ended.run is not None:
        _show(ended.run, as_json)
    ending = _in_words(ended)
    typer.echo(ending, err=True)
    id = None if ended.run is None else ended.run.id
    if ended.code != codes.DONE:
        from model.changes import alerts

        facts = {"code": ended.code, "run": id}
        for line in alerts.send(f"Araxes: a refit was not published. {ending}", facts):
            typer.echo(line, err=True)
    as_of = asked.as_of if ended.run is None else ended.run.as_of
    code = _noted(as_of, ended.code, id, began, ended.message)
    # last of all: whoever reads it may take the rest for done
    log.say("end", ending, code=code, run=id, seconds=round(time.monotonic() - began, 1))
    return code


def _in_words(ended) -> str:
    return {
        codes.DONE: f"published: {ended.message}",
        codes.FAILED_GATE: f"not served: {ended.message}",
        codes.HELD: f"held: {ended.message}; --accept REASON releases it",
    }.get(ended.code, f"error: {ended.message}")


def _show(run, as_json: bool) -> None:
    from model.shell import printing

    print(json.dumps(run.manifest, indent=1) if as_json else printing.run_report(run))


def _noted(as_of: date | None, code: int, run: str | None, began: float, message: str) -> int:
    """Add the refit to the log; the code, for it to be handed on."""
    from model.changes import run_log

    try:
        day = None if as_of == LATEST else as_of  # the last day was asked for, and never found
        run_log.note(day, code, run or "", time.monotonic() - began, message)
    except OSError as problem:  # a full disk: what the refit did stands
        typer.echo(f"the log of refits could not be written ({problem.strerror})", err=True)
    return code
