"""Number formats that show a chart's own values as our words do, and go on doing so when edited."""

import math
from collections.abc import Iterable, Mapping

from briefing.words import numbers
from briefing.words.points import difference

DAY = "d mmm yyyy"
MONTH = "mmm yyyy"
SIZE = '0.0" points"'  # of a size in points, without a sign, to a tenth


def chance(probability: float, mcse: float | None) -> str:
    """The number format under which a probability reads as `words.percent` has it.

    `[<0.01]"<1%";[>0.99]">99%";0%`. probability and mcse: 0..1. Where the Monte Carlo error allows
    no whole points, the text itself.
    """
    size = numbers.step(probability, mcse)
    if size > 1:
        return f'"{numbers.percent(probability, mcse)}"'
    low, high = size / 100, 1 - size / 100
    number = "0.0%" if size < 1 else "0%"
    return f'[<{low:g}]"<{size:g}%";[>{high:g}]">{100 - size:g}%";{number}'


def chances(probabilities: Iterable[float], errors: Iterable[float]) -> list[str]:
    """The formats of several; see `chance`."""
    return [chance(p, mcse) for p, mcse in zip(probabilities, errors, strict=True)]


def told(row: Mapping) -> str:
    """The format of an outcome's chance; of one that a set supposes, what `numbers.told` says."""
    return f'"{numbers.GIVEN}"' if row["given"] else chance(row["probability"], row["mcse"])


def points(size: float) -> str:
    """The number format of a difference in percentage points, as `words.points` has it.

    `+4 points`, and to a tenth where it is under 3.
    """
    number = "0" if abs(size) >= 3 else "0.0"
    return f'+{number}" points";−{number}" points";0" points"'


def as_told(points: float, told: str, step: float) -> str:
    """The format under which a difference in points reads as it is told, with its last digit.

    step: of that digit, in points. Where `told` was rounded the other way, so that all add up, it
    is the text itself.
    """
    places = max(0, round(-math.log10(step)))
    number, least = f"0.{'0' * places}".rstrip("."), step / 2
    unit = "point" if step == 1 else "points"
    if told != difference(points / 100, step):
        return f'"{told}"'
    by_size = f'[>={least:g}]+{number}" points";[<=-{least:g}]−{number}" points"'
    return f'{by_size};"under {step:g} {unit}"'
