"""How high text stands on a slide, and what of it fits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.exports.shared.text_width import BOLD, lines

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
