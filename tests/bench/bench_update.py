"""Time one update of the forecast beside its rivals: python -m tests.bench.bench_update"""

import argparse
from functools import lru_cache

import numpy as np
from rich.console import Console
from rich.table import Table

from model.runs import Run
from model.scenario import SCENARIO_FOLDER
from model.shell.commands import open_or_fit
from tests.bench.dashboard.verdicts import Line, told
from tests.bench.rivals import contest, question
from tests.bench.rivals.contest import Row
from tests.bench.rivals.equal_error import DRAWS_CHECKED, Need, needs
from tests.bench.rivals.question import Question
from tests.model.engine.test_engine import by_expm

OURS = "ours, 24 months: assumptions to all tables"
SIMULATED = "NumPy simulation, one path a draw"
MOST_MILLISECONDS = {OURS: 45, "… the tables alone": 15}
LEAST_TIMES = {
    "PyMC, set_data + predictive, links": 6,
    "PyMC, do + predictive, links": 6,
    "pyAgrum, a node an outcome": 1000,
    "pyAgrum, a node an outcome, tables free": 1000,
    "pyAgrum, a node a month, tables free": 1000,
}


def comparison(rows: list[Row]) -> Table:
    """One line per contestant; the ratios are to our update timed in turns with it."""
    table = Table(title="One driver made -1.5: six outcomes, every month for 24 months")
    table.add_column("contestant", no_wrap=True)
    for column in ("median", "minimum", "× ours, median", "× ours, minimum"):
        table.add_column(column, justify="right")
    table.add_column("furthest from ours")
    for row in rows:
        times = milliseconds(row.time.median), milliseconds(row.time.least)
        off = "" if row.off is None else f"{row.off:.1g} {row.unit}"
        table.add_row(row.name, *times, *(f"{ratio:,.2f}" for ratio in row.ratios), off)
    return table


def targets(rows: list[Row], found: list[Need], draws: int) -> list[Line]:
    """What is to be reached, by the medians: our milliseconds; of rivals, how many times ours."""
    by_name = {row.name: row for row in rows}
    simulated = by_name[SIMULATED]
    shown = simulated.ratios[0] * found[1].paths / draws
    return [
        *(
            Line(name, milliseconds(median), target=f"≤ {most:g} ms", met=1e3 * median <= most)
            for name, most in MOST_MILLISECONDS.items()
            for median in [by_name[name].time.median]
        ),
        *(_times_ours(name, by_name[name].ratios[0], least) for name, least in LEAST_TIMES.items()),
        _times_ours(f"{SIMULATED}, as exact: {found[1].meaning}", shown, 1000),
    ]


def _times_ours(name: str, ratio: float, least: float) -> Line:
    return Line(name, f"{ratio:,.3g} × ours", target=f"≥ {least:,g} ×", met=ratio >= least)


def milliseconds(seconds: float) -> str:
    return f"{1e3 * seconds:,.1f} ms"


def exactness(found: list[Need], simulated: Row, draws: int) -> Table:
    """Paths, time and ratio (of minima) for each meaning of "as exact as ours"."""
    table = Table(title="NumPy simulation, until it is as exact as ours")
    table.add_column("as exact means")
    for column in ("paths", "time", "× ours"):
        table.add_column(column, justify="right")
    for need in found:
        rounds = need.paths / draws
        seconds, ratio = simulated.time.least * rounds, simulated.ratios[1] * rounds
        table.add_row(need.meaning, f"{need.paths:,.3g}", f"{seconds:,.3g} s", f"{ratio:,.3g}")
    return table


@lru_cache(maxsize=1)
def own_error(asked: Question) -> float:
    """How far our chances are from those by the matrix exponential, in a few draws."""
    some = np.linspace(0, len(asked.path) - 1, DRAWS_CHECKED).astype(int)
    bits = np.arange(2 ** len(asked.fade))[:, None] >> np.arange(len(asked.fade)) & 1
    chance, log_hazard = asked.chances(), asked.log_hazard
    exact = [by_expm(log_hazard[d], asked.link[d], asked.step, asked.fade)[-1] @ bits for d in some]
    return float(np.abs(chance[some] - exact).max())


def report(run: Run, asked: Question, rows: list[Row], console: Console) -> None:
    """Print the targets and both tables."""
    found = needs(asked.chances(), run.manifest["settings"]["chains"], own_error(asked))
    console.print(f"run {run.id}, {len(asked.path):,} draws")
    console.print(told("Targets", targets(rows, found, len(asked.path))))
    console.print(comparison(rows))
    console.print(exactness(found, rows[-1], len(asked.path)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", help="a stored run; default: that of the default day")
    run = open_or_fit(SCENARIO_FOLDER, None, parser.parse_args().run)
    asked = question.question(question.shortened(run))
    report(run, asked, contest.all_rows(run, asked), Console(width=150))


if __name__ == "__main__":
    main()
