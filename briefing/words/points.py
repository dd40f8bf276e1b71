"""Percentage points in words: differences of two chances, and Monte Carlo errors.

Differences and errors are 0..1, as chances are.
"""

from collections.abc import Sequence


def difference(change: float, tenths: bool = False) -> str:
    """`+4 points`, `−0.3 points`: a difference of two chances, a tenth up to three points.

    tenths: a tenth at every size.
    """
    size = abs(100 * change)
    number = f"{size:.1f}" if tenths or size < 3 else f"{size:.0f}"
    if number == "0.0":
        return "0 points"
    return f"{'+' if change > 0 else '−'}{number} points"


def adding_up(parts: Sequence[float]) -> tuple[str, list[str]]:
    """The sum of differences and each of them, as texts such as `difference` gives, that add up.

    All have tenths, or none, as the sum asks; where rounding leaves a digit over, the part that was
    rounded furthest takes it.
    """
    size = 0.1 if abs(100 * sum(parts)) < 3 else 1.0
    exact = [100 * part / size for part in parts]
    whole, shown = round(sum(exact)), [round(part) for part in exact]
    while sum(shown) != whole:
        step = 1 if whole > sum(shown) else -1
        furthest = max(range(len(exact)), key=lambda place: step * (exact[place] - shown[place]))
        shown[furthest] += step
    return _counted(whole, size), [_counted(part, size) for part in shown]


def _counted(digits: int, size: float) -> str:
    """So many of the last digit, of this size in points, as text."""
    if not digits:
        return "0 points"
    number = f"{abs(digits) * size:.{1 if size < 1 else 0}f}"
    return f"{'+' if digits > 0 else '−'}{number} points"


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
