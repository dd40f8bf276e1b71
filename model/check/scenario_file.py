"""scenario.toml as written: its raw content and the line on which each key stands."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from model.check.problem import Problem, read_text
from model.scenario.scenario import SCENARIO_FILE

# They need not find every key: one that they miss is reported at the line of its table.
MISSING = "the file is missing; every scenario has one; add it to the folder"
HEADER = re.compile(r"^\s*(\[\[?)\s*([\w.-]+)\s*\]\]?\s*(#.*)?$")
KEY = re.compile(r'^\s*"?([\w-]+)"?\s*=')


class ScenarioFile:
    """The parsed TOML (`raw`) with the line numbers that tomllib does not keep.

    A path names a table or key as pydantic does: `("outcome", 2, "clock", 0)`. Raises
    tomllib.TOMLDecodeError for a text that is no TOML.
    """

    def __init__(self, text: str):
        self.raw = tomllib.loads(text)
        self.lines = text.splitlines()
        self._starts = {(): 1}
        self._keys = {(): {}}
        self._index()

    def _index(self) -> None:
        here, counts = (), Counter()
        for number, line in enumerate(self.lines, start=1):
            if header := HEADER.match(line):
                here = self._path(header[2].split("."), header[1] == "[[", counts)
                self._starts[here], self._keys[here] = number, {}
            elif key := KEY.match(line):
                self._keys[here].setdefault(key[1], number)

    @staticmethod
    def _path(names: list[str], is_array: bool, counts: Counter) -> tuple:
        """`[[outcome.clock]]` -> ("outcome", 2, "clock", 0): the way pydantic counts."""
        path = ()
        for depth, name in enumerate(names, start=1):
            path += (name,)
            if is_array and depth == len(names):
                counts[path] += 1
            if counts[path]:
                path += (counts[path] - 1,)
        return path

    def line(self, path: tuple, value: str | None = None) -> int:
        """The line of a key (or of `value` in it), else of the nearest table that holds it."""
        # Down to (), the file itself, which is always there.
        for end in range(len(path), -1, -1):
            if path[:end] in self._starts:
                table, rest = path[:end], path[end:]
                break
        start = self._keys[table].get(rest[0] if rest else None, self._starts[table])
        return start if value is None else self._line_of(value, start, table)

    def _line_of(self, value: str, start: int, table: tuple) -> int:
        later = [n for n in (*self._starts.values(), *self._keys[table].values()) if n > start]
        for number in range(start, min(later, default=len(self.lines) + 1)):
            if f'"{value}"' in self.lines[number - 1]:
                return number
        return start

    def tables(self, *names: str) -> Iterator[tuple[tuple, dict]]:
        """Every `[[name]]` (or nested `[[name.inner]]`) as its path and content."""
        yield from _tables(self.raw, (), names)

    def ids(self, name: str) -> list[str]:
        """The ids of every `[[name]]`, without those that are missing or no text."""
        ids = (table.get("id") for _, table in self.tables(name))
        return [id for id in ids if isinstance(id, str)]

    def text(self, table: dict, key: str) -> str:
        """A text value, or "" where it is missing or something else."""
        value = table.get(key)
        return value if isinstance(value, str) else ""

    def texts(self, table: dict, key: str) -> list[str]:
        """The texts of a list, or [] where it is missing or something else."""
        values = table.get(key)
        return [v for v in values if isinstance(v, str)] if isinstance(values, list) else []

    def problem(self, path: tuple, key: str, message: str, value: str | None = None) -> Problem:
        """A problem at the line of a key of the table at `path`, or of `value` in that key."""
        return Problem(SCENARIO_FILE, self.line((*path, key), value), key, message)


def _tables(content, path: tuple, names: tuple[str, ...]) -> Iterator[tuple[tuple, dict]]:
    if not names:
        yield path, content
        return
    inner = content.get(names[0])
    for number, table in enumerate(inner if isinstance(inner, list) else []):
        if isinstance(table, dict):
            yield from _tables(table, (*path, names[0], number), names[1:])


def read_scenario_file(folder: Path) -> tuple[ScenarioFile | None, list[Problem]]:
    """The file as written and [], or None and the one problem that keeps it from being read."""
    text, problems = read_text(Path(folder) / SCENARIO_FILE, MISSING, "utf-8")
    if text is None:
        return None, problems
    try:
        return ScenarioFile(text), []
    except RecursionError:
        return None, [_not_toml("lists or tables stand too deep in each other", text)]
    except ValueError as error:
        # that of the parser, and Python's own for a number of thousands of digits
        return None, [_not_toml(str(error), text)]


def _not_toml(error: str, text: str) -> Problem:
    place = re.search(r"\(at line (\d+), column \d+\)", error)
    row = int(place[1]) if place else len(text.splitlines()) or 1
    wrong = re.sub(r"\s*\(at .*\)", "", error)
    line = text.splitlines()[row - 1].strip() if place else "the end of the file"
    message = f"cannot be read as TOML ({wrong}); expected `key = value`; correct {line[:60]!r}"
    key = KEY.match(line)
    return Problem(SCENARIO_FILE, row, key[1] if key else "file", message)
