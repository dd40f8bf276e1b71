"""Text of anybody's as one plain line, without what hides, reverses or piles on its neighbours."""

import re
import unicodedata
from itertools import groupby

# Controls, marks of direction, invisible letters and tags, halves of pairs, and two that XML has no
# place for; spaces of every kind are left to be one space.
HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f\U000e0100-\U000e01ef]"
)
# What a spreadsheet takes for the start of a formula; a tab or a return hides one.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
MOST_MARKS = 3  # on one letter; no language piles more


def one_line(text: str) -> str:
    """The text as people would read it: one line, its spaces single, nothing hidden in it.

    What is dropped changes no word; what is already such a line comes back as it was.
    """
    return _without_piles(re.sub(r"\s+", " ", HIDDEN.sub("", text)).strip())


def quoted(text: str, most: int = 60) -> str:
    """What somebody wrote, for a message about it: in quotes, one line, cut where it is long."""
    line = one_line(text[: most + 1])
    return repr(line if len(line) <= most else f"{line[:most]}…")


def counted(number: int, noun: str) -> str:
    """`1 row`, `1,534 rows`: how many of something there are; noun: that takes an s."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _without_piles(text: str) -> str:
    if text.isascii():
        return text
    runs = groupby(text, lambda letter: unicodedata.category(letter) in ("Mn", "Me"))
    return "".join("".join(run)[: MOST_MARKS if marks else None] for marks, run in runs)


def neutral[T](cell: T) -> T | str:
    """A cell with an apostrophe before a text that a spreadsheet would run; the rest as it is."""
    if not isinstance(cell, str) or not cell.startswith(FORMULA) or NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}"


def as_meant(cell: str) -> str:
    """A cell as it was before `neutral`, for who reads such a file again."""
    meant = cell[1:] if cell.startswith("'") else cell
    return meant if neutral(meant) == cell else cell
