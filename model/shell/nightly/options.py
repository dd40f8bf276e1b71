"""Options of this folder's commands; those that others have too are in `model.shell.options`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from model.shell.options import day, usable

Publish = Annotated[
    bool, typer.Option("--publish", help="Check, fit, compare with the last one, publish.")
]
Accept = Annotated[
    str, typer.Option("--accept", metavar="REASON", help="Publish although it is held; kept.")
]
HoldAt = Annotated[
    float,
    typer.Option(help="Hold it if a headline moves by more points than this.", min=0, max=100),
]
LogForm = Annotated[
    str, typer.Option("--log", help="json: a JSON line per step, on standard error.")
]
WatchFolder = Annotated[
    Path | None,
    typer.Option(
        "--watch",
        help="Stay, and refit whenever this scenario's folder changes; as of the latest day.",
        callback=usable,
    ),
]

Old = Annotated[str, typer.Argument(help="The older run's id, or a day that has one.")]
New = Annotated[str, typer.Argument(help="The newer run's id, or a day that has one.")]
OfOutcome = Annotated[str | None, typer.Option("--outcome", help="One outcome's id; default: all.")]

Threshold = Annotated[float, typer.Option(help="Percentage points.", min=0, max=100)]
Since = Annotated[
    date | None,
    typer.Option("--since", parser=day, help="Compare with this day's run, not the last published"),
]
TellNobody = Annotated[bool, typer.Option("--quiet", help="Send no alert, whatever is set.")]

Keep = Annotated[int, typer.Option(help="So many of the newest runs stay.", min=0)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would go, and let it stay.")]
Attempts = Annotated[bool, typer.Option("--attempts", help="Every refit that ended, good and bad.")]
SignpostsAsCsv = Annotated[bool, typer.Option("--csv", help="A row per signpost as CSV.")]
