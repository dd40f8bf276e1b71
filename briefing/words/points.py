"""Percentage points in words: differences of two chances, and Monte Carlo errors.

Differences and errors are 0..1, as chances are.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.words import numbers

NO_CHANGE = 1e-9  # of a chance: what is left of zero after sums of fractions
FINEST = (0.01, 0.1)  # points; the last digits that a step between two chances may have
TOLD_APART = 0.009  # of the larger chance, just under a hundredth: no step is told finer


@dataclass(frozen=True)
class Waterfall:
    """The texts of a waterfall, which add up as shown; size: of the last digit, in points.

    first and last: whole chances. steps: what each adds. levels: the chance after each step.
    """

    size: float
    first: str
    steps: tuple[str, ...]
    levels: tuple[str, ...]
    last: str


def waterfall(before: float, shares: Sequence[float], after: float, size: float) -> Waterfall:
    """The texts of steps from one chance to another; `before` + the sum of `shares` = `after`.

    size: of the last digit of all of them, in points, such as that of `digit`. Where rounding
    leaves a digit over, the step that was rounded furthest takes it.
    """
    first, last = (_nearest(100 * chance / size) for chance in (before, after))
    shown = _rounded([100 * share / size for share in shares], last - first)
    levels = [first + sum(shown[: place + 1]) for place in range(len(shown))]
    steps = [_step(*pair, size) for pair in zip(shown, shares, strict=True)]
    first_text, *level_texts, last_text = (chance(n, size) for n in (first, *levels, last))
    return Waterfall(size, first_text, tuple(steps), tuple(level_texts), last_text)


def digit(*ends: tuple[float, float | None]) -> float:
    """The last digit's size, in points, of what lies between chances, and of these beside it.

    ends: each a chance and its Monte Carlo error. A chance alone is told to twice that error. Steps
    are told to the error itself, as small ones would all read alike otherwise; the error stands
    beside them. A hundredth of the larger chance is fine enough.
    """
    larger = 100 * max(probability for probability, _ in ends)
    error = max(0.5 if e is None or math.isnan(e) else 100 * e for _, e in ends)
    size = next((s for s in FINEST if error <= s and TOLD_APART * larger <= s), math.inf)
    return min(size, numbers.step_between(*ends))


def percent(probability: float, size: float) -> str:
    """A chance to the nearest last digit of this size, in points; see `chance`."""
    return chance(_nearest(100 * probability / size), size)


def chance(digits: int, size: float) -> str:
    """`3.7%`, `0.35%`, `<0.1%`: a chance of so many of the last digit, of this size in points."""
    if digits < 1:
        return f"<{size:g}%"
    if digits * size > 100 - size:
        return f">{100 - size:g}%"
    return f"{digits * size:.{_places(size)}f}%"


def difference(change: float, size: float | None = None) -> str:
    """`+4 points`, `−0.3 points`, `under 1 point`: a difference of two chances.

    size: of the last digit, in points, as the two ends allow (see `numbers.step_between`); without
    one a tenth up to three points.
    """
    size = _own_size(change) if size is None else size
    return _step(round(100 * change / size), change, size)


def adding_up(parts: Sequence[float], size: float | None = None) -> tuple[str, list[str]]:
    """The sum of differences and each of them, as texts such as `difference` gives, that add up.

    size: as there, of the sum and of each part; without one as the sum asks. Where rounding leaves
    a digit over, the part that was rounded furthest takes it.
    """
    size = _own_size(sum(parts)) if size is None else size
    exact = [100 * part / size for part in parts]
    shown = _rounded(exact, round(sum(exact)))
    return difference(sum(parts), size), [_counted(part, size) for part in shown]


def _rounded(exact: Sequence[float], whole: int) -> list[int]:
    """Each part rounded, so that they add up to `whole`; the one rounded furthest gives way."""
    shown = [round(part) for part in exact]
    while shown and sum(shown) != whole:
        step = 1 if whole > sum(shown) else -1
        furthest = max(range(len(exact)), key=lambda place: step * (exact[place] - shown[place]))
        shown[furthest] += step
    return shown


def _own_size(change: float) -> float:
    return 0.1 if abs(100 * change) < 3 else 1.0


def _step(digits: int, change: float, size: float) -> str:
    if not digits and abs(change) > NO_CHANGE:
        return f"under {size:g} {'point' if size == 1 else 'points'}"
    return _counted(digits, size)


def _counted(digits: int, size: float) -> str:
    """So many of the last digit, of this size in points, as text."""
    if not digits:
        return "0 points"
    number = f"{abs(digits) * size:.{_places(size)}f}"
    return f"{'+' if digits > 0 else '−'}{number} {'point' if number == '1' else 'points'}"


def _places(size: float) -> int:
    """Decimal places of a last digit of this size."""
    return {0.01: 2, 0.1: 1}.get(size, 0)


def _nearest(digits: float) -> int:
    """Half up, as `numbers.percent` has it, and below one digit none, which it tells as `<1%`."""
    return 0 if digits < 1 else math.floor(digits + 0.5 + 1e-9)


def change(row: Mapping, since: date) -> str:
    """How a chance moved since an earlier day, as a sentence.

    row: one of `model.explain.movement` (chances 0..1).
    """
    day, size = numbers.short_date(since), abs(row["now"] - row["before"])
    if size <= 2 * row["change_mcse"] or size < 0.0005:
        return f"No change since {day} beyond the Monte Carlo error."
    whole, (time_passing, news) = moved_parts(row)
    parts = f"{time_passing} for time passing, {news} for news"
    return f"{numbers.capital(whole)} since {day}: {parts}."


def moved_parts(row: Mapping) -> tuple[str, list[str]]:
    """A change and its two parts, time passing and news, as texts that add up; a row as above."""
    ends = ((row[name], row["change_mcse"]) for name in ("before", "now"))
    return adding_up((row["time_passing"], row["news"]), numbers.step_between(*ends))


def bare(change: float, mcse: float) -> str:
    """`+1.2`, `−0.04`, `0`: percentage points, digits no finer than the Monte Carlo error."""
    # The nudge: an error of just a tenth may come out a hair over it in binary.
    size = next((digit for digit in (0.01, 0.1) if 100 * mcse <= digit + 1e-12), 1.0)
    shown = round(100 * change / size) * size
    if not change:
        return "0"
    if not shown:
        return f"under {size:g}"
    return f"{'+' if shown > 0 else '−'}{abs(shown):.{_places(size)}f}"


def error(mcse: float) -> str:
    """`0.4 points`: a Monte Carlo error to one significant digit; `unknown` for NaN."""
    return "unknown" if mcse != mcse else f"{100 * mcse:.1g} points"
