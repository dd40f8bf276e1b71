"""The command that holds evidence out: what the model says of what it was not given."""

import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from model.scenario import SCENARIO_FOLDER
from model.scenario.plain_text import counted
from model.shell import options
from model.shell.failing import fail, faults_in_one_line
from model.shell.record import options as own

PARTS = ("classes", "drivers", "checks", "null-worlds")
NULL_WORLDS = 20
LINES = 60  # a longer table is only counted


def held_out(
    parts: own.HeldOutParts = None,
    as_of: options.AsOf = None,
    run_id: options.RunId = None,
    draws: options.Draws = 500,
    worlds: own.NullWorlds = NULL_WORLDS,
    out: own.ResultFolder = None,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """Score reference cases and driver futures that the model was not given; check it by worlds."""

    asked = parts or list(PARTS)
    if unknown := sorted(set(asked) - set(PARTS)):
        fail(f"no part is called {unknown[0]!r}; choose {', '.join(PARTS)}")
    with faults_in_one_line():
        for name in asked:
            _make(name, _Asked(scenario, as_of, run_id, draws, worlds), out)


@dataclass(frozen=True)
class _Asked:
    """scenario: its folder. as_of, run_id: of which evidence, of which run. draws: a chain, of each
    fit that is made here. worlds: null worlds."""

    scenario: Path
    as_of: date | None
    run_id: str | None
    draws: int
    worlds: int

    @property
    def settings(self):
        """Two chains: enough for chances to a percent, and half the work of a run."""
        from model.runs import Settings

        return Settings(draws=self.draws, chains=2)

    def run(self):
        """The run of the day, fitted where it is not."""
        from model.shell import commands

        return commands.open_or_fit(self.scenario, self.as_of, self.run_id)

    def evidence(self, latest: bool):
        """What was known on the day: by default the scenario's own, or the latest."""
        from model.evidence.evidence import last_evidence
        from model.refit import known_evidence
        from model.shell import checked

        checked.insist(self.scenario)
        default = last_evidence(self.scenario) if latest else None
        return known_evidence(self.scenario, self.as_of or default)


def _make(name: str, asked: _Asked, out: Path | None) -> None:
    """Make one part and store it."""
    from model.held_out import stored_tables

    make = {"classes": _classes, "drivers": _drivers, "checks": _checks, "null-worlds": _null}
    began = time.monotonic()
    evidence, about, tables = make[name](asked)
    about |= {"seconds": round(time.monotonic() - began)}
    made = stored_tables.result(evidence.scenario, evidence.as_of, about, tables)
    path = stored_tables.path_of(evidence.scenario, name)
    path = path if out is None else out / path.name
    stored_tables.write(made, path)
    _show(made, path)


def _classes(asked: _Asked):
    from model.held_out import class_scores, classes

    run, settings = asked.run(), asked.settings
    cases, chances = classes.held_out_chances(run, settings, _tell)
    about = {"run": run.id, "draws": len(run.draws["log_rate"])}
    about |= {"draws_a_refit": settings.draws * settings.chains}
    return run.evidence, about, class_scores.tables(cases, chances)


def _drivers(asked: _Asked):
    from model.held_out import driver_scores
    from model.inspect.driver_coverage import DRAWS

    # no run is asked: of a fit only the coder noise enters a future, and that is drawn anew
    evidence = asked.evidence(latest=True)
    return evidence, {"draws": DRAWS}, driver_scores.tables(evidence)


def _checks(asked: _Asked):
    from model.self_checks import predictive

    run = asked.run()
    about = {"run": run.id, "draws": len(run.draws["log_rate"]), "worlds": predictive.WORLDS}
    return (
        run.evidence,
        about,
        {"predictive": predictive.predictive_checks(run.draws, run.evidence)},
    )


def _null(asked: _Asked):
    from model.self_checks import null_worlds

    evidence, settings = asked.evidence(latest=False), asked.settings
    table = null_worlds.chances(evidence, asked.worlds, settings, _tell)
    about = {"worlds": asked.worlds, "draws": settings.draws * settings.chains}
    return evidence, about, {"alarms": null_worlds.false_alarms(table)}


def _tell(line: str) -> None:
    typer.echo(line, err=True)


def _show(made, path: Path) -> None:
    for name, table in made.tables.items():
        if len(table) <= LINES:
            print(f"\n{name}\n{table.round(3).to_string(index=False)}")
        else:
            print(f"\n{name}: {counted(len(table), 'row')}")
    typer.echo(f"kept in {path}")
