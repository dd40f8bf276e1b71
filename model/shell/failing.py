"""How a command ends that cannot do what it was asked."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer


def fail(message: object, code: int = 1) -> None:
    """End with one plain line on standard error and this exit code; raises typer.Exit."""
    typer.echo(f"error: {message}", err=True)
    raise typer.Exit(code)


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
