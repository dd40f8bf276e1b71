"""How much room text takes on a slide, measured on the safe side, and what of it fits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from PIL import ImageFont

# A template may bring a font wider than the one measured with: DejaVu Sans, among the widest in
# use, takes 1.15 times the room, and its bold 1.29 times.
SAFE, BOLD = 1.15, 1.12
LEADING = 1.2
AFTER = 0.45  # the gap after a paragraph, in lines


@dataclass(frozen=True)
class Said:
    """A paragraph: `lead` in bold, the text, and a muted `tail` that may link to an address.

    times: its size as a multiple of its box's. colour: of the text, the theme's own unless given.
    """

    text: str
    lead: str = ""
    tail: str = ""
    link: str = ""
    times: float = 1.0
    bold: bool = False
    muted: bool = False
    colour: str = ""

    @property
    def whole(self) -> str:
        """Everything it says, as a reader meets it."""
        return " ".join(part for part in (self.lead, self.text, self.tail) if part)


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of a line in points, for a font of `size` points; on the safe side."""
    return _length(text) / 100 * size * SAFE * (BOLD if bold else 1)


def lines(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The text wrapped to `room` points; a word longer than a line is cut."""
    found, line, used, gap = [], [], 0.0, width(" ", size, bold)
    for word in _words(text, size, room, bold):
        wide = width(word, size, bold)
        if line and used + gap + wide > room:
            found.append(" ".join(line))
            line, used = [], 0.0
        used += wide + gap * bool(line)
        line.append(word)
    return [*found, " ".join(line)]


def height(paragraphs: Sequence[Said], size: float, room: float) -> float:
    """The height of paragraphs in points, at a box's `size`, wrapped to `room` points."""
    return sum(_height(one, size, room) for one in paragraphs) - (
        AFTER * size * LEADING * paragraphs[-1].times if paragraphs else 0
    )


def largest(paragraphs: Sequence[Said], room: tuple[float, float], most: int, least: int) -> int:
    """The largest size in points, `most` down to `least`, at which all fit; `least` if none does.

    room: (width, height) in points.
    """
    sizes = range(most, least - 1, -1)
    return next((s for s in sizes if height(paragraphs, s, room[0]) <= room[1]), least)


def split(
    paragraphs: Sequence[Said], size: float, room: tuple[float, float]
) -> tuple[list[Said], list[Said]]:
    """What fits at this size, at least a line, and what is left for another slide."""
    kept, rest = [], list(paragraphs)
    while rest and height([*kept, rest[0]], size, room[0]) <= room[1]:
        kept.append(rest.pop(0))
    if not kept and rest:
        first, second = _halves(rest.pop(0), size, room)
        return [first], [second, *rest]
    return kept, rest


def shortened(text: str, most: int) -> str:
    """At most so many characters, with an ellipsis where it was cut."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _height(one: Said, size: float, room: float) -> float:
    lead = len(one.lead) / max(1, len(one.whole))
    wrapped = lines(one.whole, size * one.times, room / (1 + (BOLD - 1) * lead), one.bold)
    return (len(wrapped) + AFTER) * size * one.times * LEADING


def _halves(one: Said, size: float, room: tuple[float, float]) -> tuple[Said, Said]:
    wrapped = lines(one.whole, size * one.times, room[0], True)
    fitting = max(1, int(room[1] / (size * one.times * LEADING)))
    first, second = " ".join(wrapped[:fitting]), " ".join(wrapped[fitting:])
    return replace(one, text=first, lead="", tail="", link=""), replace(one, text=second, lead="")


def _words(text: str, size: float, room: float, bold: bool) -> Iterator[str]:
    for word in text.split():
        while width(word, size, bold) > room and len(word) > 1:
            fits = int(len(word) * room / width(word, size, bold))
            while fits > 1 and width(word[:fits], size, bold) > room:
                fits -= 1
            fits = max(1, fits)
            yield word[:fits]
            word = word[fits:]
        yield word


@lru_cache(maxsize=4096)
def _length(text: str) -> float:
    return _ruler().getlength(text)


@lru_cache(maxsize=1)
def _ruler() -> ImageFont.FreeTypeFont:
    """Pillow's own font, as wide as Arial, so that a deck is laid out alike on every machine."""
    return ImageFont.load_default(size=100)
