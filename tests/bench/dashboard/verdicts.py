"""Measurements as lines with a target and a verdict each."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from rich.table import Table


@dataclass(frozen=True)
class Line:
    """One line of the report: what was measured, as text, and whether it met its target."""

    what: str
    ours: str
    bare: str = ""
    ratio: str = ""
    target: str = ""
    met: bool | None = None


def beside_bare(what: str, ours: Sequence[float], bare: Sequence[float], most: float) -> Line:
    """Milliseconds of both; the ratio of medians is to be `most` or less."""
    ratio = median(ours) / median(bare)
    times = milliseconds(median(ours)), milliseconds(median(bare))
    return Line(what, *times, f"{ratio:.2f}", f"ratio ≤ {most}", ratio <= most)


def at_most(what: str, ours: Sequence[float], bare: Sequence[float], most: float) -> Line:
    """Milliseconds; the 95th percentile of ours is to be `most` or less."""
    late = percentile_95(ours)
    beside = milliseconds(percentile_95(bare)) if bare else ""
    return Line(what, milliseconds(late), beside, "", f"≤ {milliseconds(most)}", late <= most)


def middle(what: str, ours: Sequence[float], most: float) -> Line:
    """Milliseconds; their median is to be `most` or less."""
    found = median(ours)
    return Line(what, milliseconds(found), target=f"≤ {milliseconds(most)}", met=found <= most)


def within(what: str, value: float, most: float) -> Line:
    """A number that is to be `most` or less."""
    return Line(what, f"{value:.3g}", target=f"≤ {most:g}", met=value <= most)


def told(title: str, lines: Sequence[Line]) -> Table:
    """The lines without a bare page beside them, misses first."""
    shown = Table("what", "found", "target", "met", title=title)
    for line in missed_first(lines):
        shown.add_row(
            line.what, line.ours, line.target, {True: "yes", False: "NO", None: ""}[line.met]
        )
    return shown


def missed_first(lines: Sequence[Line]) -> list[Line]:
    """The lines whose target was missed, those whose was met, those that have none."""
    return sorted(lines, key=lambda line: (line.met is None, bool(line.met)))


def percentile_95(values: Sequence[float]) -> float:
    """The value that 1 in 20 exceeds, between two of them by straight line."""
    return quantiles(values, n=20, method="inclusive")[-1]


def milliseconds(value: float) -> str:
    return f"{value:,.0f} ms"


def report(lines: Sequence[Line], title: str) -> Table:
    """All lines as a table, misses first."""
    table = Table(title=title)
    table.add_column("measured", no_wrap=True)
    for column in ("ours", "bare page", "ratio", "target", "verdict"):
        table.add_column(column, justify="right", no_wrap=True)
    for line in missed_first(lines):
        verdict = {True: "met", False: "MISSED", None: ""}[line.met]
        table.add_row(line.what, line.ours, line.bare, line.ratio, line.target, verdict)
    return table
