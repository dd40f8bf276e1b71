"""Ways to change a text or some bytes at random."""

import random
import re
from collections.abc import Callable

HOSTILE = (
    "<script>alert(1)</script>",
    "![x](https://example.org/x.png)",
    "=cmd|' /C calc'!A0",
    "\u202e\u200b",
    "\x00",
    "\ud800",
    "e\u0301" * 60,
    "9" * 400,
    "-1",
    "NaN",
    "true",
    "null",
    "[]",
    "{}",
    "0001-01-01",
    "2203-05-01",
    "٢٠٢٣-٠٥-٠١",
    "1e308",
    "x" * 5000,
    "",
)
WORD = re.compile(r"\w+|\"[^\"\n]*\"")


def text(content: str, chance: random.Random) -> str:
    """The text with one to three of its words, lines or characters changed."""
    for _ in range(chance.randint(1, 3)):
        content = chance.choice(WAYS)(content, chance)
    return content


def _word(content: str, chance: random.Random) -> str:
    words = list(WORD.finditer(content))
    if not words:
        return chance.choice(HOSTILE)
    at = chance.choice(words)
    return content[: at.start()] + chance.choice(HOSTILE) + content[at.end() :]


def _line(content: str, chance: random.Random) -> str:
    lines = content.split("\n")
    place = chance.randrange(len(lines))
    what = chance.choice(("drop", "twice", "move"))
    line = lines.pop(place)
    if what == "twice":
        lines[place:place] = [line, line]
    elif what == "move":
        lines.insert(chance.randrange(len(lines) + 1), line)
    return "\n".join(lines)


def _character(content: str, chance: random.Random) -> str:
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.choice("\"'[]{}=,;:#\n\\ \t0") + content[place + 1 :]


def _cut(content: str, chance: random.Random) -> str:
    return content[: chance.randrange(len(content) + 1)]


def _nested(content: str, chance: random.Random) -> str:
    return _word(content, chance).replace("=", "= " + "[" * chance.choice((1, 50, 5000)), 1)


WAYS: tuple[Callable[[str, random.Random], str], ...] = (_word, _line, _character, _cut, _nested)


def some_bytes(content: bytes, chance: random.Random) -> bytes:
    """The bytes with some flipped, cut off, put twice or overwritten."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if not changed:
            break
        place = chance.randrange(len(changed))
        changed[place] ^= 1 << chance.randrange(8)
    what = chance.choice(("whole", "cut", "twice"))
    if what == "cut":
        return bytes(changed[: chance.randrange(len(changed) + 1)])
    return bytes(changed) * (2 if what == "twice" else 1)
