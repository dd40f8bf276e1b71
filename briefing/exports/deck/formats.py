"""Number formats that show a chart's own values as our words do, and go on doing so when edited."""

from collections.abc import Callable

from briefing.words import numbers

DAY = "d mmm yyyy"
MONTH = "mmm yyyy"


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


def points(size: float) -> str:
    """The number format of a difference in percentage points, as `words.points` has it.

    `+4 points`, and to a tenth where it is under 3.
    """
    number = "0" if abs(size) >= 3 else "0.0"
    return f'+{number}" points";−{number}" points";0" points"'


def points_of(step: float) -> Callable[[float], str]:
    """The formats of differences to one digit, of `step` points: as `points.difference` has it."""
    number, least = "0" if step >= 1 else "0.0", step / 2
    unit = "point" if step == 1 else "points"
    by_size = f'[>={least:g}]+{number}" points";[<=-{least:g}]−{number}" points"'
    return lambda size: f'{by_size};"under {step:g} {unit}"'


def size(value: float) -> str:
    """The number format of a size in percentage points, without a sign, to a tenth."""
    return '0.0" points"'
