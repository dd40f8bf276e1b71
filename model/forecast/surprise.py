"""How surprising a setting is under the fitted model, alone and together with others.

A driver's setting: the chance of a level at least as far out on its day, or of a path's levels all
at least so far. An outcome: its probability by its day. A belief: how much of the posterior lies
beyond its centre; a factor on an outcome moves the median of the outcome's departure from its
classes. A combination of drivers and outcomes: the chance that the drivers get so far at once,
times the outcomes' probability given them, and never more than any of its settings alone. So a
setting more never makes a set less surprising.

The product takes the outcomes at the levels, not beyond them, so it overstates the surprise where
outcomes grow likelier further out.
"""

from itertools import combinations

import numpy as np
import pandas as pd

from model.assumptions import Assumptions, Belief, DriverAssumption, OutcomeAssumption
from model.beliefs.elicitation import posterior_values
from model.forecast.learning import learn
from model.forecast.solve import shortest_grid, solve
from model.runs import Run
from model.runs.remembered import per_run

Setting = DriverAssumption | OutcomeAssumption


def surprises(run: Run, assumptions: Assumptions) -> pd.DataFrame:
    """One row per setting: kind (driver, outcome, belief), id, chance in 0..1, one_in, bound.

    one_in: its inverse. bound: True where no draw lies so far out, and the chance is only known to
    be at most this.
    """
    rows = [("driver", a.id, chance_of(run, [a])) for a in assumptions.drivers]
    rows += [("outcome", a.id, chance_of(run, [a])) for a in assumptions.outcomes]
    rows += [("belief", belief.about, belief_tail(run, belief)) for belief in assumptions.beliefs]
    table = pd.DataFrame(rows, columns=["kind", "id", "chance"])
    bound = (table["kind"] == "belief") & (table["chance"] <= least_tail(run))
    # a chance of 0 is one that the draws cannot tell; words call it under 1 in a billion
    return table.assign(one_in=1.0 / table["chance"].clip(lower=1e-12).astype(float), bound=bound)


def together(run: Run, assumptions: Assumptions) -> float:
    """The chance (0..1) of all drivers and outcomes of the set together, 1 if the set is empty.

    Of beliefs, which are of the model and not of the world, it is no more than the least likely.
    """
    beliefs = [belief_tail(run, belief) for belief in assumptions.beliefs]
    return min([chance_of(run, [*assumptions.drivers, *assumptions.outcomes]), *beliefs])


def oddest_pair(run: Run, assumptions: Assumptions) -> tuple[str, str, float] | None:
    """Ids of the two settings least likely together, and their chance (0..1); None if under two."""
    settings: list[Setting] = [*assumptions.drivers, *assumptions.outcomes]
    pairs = [(a.id, b.id, chance_of(run, [a, b])) for a, b in combinations(settings, 2)]
    return min(pairs, key=lambda pair: pair[2], default=None)


def chance_of(run: Run, settings: list[Setting]) -> float:
    """Tail area of the drivers' levels times the outcomes' probability given them, in 0..1.

    Of several settings no more than of any one: an outcome that a level makes likelier can else
    come out likelier with it than without.
    """
    alone = [_alone(run, setting) for setting in settings]
    if len(settings) < 2:
        return alone[0] if alone else 1.0
    return min(_product(run, tuple(settings)), *alone)


def _alone(run: Run, setting: Setting) -> float:
    return _product(run, (setting,))


@per_run(size=512)
def _product(run: Run, settings: tuple[Setting, ...]) -> float:
    # remembered, because of a set that one slider changes most pairs are as they were
    drivers = [s for s in settings if isinstance(s, DriverAssumption)]
    outcomes = [s for s in settings if isinstance(s, OutcomeAssumption)]
    tail = learn(run, drivers).tail if drivers else 1.0
    return tail * (_outcome_chance(run, drivers, outcomes) if outcomes else 1.0)


def _outcome_chance(
    run: Run, drivers: list[DriverAssumption], outcomes: list[OutcomeAssumption]
) -> float:
    """Probability of the outcomes by their days; one that is brought about counts as if it came."""
    # assumed and not made: what goes with the drivers must move too, as it did when they got there
    supposed = Assumptions(
        drivers=tuple(driver.learned(run.as_of) for driver in drivers),
        outcomes=tuple(
            OutcomeAssumption(id=o.id, by=o.day, happens=o.happens, verb="assume") for o in outcomes
        ),
    )
    last = max(outcome.day for outcome in outcomes)
    return solve(run, supposed, shortest_grid(run, supposed, last)).chance


def belief_tail(run: Run, belief: Belief) -> float:
    """Share (0..1) of the posterior beyond a belief's centre, on its nearer side.

    It is (k + 1) / (n + 1), as k of n draws lie beyond. Counting the belief as one draw more keeps
    the share above zero and never overstates the surprise (Phipson and Smyth 2010, Stat. Appl.
    Genet. Mol. Biol. 9:39). A normal tail would reach further, but where a class's record is thin
    the posterior's is heavier.
    """
    values, centre = _believed_values(run, belief)
    beyond = min((values > centre).sum(), (values < centre).sum())
    return float((beyond + 1) / (len(values) + 1))


def least_tail(run: Run) -> float:
    """The smallest chance (0..1) `belief_tail` can tell; a belief that has it has at most that."""
    return 1.0 / (len(run.draws["log_rate"]) + 1)


def _believed_values(run: Run, belief: Belief) -> tuple[np.ndarray, float]:
    """(draws,) logs of what a belief is about (levels a month), and the centre it gives them."""
    if belief.factor is not None:
        values = run.draws["departure"][:, run.scenario.outcome_ids.index(belief.outcome)]
        return values, float(np.median(values) + np.log(belief.factor))
    values = posterior_values(run, belief.kind, belief.about)
    if belief.kind == "influence":
        return values, float(np.mean(belief.interval))
    return np.log(values), float(np.log(belief.interval).mean())


def one_in(chance: float, bound: bool = False) -> str:
    """A chance (0..1) as "1 in N", N to two digits; a certain thing is 1 in 1.

    bound: the chance is at most this, and the text says so.
    """
    if chance <= 1e-9:
        return "under 1 in a billion"
    number, at_most = 1.0 / chance, "at most " if bound else ""
    shown = f"{float(f'{number:.2g}'):,.0f}" if number >= 10 else f"{number:.2g}"
    return f"{at_most}1 in {shown}"
