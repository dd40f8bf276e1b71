"""A fault in a scenario's folder: where it stands and what to do about it, in one line."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


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


def read_text(
    path: Path, missing: str, encoding: str, refused: Callable[[bytes], str] = lambda content: ""
) -> tuple[str | None, list[Problem]]:
    """The text and [], or None and the one problem that keeps it from being read.

    missing: what is said where there is no such file. refused: of the content, what is wrong with
    it before it is decoded, "" for nothing.
    """
    row = 1
    try:
        content = path.read_bytes()
        message = refused(content)
        if not message:
            return content.decode(encoding), []
    except FileNotFoundError:
        message = missing
    except OSError as error:
        message = f"cannot be read ({error.strerror}); expected a file; put it right"
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        message = "the text is not UTF-8; expected UTF-8; save the file in that encoding"
    return None, [Problem(path.name, row, "file", message)]
