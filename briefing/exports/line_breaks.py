"""Sentences broken into lines that fit a width; nothing else knows how wide a letter is."""

from collections.abc import Iterator
from functools import lru_cache

from PIL import ImageFont

# Arial and its kin are as wide as Pillow's own font; a viewer may have another one.
SAFE, BOLD = 1.07, 1.1


def lines(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The text in lines of at most `room`, in the unit of the letters' `size`.

    A word longer than a line is cut.
    """
    found, line = [], ""
    for word in _words(text, size, room, bold):
        longer = f"{line} {word}" if line else word
        if line and width(longer, size, bold) > room:
            found.append(line)
            longer = word
        line = longer
    return [*found, line]


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a line of Arial is, on the safe side, in the unit of `size`."""
    return _ruler().getlength(text) / 100 * size * SAFE * (BOLD if bold else 1)


def _words(text: str, size: float, room: float, bold: bool) -> Iterator[str]:
    for word in text.split():
        while len(word) > 1 and width(word, size, bold) > room:
            fits = max(1, int(len(word) * room / width(word, size, bold)))
            yield word[:fits]
            word = word[fits:]
        yield word


@lru_cache(maxsize=1)
def _ruler() -> ImageFont.FreeTypeFont:
    """Pillow's own font, so that lines break alike on every machine."""
    return ImageFont.load_default(size=100)
