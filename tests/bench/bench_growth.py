"""What more of everything costs: python -m tests.bench.bench_growth"""

import argparse
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from model.scenario import SCENARIO_FOLDER
from model.shell.commands import open_or_fit
from tests.bench.growth.measured import Cost, apart
from tests.bench.growth.works import Work, works

ORDER = "no", "yes", ""  # of verdicts


def table(rows: Iterable[tuple[Work, Cost]]) -> Table:
    """One line per piece of work and size, with its target and verdict; misses first."""
    shown = Table(title="Growth")
    for column in ("what", "of"):
        shown.add_column(column, no_wrap=True)
    for column in ("time, s", "CPU, s", "memory, MB", "target", "met"):
        shown.add_column(column, justify="right")
    for work, cost in sorted(rows, key=lambda row: ORDER.index(verdict(*row)[1])):
        numbers = f"{cost.seconds:,.3g}", f"{cost.cpu:,.3g}", f"{cost.megabytes:,.0f}"
        shown.add_row(work.what, work.of, *numbers, *verdict(work, cost))
    return shown


def verdict(work: Work, cost: Cost) -> tuple[str, str]:
    """The target and whether it is met; both empty where none is set."""
    if work.limit is None:
        return "", ""
    spent, unit = (cost.cpu, "CPU s") if work.of_cpu else (cost.seconds, "s")
    return f"≤ {work.limit:g} {unit}", "yes" if spent <= work.limit else "no"


def measured(run: str, chosen: Iterable[Work]) -> Iterable[tuple[Work, Cost]]:
    """Each piece with its cost, in a process of its own."""
    for work in chosen:
        cost = apart(work.prepare, run, *work.arguments).times(work.each)
        print(f"measured: {work.what}, {work.of}", file=sys.stderr)
        yield work, cost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", help="a stored run; default: that of the default day")
    run = open_or_fit(SCENARIO_FOLDER, None, parser.parse_args().run).id
    Console(width=120).print(table(list(measured(run, works(run)))))


if __name__ == "__main__":
    main()
