"""`python -m model import`: evidence in, from files as people have them."""

import typer

from model.scenario import SCENARIO_FOLDER
from model.shell import options
from model.shell.failing import fail
from model.shell.intake import options as own


def take_in(
    files: own.ImportFiles = None,
    mapping: own.MappingFile = None,
    write: own.Write = False,
    partly: own.Partly = False,
    undo: own.Undo = False,
    whole: own.AllLines = False,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """Take evidence in from files as people have them; a dry run with all that would change.

    Exit 0 if nothing stands against it, 1 if rows are refused, 2 for a file that cannot be read, a
    source without a country, or tables that would have faults.
    """
    from model.intake import importing as intake
    from model.intake.mapping import read_mapping
    from model.shell.intake import importing

    if not undo and not files:
        fail("name the files to take in, or --undo", 2)
    try:
        if undo:
            print(f"Brought back the tables before the {intake.undo(scenario)}.")
            return
        named = None if mapping is None else read_mapping(mapping)
        code = importing.bring_in(scenario, files or [], named, write, partly, whole)
    except (ValueError, OSError) as problem:
        fail(problem, 2)
    raise typer.Exit(code)
