"""Sentences broken into lines that fit a width; nothing else knows how wide a letter is."""

from collections.abc import Iterator
from functools import lru_cache
from unicodedata import east_asian_width

from PIL import ImageFont

# A viewer may lack Arial, and a template may bring a wider font than the one measured with: DejaVu
# Sans, among the widest in use, takes 1.15 times the room, and its bold 1.29 times.
SAFE, BOLD = 1.15, 1.12


def lines(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The text in lines of at most `room`, in the unit of the letters' `size`; [""] of no words.

    A word longer than a line is cut, down to a single letter at the least.
    """
    broken, line, length = [], [], 0.0
    for word in _words(text, size, room, bold):
        length += _length(word) + _length(" ") * bool(line)
        if line and _scaled(length, size, bold) > room:
            broken.append(" ".join(line))
            line, length = [], _length(word)
        line.append(word)
    return [*broken, " ".join(line)]


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a line of Arial is, on the safe side, in the unit of `size` (points or pixels)."""
    words = text.split(" ")
    # Word by word: a line is tried at many sizes, and its words are remembered, as it is not.
    return _scaled(sum(map(_length, words)) + _length(" ") * (len(words) - 1), size, bold)


def _scaled(length: float, size: float, bold: bool) -> float:
    return length / 100 * size * SAFE * (BOLD if bold else 1)


def _words(text: str, size: float, room: float, bold: bool) -> Iterator[str]:
    for word in text.split():
        rest = word
        while len(rest) > 1 and width(rest, size, bold) > room:
            fits = _fitting(rest, size, room, bold)
            yield rest[:fits]
            rest = rest[fits:]
        yield rest


def _fitting(word: str, size: float, room: float, bold: bool) -> int:
    """How many of its letters fit, at least one; a share of the width tells only about how many."""
    fits = int(len(word) * room / width(word, size, bold))
    while fits > 1 and width(word[:fits], size, bold) > room:
        fits -= 1
    return max(1, fits)


@lru_cache(maxsize=4096)
def _length(word: str) -> float:
    """At a size of 100. The ruler has no Chinese, Japanese or Korean: such a letter is a square."""
    narrow = "".join(letter for letter in word if east_asian_width(letter) not in "WF")
    return _ruler().getlength(narrow) + 100 * (len(word) - len(narrow))


@lru_cache(maxsize=1)
def _ruler() -> ImageFont.FreeTypeFont:
    """Pillow's own font, as wide as Arial, so that lines break alike on every machine."""
    return ImageFont.load_default(size=100)
