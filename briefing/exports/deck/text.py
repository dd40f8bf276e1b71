"""How high text stands on a slide, and what of it fits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.exports.shared.text_width import BOLD, lines

LEADING = 1.2  # the height of a line, as a multiple of the letters' size
AFTER = 0.45  # the gap after a paragraph, in lines


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: `lead` in bold, the text, and a muted `tail` that may link to an address.

    times: its size as a multiple of its box's. colour: of the text, `#rrggbb`; the theme's if "".
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
        """Everything it says, in reading order."""
        return " ".join(part for part in (self.lead, self.text, self.tail) if part)


def height(paragraphs: Sequence[Paragraph], size: float, room: float) -> float:
    """The height of paragraphs in points, at a box's `size`, wrapped to `room` points."""
    return sum(_height(paragraph, size, room) for paragraph in paragraphs) - (
        AFTER * size * LEADING * paragraphs[-1].times if paragraphs else 0
    )


def largest(
    paragraphs: Sequence[Paragraph], room: tuple[float, float], most: int, least: int
) -> int:
    """The largest size in points, `most` down to `least`, at which all fit; `least` if none does.

    room: (width, height) in points.
    """
    sizes = range(most, least - 1, -1)
    return next((size for size in sizes if height(paragraphs, size, room[0]) <= room[1]), least)


def split(
    paragraphs: Sequence[Paragraph], size: float, room: tuple[float, float]
) -> tuple[list[Paragraph], list[Paragraph]]:
    """What fits at this size, at least a line, and what is left for another slide.

    size: in points. room: (width, height) in points.
    """
    fitting, rest = [], list(paragraphs)
    while rest and height([*fitting, rest[0]], size, room[0]) <= room[1]:
        fitting.append(rest.pop(0))
    if not fitting and rest:
        first, second = _halves(rest.pop(0), size, room)
        return [first], [second, *rest]
    return fitting, rest


def _height(paragraph: Paragraph, size: float, room: float) -> float:
    lead = len(paragraph.lead) / max(1, len(paragraph.whole))
    # Bold letters are wider: the room shrinks by the share of the text that is its bold lead.
    narrowed, letters = room / (1 + (BOLD - 1) * lead), size * paragraph.times
    wrapped = lines(paragraph.whole, letters, narrowed, paragraph.bold)
    return (len(wrapped) + AFTER) * size * paragraph.times * LEADING


def _halves(
    paragraph: Paragraph, size: float, room: tuple[float, float]
) -> tuple[Paragraph, Paragraph]:
    wrapped = lines(paragraph.whole, size * paragraph.times, room[0], True)
    lines_that_fit = max(1, int(room[1] / (size * paragraph.times * LEADING)))
    first, second = " ".join(wrapped[:lines_that_fit]), " ".join(wrapped[lines_that_fit:])
    bare = replace(paragraph, text=first, lead="", tail="", link="")
    return bare, replace(paragraph, text=second, lead="")
