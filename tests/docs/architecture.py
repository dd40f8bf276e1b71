"""What ARCHITECTURE.md says, read for tests: the rooms of its map, and those of each path."""

import re

from tests.test_architecture import FLOOR, ROOT

TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
NAME = re.compile(r"`([^`]+)`")


def path(opening: str) -> list[str]:
    """The rooms of the path whose paragraph opens with these words, in the order first named."""
    (paragraph,) = re.findall(rf"^\*\*{opening}.*?(?=\n\n)", TEXT, re.MULTILINE | re.DOTALL)
    return list(dict.fromkeys(name for name in NAME.findall(paragraph) if name in FLOOR))


def rooms_of_the_map() -> list[str]:
    """The rooms that the map's first column names, row by row."""
    rows = [line for line in TEXT.splitlines() if line.startswith("| `")]
    return [name for row in rows for name in NAME.findall(row.split("|")[1])]
