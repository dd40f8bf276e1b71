"""How a command ends that cannot do what it was asked."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

LONGEST_PATH = 200  # characters of a path that are shown: of a longer one nobody reads the rest


def fail(message: object, code: int = 1) -> None:
    """End with one plain line on standard error and this exit code; raises typer.Exit."""
    typer.echo(f"error: {said(message)}", err=True)
    raise typer.Exit(code)


def said(message: object) -> str:
    """The message; of what the system says of a file, the file and its words without its number."""
    if not isinstance(message, OSError) or message.filename is None:
        return str(message)
    path = str(message.filename)
    shown = path if len(path) <= LONGEST_PATH else f"{path[:LONGEST_PATH]}…"
    return f"{shown}: {message.strerror}"


@contextmanager
def faults_in_one_line(*others: type[Exception]) -> Iterator[None]:
    """What a user can put right ends the command by `fail`: a refit, a value, a file.

    others: exceptions of this command alone that are a user's to mend. Every other exception is a
    fault of the program, and passes.
    """
    from model.refit import RefitError  # only now: it brings half of the model

    try:
        yield
    except (RefitError, ValueError, OSError, *others) as problem:
        fail(problem)
