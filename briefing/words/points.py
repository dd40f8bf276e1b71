"""Percentage points in words: differences of two chances, and Monte Carlo errors.

Differences and errors are 0..1, as chances are.
"""


def difference(change: float, tenths: bool = False) -> str:
    """`+4 points`, `−0.3 points`: a difference of two chances, a tenth up to three points.

    tenths: a tenth at every size.
    """
    size = abs(100 * change)
    number = f"{size:.1f}" if tenths or size < 3 else f"{size:.0f}"
    if number == "0.0":
        return "0 points"
    return f"{'+' if change > 0 else '−'}{number} points"


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
