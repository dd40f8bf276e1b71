"""What charts write: labels apart where they would meet, long texts broken or cut, numbers."""

from collections.abc import Sequence
from html import escape

from briefing.words import numbers

WRAP_AT = 13


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions at least `gap` apart in low..high, in the same order, nearest to `places`.

    All in pixels. The squared displacement is least (isotonic regression after taking out the
    gaps). Where the range is too short for the gaps they shrink evenly.
    """
    gap = min(gap, (high - low) / max(1, len(places) - 1))
    # Without the gaps, what must hold is that positions never fall.
    order = sorted(range(len(places)), key=lambda i: places[i])
    wanted = [places[i] - rank * gap for rank, i in enumerate(order)]
    ceiling = max(low, high - gap * (len(places) - 1))
    positions = [0.0] * len(places)
    for rank, value in enumerate(_never_falling(wanted)):
        positions[order[rank]] = min(max(value, low), ceiling) + rank * gap
    return positions


def wrapped(title: str) -> str:
    """A title over `WRAP_AT` characters on two lines, broken at the space nearest to its middle."""
    spaces = [place for place, letter in enumerate(title) if letter == " "]
    if len(title) <= WRAP_AT or not spaces:
        return title
    middle = min(spaces, key=lambda place: abs(place - len(title) / 2))
    return f"{title[:middle]}<br>{title[middle + 1 :]}"


def shortened(text: str, most: int) -> str:
    """The text, cut to `most` characters with an ellipsis where it is longer."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def percent(probability: float, mcse: float | None) -> str:
    """A probability 0..1 in percent as plotly's text needs it: `<1%` would be read as a tag."""
    return escape(numbers.percent(probability, mcse))


def dot(colour: str) -> str:
    """A dot in an outcome's colour (#rrggbb) as a text for plotly, to stand before its name."""
    return f'<span style="color:{colour}">●</span>'


def _never_falling(values: Sequence[float]) -> list[float]:
    """The non-decreasing sequence nearest to `values` (pooling neighbours that fall)."""
    pools: list[tuple[float, int]] = []
    for value in values:
        pools.append((value, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (right, many), (left, few) = pools.pop(), pools.pop()
            pools.append(((left * few + right * many) / (few + many), few + many))
    return [mean for mean, size in pools for _ in range(size)]
