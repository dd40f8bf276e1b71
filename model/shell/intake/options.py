"""Options of `import`; those that other commands have too are in `model.shell.options`."""

from pathlib import Path
from typing import Annotated

import typer

from model.shell.options import usable

ImportFiles = Annotated[
    list[Path] | None, typer.Argument(help="CSV or JSON files.", callback=usable)
]
MappingFile = Annotated[
    Path | None,
    typer.Option(
        "--mapping", help="A TOML file that says what their columns mean.", callback=usable
    ),
]
Write = Annotated[bool, typer.Option("--write", help="Write what a dry run shows.")]
Partly = Annotated[bool, typer.Option("--partly", help="Write the rest where rows are refused.")]
Undo = Annotated[bool, typer.Option("--undo", help="Bring back the tables before the last import.")]
AllLines = Annotated[bool, typer.Option("--all", help="Show every line.")]
