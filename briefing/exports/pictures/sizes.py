"""The sizes of pictures."""

import re
from dataclasses import dataclass

from model.scenario.plain_text import quoted

SMALLEST, LARGEST, MOST_OBLONG = 320, 6000, 4.0  # pixels of a side; one side over the other
CUSTOM = re.compile(r"(\d{2,5})[x×](\d{2,5})")


@dataclass(frozen=True)
class Size:
    """CSS pixels (96 per inch) of SVG and PDF; a PNG has `scale` times as many pixels.

    unit: how large text is, 1 on a slide of 960 pixels. grows: the height follows the chart, from
    `height` up to `tallest`.
    """

    width: float
    height: float
    scale: float = 1.0
    unit: float = 1.0
    tallest: float = 0.0

    @property
    def grows(self) -> bool:
        return self.tallest > self.height


SIZES = {
    "slide": Size(960, 540, scale=2),  # 16:9
    "a4": Size(600, 300, scale=3, tallest=900),  # a column of 159 mm, at 288 dots per inch
    "square": Size(600, 600, scale=2),
}


def size_of(text: str) -> Size:
    """A named size, or one in pixels as `1200x800`; ValueError, one line, for anything else."""
    if text in SIZES:
        return SIZES[text]
    asked = CUSTOM.fullmatch(text)
    if asked is None:
        raise ValueError(
            f"no size {quoted(text)}; choose {', '.join(SIZES)}, or pixels as 1200x800"
        )
    width, height = map(int, asked.groups())
    low, high = sorted((width, height))
    if low < SMALLEST or high > LARGEST or high > MOST_OBLONG * low:
        raise ValueError(
            f"size {text}: each side is {SMALLEST} to {LARGEST} pixels, and none is over "
            f"{MOST_OBLONG:g} times the other"
        )
    slide = SIZES["slide"]
    # Text grows with the side of a square of the same area, and stays legible on a small one.
    unit = (width * height / (slide.width * slide.height)) ** 0.5
    return Size(width, height, unit=max(unit, 0.7))
