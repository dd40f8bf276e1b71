"""A fault in a scenario's folder: where it stands and what to do about it, in one line."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One fault. `file` is its path below the folder, `row` the line of the file (header 1).

    `message` has three parts by `; `: what is wrong, what was expected, what to do.
    """

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        line = f"{self.file}:{self.row}:{self.column}: {self.message}"
        # a name out of a broken file may hold anything, and a terminal obeys it
        return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in line)
