"""Arguments and options of the commands: their flags, their help, how their text is read.

Typer reads a command's options off its signature, one parameter each: commands that ask alike have
signatures alike, and what is said of an option stands once, here.
"""

import errno
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from model.evidence.collected import LATEST
from model.shell.failing import said


def day(text: str) -> date:
    """A date from the command line, written as 2023-09-21; raises typer.BadParameter for others."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2023-09-21") from None


def as_of_day(text: str) -> date:
    """A day as `day` reads it, or `LATEST` for the word latest; raises typer.BadParameter."""
    return LATEST if text.strip().lower() == "latest" else day(text)


def usable[T: (Path, list[Path], None)](path: T) -> T:
    """A path that something can stand at, whether or not it does, asked before any work is done.

    Raises typer.BadParameter for a name that the system takes for none.
    """
    for one in path if isinstance(path, list) else [path] if path else []:
        try:
            one.lstat()
        except ValueError as problem:  # a null byte
            raise typer.BadParameter(str(problem)) from None
        except OSError as problem:
            if problem.errno == errno.ENAMETOOLONG:
                raise typer.BadParameter(said(problem)) from None
    return path


# What is asked, by most commands
Folder = Annotated[Path, typer.Option("--scenario", help="The scenario's folder.", callback=usable)]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        parser=as_of_day,
        metavar="DAY",
        help="Use only what was known by this day; latest: the last that the evidence reaches.",
    ),
]
Assume = Annotated[
    Path | None,
    typer.Option("--assume", help="A file of assumptions, TOML or JSON.", callback=usable),
]
Deadline = Annotated[date | None, typer.Option("--deadline", parser=day, help="Default: year end.")]
RunId = Annotated[str | None, typer.Option("--run", help="A stored run, in place of --as-of.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]

# refit
Seed = Annotated[int | None, typer.Option(help="Seed of the sampler.", min=0, max=2**32 - 1)]
Draws = Annotated[int | None, typer.Option(help="Draws per chain.", min=100, max=20_000)]
Quick = Annotated[bool, typer.Option("--quick", help="A quarter of the draws, for a look.")]
IfNeeded = Annotated[bool, typer.Option("--if-needed", help="Do nothing if it is fitted.")]
Believing = Annotated[
    Path | None,
    typer.Option(help="Fit under the beliefs of this file; its rest is ignored.", callback=usable),
]
ManifestAsJson = Annotated[bool, typer.Option("--json", help="Print the manifest.")]
ProgressFile = Annotated[
    Path | None, typer.Option(help="Also write progress here.", callback=usable)
]

# forecast, if-then, sets
OutcomesAsCsv = Annotated[bool, typer.Option("--csv", help="The outcomes as CSV.")]
RefitBeliefs = Annotated[
    bool, typer.Option("--refit", help="Refit under the file's beliefs, if that is not done.")
]
On = Annotated[
    date | None,
    typer.Option(parser=day, help="When the first happens. Default: well before the deadline."),
]
MovesAsCsv = Annotated[bool, typer.Option("--csv", help="A row per set, outcome and day, as CSV.")]
PairsAsCsv = Annotated[bool, typer.Option("--csv", help="A row per pair, as CSV.")]

# What is exported: chart, brief, paragraph
ChartName = Annotated[str | None, typer.Argument(help="What --list calls it.")]
ChartFile = Annotated[
    Path | None,
    typer.Argument(help="FILE.png, .svg, .pdf, .csv, .json or .parquet", callback=usable),
]
Listed = Annotated[
    bool, typer.Option("--list", help="Name every chart and what can be chosen of it.")
]
Since = Annotated[
    date | None, typer.Option("--since", parser=day, help="The day since which changes are shown.")
]
Choices = Annotated[
    list[str] | None, typer.Option(help="NAME=VALUE, such as outcome=corridor_open.")
]
Size = Annotated[str, typer.Option(help="slide, a4 (a column), square, or pixels as 1200x800.")]
Dark = Annotated[bool, typer.Option("--dark", help="On a dark background.")]
TierName = Annotated[
    str,
    typer.Option("--tier", help="full; unsourced: no names of sources; numbers: numbers only."),
]
BriefFile = Annotated[Path, typer.Argument(help="FILE.pptx, .docx, .pdf or .html", callback=usable)]
Template = Annotated[
    Path | None,
    typer.Option(help="A .pptx whose slide size, fonts and colours are used.", callback=usable),
]
Banner = Annotated[str, typer.Option(help="A classification, on every page.")]
LikelihoodWords = Annotated[
    str, typer.Option("--words", help="ICD-203 or 'UK PHIA': whose likelihood words.")
]
Previous = Annotated[
    Path | None,
    typer.Option(
        "--previous", help="The brief before, whose likelihood words are kept.", callback=usable
    ),
]
FreshWords = Annotated[
    bool, typer.Option("--fresh-words", help="Keep no likelihood word of a brief before.")
]

# sbc
Fits = Annotated[int, typer.Option(help="Simulated fits in all; those made before count.", min=2)]
Workers = Annotated[
    int | None, typer.Option(help="Processes that fit side by side; default: one per core.", min=1)
]
ChainDraws = Annotated[int, typer.Option(help="Draws of a fit's one chain.", min=20)]

# posterior
PosteriorFile = Annotated[Path, typer.Argument(help="FILE.nc", callback=usable)]

# verify
ExportedFile = Annotated[Path, typer.Argument(help="A file exported from here.", callback=usable)]
Against = Annotated[str | None, typer.Option(help="A newer run: list what no longer holds in it.")]
WithheldSet = Annotated[
    Path | None,
    typer.Option(help="The assumptions of a file that keeps them back.", callback=usable),
]
