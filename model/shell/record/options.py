"""Options of this folder's commands; those that others have too are in `model.shell.options`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from model.shell.options import as_of_day, day, usable

# backtest
From = Annotated[
    date | None,
    typer.Option("--from", parser=day, help="The first as-of day; default: 2021-01-01."),
]
To = Annotated[
    date | None,
    typer.Option("--to", parser=as_of_day, metavar="DAY", help="The last; latest: of all."),
]
Every = Annotated[str, typer.Option(help="week, month or quarter: from one day to the next.")]
Scheduler = Annotated[
    str | None, typer.Option(help="A Dask scheduler, as tcp://host:8786; default: this machine.")
]
WalkDraws = Annotated[int, typer.Option("--draws", help="Draws per chain.", min=50, max=20_000)]
WalkFolder = Annotated[
    Path | None,
    typer.Option(
        "--out",
        help="A folder for the tables; default: the state folder.",
        file_okay=False,
        callback=usable,
    ),
]

# publish, override, ledger
Author = Annotated[
    str | None, typer.Option("--by", help="Who publishes. Default: the name of the user.")
]
PublishedRow = Annotated[int, typer.Argument(help="The row of the ledger.", min=1)]
OverridingChance = Annotated[float, typer.Option("--to", help="The analyst's chance, 0 to 1.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, in a sentence.")]
Expiry = Annotated[
    date, typer.Option("--until", parser=day, help="The last as-of day on which it stands.")
]
OutcomeId = Annotated[str | None, typer.Option(help="Of this outcome alone.")]
OfRun = Annotated[str | None, typer.Option("--run", help="Of this run alone.")]
Overrides = Annotated[bool, typer.Option("--overrides", help="The overrides.")]
Scores = Annotated[bool, typer.Option("--scores", help="Brier and log scores of what is decided.")]
VerifyLedger = Annotated[
    bool, typer.Option("--verify", help="Walk the chains; exit 1 names the first broken row.")
]
Head = Annotated[
    str | None, typer.Option("--head", help="With --verify: a hash that some row must have.")
]
RowsAsCsv = Annotated[bool, typer.Option("--csv", help="A row per forecast as CSV.")]

# held-out
HeldOutParts = Annotated[
    list[str] | None,
    typer.Option("--part", help="classes, drivers, checks, null-worlds; default: all."),
]
NullWorlds = Annotated[
    int, typer.Option("--null-worlds", help="Histories in which nothing happened, fitted.", min=2)
]
ResultFolder = Annotated[
    Path | None,
    # asked before the fits, and not when an hour of them is to be written
    typer.Option(
        "--out",
        help="A folder for the results; default: data/self_checks.",
        file_okay=False,
        callback=usable,
    ),
]
