"""The command that holds evidence out: what the model says of what it was not given."""

import time
from dataclasses import dataclass
from pathlib import Path

import typer

from model.scenario import SCENARIO_FOLDER
from model.shell import options
from model.shell.failing import fail

PARTS = ("classes", "drivers", "checks")
NULL_WORLDS = 20
LINES = 60  # a longer table is only counted


def held_out(
    part: options.HeldOutParts = None,
    as_of: options.AsOf = None,
    draws: options.Draws = 500,
    worlds: options.NullWorlds = NULL_WORLDS,
    out: options.ResultFolder = None,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """Score reference cases and driver futures that the model was not given; check it by worlds."""
    from model.refit import RefitError

    asked = part or list(PARTS)
    if unknown := sorted(set(asked) - set(PARTS)):
        fail(f"no part is called {unknown[0]!r}; choose {', '.join(PARTS)}")
    try:
        for name in asked:
            _make(name, scenario, as_of, _Asked(draws, worlds), out)
    except (RefitError, ValueError, OSError) as problem:
        fail(problem)


@dataclass(frozen=True)
class _Asked:
    """draws: a chain, of each fit that is made here. worlds: null worlds."""

    draws: int
    worlds: int

    @property
    def settings(self):
        """Two chains: enough for chances to a percent, and half the work of a run."""
        from model.runs import Settings

        return Settings(draws=self.draws, chains=2)

    @property
    def about(self) -> dict:
        return {"draws_a_refit": self.settings.draws * self.settings.chains}


def _make(part: str, scenario: Path, as_of, asked: _Asked, out: Path | None) -> None:
    """Make one part and store it."""
    from model.held_out import stored_tables

    began = time.monotonic()
    evidence, about, tables = {"classes": _classes, "drivers": _drivers, "checks": _checks}[part](
        scenario, as_of, asked
    )
    about |= {"seconds": round(time.monotonic() - began)}
    made = stored_tables.result(evidence.scenario, evidence.as_of, about, tables)
    path = stored_tables.path_of(evidence.scenario, part)
    path = path if out is None else out / path.name
    stored_tables.write(made, path)
    _show(made, path)


def _run(scenario: Path, as_of):
    """The run of a day, fitted where it is not."""
    from model.shell import commands

    return commands.open_or_fit(scenario, as_of, None)


def _classes(scenario: Path, as_of, asked: _Asked):
    from model.held_out import class_scores, classes

    run = _run(scenario, as_of)
    cases, chances = classes.held_out_chances(run, asked.settings, _tell)
    about = {"run": run.id, "draws": len(run.draws["log_rate"])} | asked.about
    return run.evidence, about, class_scores.tables(cases, chances)


def _drivers(scenario: Path, as_of, asked: _Asked):
    from model.evidence.evidence import last_evidence
    from model.held_out import driver_scores
    from model.inspect.driver_coverage import DRAWS
    from model.refit import known_evidence

    # no run is asked: of a fit only the coder noise enters a future, and that is drawn anew
    evidence = known_evidence(scenario, as_of or last_evidence(scenario))
    return evidence, {"draws": DRAWS}, driver_scores.tables(evidence)


def _checks(scenario: Path, as_of, asked: _Asked):
    from model.self_checks import null_worlds, predictive

    run = _run(scenario, as_of)
    table = predictive.predictive_checks(run.draws, run.evidence)
    nulls = null_worlds.chances(run.evidence, asked.worlds, asked.settings, _tell)
    about = {"run": run.id, "draws": len(run.draws["log_rate"]), "worlds": predictive.WORLDS}
    about |= {"null_worlds": asked.worlds} | asked.about
    return (
        run.evidence,
        about,
        {"predictive": table, "null_worlds": null_worlds.false_alarms(nulls)},
    )


def _tell(line: str) -> None:
    typer.echo(line, err=True)


def _show(made, path: Path) -> None:
    for name, table in made.tables.items():
        if len(table) <= LINES:
            print(f"\n{name}\n{table.round(3).to_string(index=False)}")
        else:
            print(f"\n{name}: {len(table)} rows")
    typer.echo(f"kept in {path}")
