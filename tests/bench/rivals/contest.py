"""Ours and the rivals on one question: how long each takes, how far its answer is from ours."""

import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from model.assumptions import Assumptions
from model.forecast import Forecast, forecast, summary
from model.forecast.solve import shortest_grid, solve
from model.runs import Run
from tests.bench.rivals import question, rivals_network, rivals_simulation
from tests.bench.rivals.question import QUESTION, Question
from tests.bench.timing import Timing, by_turns

BACKENDS = ("NUMBA", "CVM")  # PyMC's default and its C code: the faster one counts
Call = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """One contestant, timed in turns with our update (`beside`).

    off: how far its answer is from ours, by the worst outcome; unit: of what.
    """

    name: str
    time: Timing
    beside: Timing
    off: float | None = None
    unit: str = ""

    @property
    def ratios(self) -> tuple[float, float]:
        """Its time over ours: of the medians, of the minima."""
        return self.time.median / self.beside.median, self.time.least / self.beside.least


def update(run: Run) -> Call:
    """Our update as a call: from assumptions to all tables, 24 months."""
    short, by = question.shortened(run), question.deadline(run)
    return lambda: tables(short, QUESTION, by)


def tables(run: Run, assumptions: Assumptions, by: date) -> Forecast:
    """A forecast with its curves, which it makes when it is asked for them."""
    answer = forecast(run, assumptions, by)
    assert len(answer.curves)
    return answer


def from_solution(run: Run) -> Call:
    """What our update makes of the engine's answer, as a call: every table, 24 months."""
    short, by = question.shortened(run), question.deadline(run)
    days = shortest_grid(short, QUESTION, by)
    solution = solve(short, QUESTION, days)
    return lambda: (
        summary.outcome_table(short, solution, len(days) - 2, by),
        summary.joint_table(short, solution),
        summary.curve_table(short, solution),
    )


def ours(run: Run, runs: int) -> Iterator[Row]:
    """Our own times; the first row is the update itself."""
    short, by = question.shortened(run), question.deadline(run)
    asked, seen, base = question.question(short), question.with_outcome(run), update(run)

    def afresh():
        return tables(replace(short), QUESTION, by)  # a run of its own: nothing is remembered of it

    for name, call in (
        ("ours, 24 months: assumptions to all tables", base),
        ("… an outcome assumed too", lambda: tables(short, seen, by)),
        ("… the first time a run is asked", afresh),
        ("… the engine alone", asked.chances),
        ("… the tables alone", from_solution(run)),
        ("ours as served, 36 months", lambda: tables(run, QUESTION, by)),
        ("… as served, an outcome assumed too", lambda: tables(run, seen, by)),
        ("… what a moved slider waits for", lambda: forecast(run, QUESTION)),
    ):
        beside, time = by_turns(base, call, runs)
        yield Row(name, time, beside)


def pymc(
    asked: Question, base: Call, runs: int, backends: tuple[str, ...] = BACKENDS
) -> Iterator[Row]:
    """PyMC without links, which is less than was asked, and with them."""
    from tests.bench.rivals import rivals_pymc

    draws = rivals_pymc.posterior(asked)
    for linked in (False, True):
        chance, model = asked.chances(linked), rivals_pymc.build(asked, linked)
        for verb, ask in (("set_data", rivals_pymc.by_set_data), ("do", rivals_pymc.by_do)):
            name = f"PyMC, {verb} + predictive, {'links' if linked else 'no links'}"
            calls = [lambda b=b, a=ask, m=model: a(m, draws, b) for b in backends]
            with warnings.catch_warnings(action="ignore"):
                off = standard_errors(calls[0](), chance, len(chance))
                yield _fastest(name, base, calls, runs, off)


def _fastest(name: str, base: Call, calls: list[Call], runs: int, off: float) -> Row:
    pairs = [by_turns(base, call, runs) for call in calls]
    beside, time = min(pairs, key=lambda pair: pair[1].least)
    return Row(name, time, beside, off, "standard errors")


def networks(asked: Question, base: Call, runs: int, draws: tuple[int, ...]) -> Iterator[Row]:
    """pyAgrum on some draws; the time is what all draws of the question would take."""
    chance, every = asked.chances(), len(asked.path)
    factored, joint = rivals_network.Factored(asked), rivals_network.Joint(asked)
    for name, network, call in (
        ("pyAgrum, a node an outcome", factored, lambda: _filled(factored, draws[0])),
        ("pyAgrum, a node an outcome, tables free", factored, factored.answer),
        ("pyAgrum, a node a month, tables free", joint, joint.answer),
    ):
        found = [_filled(network, draw) for draw in draws]
        beside, time = by_turns(base, call, runs)
        off = float(np.abs(np.array(found) - chance[list(draws)]).max())
        yield Row(name, time.times(every), beside, off, "probability")


def _filled(network, draw: int) -> np.ndarray:
    network.fill(draw)
    return network.answer()


def simulation(asked: Question, base: Call, runs: int, repeats: int) -> Iterator[Row]:
    """NumPy, one noisy path a draw; its answer is checked on `repeats` times as many."""
    ready, rng = rivals_simulation.prepare(asked), np.random.default_rng(20230921)
    chance = asked.chances()
    shares = [rivals_simulation.simulate(ready, rng).mean(axis=1) for _ in range(repeats)]
    off = standard_errors(np.mean(shares, axis=0), chance, repeats * len(chance))
    beside, time = by_turns(base, lambda: rivals_simulation.simulate(ready, rng), runs)
    yield Row("NumPy simulation, one path a draw", time, beside, off, "standard errors")


def standard_errors(share: np.ndarray, chance: np.ndarray, paths: int) -> float:
    """How far simulated shares (outcomes,) are from the mean of `chance` (draws, outcomes).

    In standard errors of the simulation, each draw having the same number of paths: the variance
    of a share is the mean over draws of p (1 - p), over the number of paths.
    """
    error = np.sqrt((chance * (1 - chance)).mean(axis=0) / paths)
    return float((np.abs(share - chance.mean(axis=0)) / error).max())


def all_rows(run: Run, asked: Question, runs: int = 25, slow_runs: int = 7) -> list[Row]:
    """Every contestant in one go: ours first, the simulation last."""
    base, rows = update(run), []
    parts = (
        ours(run, runs),
        pymc(asked, base, slow_runs),
        networks(asked, base, runs, draws=(0, len(asked.path) // 2)),
        simulation(asked, base, runs, repeats=100),
    )
    for part in parts:
        for row in part:
            print(f"timed: {row.name}", file=sys.stderr)
            rows.append(row)
    return rows
