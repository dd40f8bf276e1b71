"""Percentage points in words: differences of two chances, and Monte Carlo errors.

Differences and errors are 0..1, as chances are.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from briefing.words import numbers

NO_CHANGE = 1e-9  # of a chance: what is left of zero after sums of fractions


def difference(change: float, size: float | None = None) -> str:
    """`+4 points`, `−0.3 points`, `under 1 point`: a difference of two chances.

    size: of the last digit, in points, as the two ends allow (see `numbers.step_between`); without
    one a tenth up to three points.
    """
    size = _own_size(change) if size is None else size
    digits = round(100 * change / size)
    if not digits and abs(change) > NO_CHANGE:
        return f"under {size:g} {'point' if size == 1 else 'points'}"
    return _counted(digits, size)


def adding_up(parts: Sequence[float], size: float | None = None) -> tuple[str, list[str]]:
    """The sum of differences and each of them, as texts such as `difference` gives, that add up.

    size: as there, of the sum and of each part; without one as the sum asks. Where rounding leaves
    a digit over, the part that was rounded furthest takes it.
    """
    size = _own_size(sum(parts)) if size is None else size
    exact = [100 * part / size for part in parts]
    whole, shown = round(sum(exact)), [round(part) for part in exact]
    while sum(shown) != whole:
        step = 1 if whole > sum(shown) else -1
        furthest = max(range(len(exact)), key=lambda place: step * (exact[place] - shown[place]))
        shown[furthest] += step
    return difference(sum(parts), size), [_counted(part, size) for part in shown]


def _own_size(change: float) -> float:
    return 0.1 if abs(100 * change) < 3 else 1.0


def _counted(digits: int, size: float) -> str:
    """So many of the last digit, of this size in points, as text."""
    if not digits:
        return "0 points"
    number = f"{abs(digits) * size:.{1 if size < 1 else 0}f}"
    return f"{'+' if digits > 0 else '−'}{number} {'point' if number == '1' else 'points'}"


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
    digits = {0.01: 2, 0.1: 1}.get(size, 0)
    return f"{'+' if shown > 0 else '−'}{abs(shown):.{digits}f}"


def error(mcse: float) -> str:
    """`0.4 points`: a Monte Carlo error to one significant digit; `unknown` for NaN."""
    return "unknown" if mcse != mcse else f"{100 * mcse:.1g} points"
