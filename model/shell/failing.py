"""How a command ends that cannot do what it was asked."""

import typer


def fail(message: object, code: int = 1) -> None:
    """End with one plain line on standard error and this exit code; raises typer.Exit."""
    typer.echo(f"error: {message}", err=True)
    raise typer.Exit(code)
