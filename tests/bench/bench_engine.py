"""Time the engine: python -m tests.bench.bench_engine"""

from statistics import median
from time import perf_counter

import numpy as np
from rich.console import Console

from model.engine import joint_probabilities, solved
from tests.bench.dashboard.verdicts import Line, told

ACTS_STILL = [0.06, 0, 0, 0, 0, 0]  # chances that links of an earlier occurrence act


def case(draws=4000, steps=24, outcomes=6, links=30):
    """Hazards 0.01 to 2 per year, and the given number of links, the same for all draws."""
    rng = np.random.default_rng(0)
    base = rng.uniform(np.log(0.01), np.log(2), (draws, 1, outcomes))
    log_hazard = base + 0.1 * rng.normal(size=(draws, steps, outcomes))
    sends = np.zeros(outcomes**2, dtype=bool)
    off_diagonal = np.flatnonzero(~np.eye(outcomes, dtype=bool))
    sends[rng.permutation(off_diagonal)[:links]] = True
    link = rng.normal(0, 0.5, (draws, outcomes, outcomes)) * sends.reshape(outcomes, outcomes)
    return log_hazard, link, 1 / 12


def line(name, arguments, fade=None, acting=None, keep=None, target=None, runs=25):
    """The minimum and median of some calls, in milliseconds; the median is to be `target` or less.

    keep: of which steps the joint is returned; all by default, where a forecast asks for one.
    """
    solved(*arguments, fade, keep=keep, acting=acting)
    times = []
    for _ in range(runs):
        begin = perf_counter()
        solved(*arguments, fade, keep=keep, acting=acting)
        times.append(1e3 * (perf_counter() - begin))
    middle = median(times)
    found = f"{middle:.1f} ms, minimum {min(times):.1f}"
    if target is None:
        return Line(name, found)
    return Line(name, found, target=f"≤ {target} ms", met=middle <= target)


def lines():
    """All of them, in the order in which they are measured."""
    two_fade = np.array([0.5, np.inf, np.inf, 0.5, np.inf, np.inf])
    return [
        line("dense, no fade", case(), target=30),
        line("14 links, no fade", case(links=14), target=15),
        line("14 links, two fading", case(links=14), two_fade, target=30),
        line("14 links, one acts still", case(links=14), two_fade, ACTS_STILL),
        line("dense, joint of one step", case(), keep=[23], target=30),
        line("14 links, joint of one step", case(links=14), keep=[23], target=15),
        line("two fading, joint of one step", case(links=14), two_fade, keep=[23], target=30),
        line("… and one acts still", case(links=14), two_fade, ACTS_STILL, keep=[23]),
        line("dense, two fading", case(), two_fade),
        line("dense, no fade, draws doubled", case(draws=8000)),
        line("dense, no fade, steps doubled", case(steps=48)),
    ]


def main():
    begin = perf_counter()
    joint_probabilities(*case(draws=32))
    print(f"first call {perf_counter() - begin:.2f} s")
    Console(width=100).print(told("The engine: 4,000 draws, 24 months, six outcomes", lines()))


if __name__ == "__main__":
    main()
