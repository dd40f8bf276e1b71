"""What writers do: the shell's own commands, each in a process that has loaded its libraries.

`python -m tests.faults.chaos.acts ACT PLACE` does one in a process from scratch.
"""

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import typer

from model.scenario import SCENARIO_FOLDER, home
from tests.faults.chaos.scene import Scene

FAULT = 70  # the exit code of an act that ended in what no command may raise
STORING = '"forecast"'  # the phase of a fit that storing is part of, in its progress file
SHORT = 25  # draws a chain: what is looked at is the writing
TABLES = ("outcomes.csv", "joint.json", "curves.parquet")
BRIEFS = ("brief.html", "brief.pptx")


def refit(scene: Scene) -> None:
    """Fit the day again, shortly, and store the run, which is none to be served."""
    from model.shell.nightly import refitting

    options = {"draws": SHORT, "quick": True, "progress_file": scene.progress}
    refitting.refit(**options, scenario=scene.tables)


def take_in(scene: Scene) -> None:
    """Import the delivery: three tables."""
    from model.shell.intake import command

    command.take_in(files=scene.delivery, write=True, scenario=scene.tables)


def publish(scene: Scene) -> None:
    """See the run that waits through to the ledger and to what is served."""
    from model.shell.nightly import refitting

    refitting.refit(publish=True, hold_at=100.0, scenario=scene.tables)


def export(scene: Scene) -> None:
    """Write tables and briefs of every kind that no browser draws, over those that are there."""
    from model.__main__ import brief, chart

    for name in TABLES:
        out = scene.exports / name
        chart(name=out.stem, out=out, scenario=scene.tables)
    for name in BRIEFS:
        brief(out=scene.exports / name, scenario=scene.tables)


ACTS: dict[str, Callable[[Scene], None]] = {
    "refit": refit,
    "import": take_in,
    "publish": publish,
    "export": export,
}


def act(name: str, place: Path) -> None:
    """Do one and end the process: what it prints goes beside the scene.

    The exit code is the command's own, or `FAULT`.
    """
    scene = Scene(place)
    os.environ["ARAXES_HOME"] = str(scene.home)
    with open(scene.said, "ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    sys.exit(_code(name, scene))


def _code(name: str, scene: Scene) -> int:
    try:
        ACTS[name](scene)
    except typer.Exit as ended:
        return ended.exit_code
    except BaseException:  # noqa: BLE001 - whatever it is, a user would see a traceback
        traceback.print_exc()
        return FAULT
    return 0


def load() -> None:
    """Load what the acts need: for the process that all of them are forks of."""
    from briefing.files import briefs, chart_file  # noqa: F401
    from briefing.shell import material_of  # noqa: F401
    from model import __main__, refit  # noqa: F401
    from model.fit.observations import observations
    from model.fit.priors import priors
    from model.record.ledger import store  # noqa: F401
    from model.shell.nightly import pipeline  # noqa: F401

    # a fit would else spend most of its time on what writes nothing
    evidence = refit.known_evidence(SCENARIO_FOLDER)
    refit.compiled(priors(evidence.scenario), observations(evidence))


if __name__ == "__main__":
    if home() == Path(sys.argv[2]):  # never in the user's own
        sys.exit(FAULT)
    act(sys.argv[1], Path(sys.argv[2]))
