"""How surprising a setting is under the fitted model, alone and together with others.

A driver's setting: the chance of a level at least as far out on its day. An outcome: its
probability by its day. A belief: how much of the posterior lies beyond its centre. A combination of
drivers and outcomes: the drivers' joint tail area times the outcomes' probability given them.
"""

from datetime import date
from itertools import combinations

import numpy as np
import pandas as pd

from model.assumptions import Assumptions, Belief, DriverAssumption, OutcomeAssumption
from model.learning import learn
from model.solve import grid, solve
from model.store import Run

Setting = DriverAssumption | OutcomeAssumption


def surprises(run: Run, assumptions: Assumptions) -> pd.DataFrame:
    """One row a setting: kind (driver, outcome, belief), id, chance in 0..1, one_in."""
    rows = [("driver", a.id, chance_of(run, [a])) for a in assumptions.drivers]
    rows += [("outcome", a.id, chance_of(run, [a])) for a in assumptions.outcomes]
    rows += [
        ("belief", belief.about, belief_tail(run, belief))
        for belief in assumptions.beliefs
        if belief.factor is None
    ]
    table = pd.DataFrame(rows, columns=["kind", "id", "chance"])
    return table.assign(one_in=1.0 / table["chance"].clip(lower=1e-12).astype(float))


def together(run: Run, assumptions: Assumptions) -> float:
    """The chance of all drivers and outcomes of the set together, 1 if there are none."""
    return chance_of(run, [*assumptions.drivers, *assumptions.outcomes])


def oddest_pair(run: Run, assumptions: Assumptions) -> tuple[str, str, float] | None:
    """The two settings that are least likely together, and their chance; None if under two."""
    settings = [*assumptions.drivers, *assumptions.outcomes]
    pairs = [(a.id, b.id, chance_of(run, [a, b])) for a, b in combinations(settings, 2)]
    return min(pairs, key=lambda pair: pair[2], default=None)


def chance_of(run: Run, settings: list[Setting]) -> float:
    """Tail area of the drivers' levels times the outcomes' probability given them."""
    drivers = [s for s in settings if isinstance(s, DriverAssumption)]
    outcomes = [s for s in settings if isinstance(s, OutcomeAssumption)]
    tail = learn(run, drivers).tail if drivers else 1.0
    return tail * (_outcome_chance(run, drivers, outcomes) if outcomes else 1.0)


def _outcome_chance(run: Run, drivers, outcomes) -> float:
    """Probability of the outcomes by their days; one that is brought about counts as if it came."""
    supposed = Assumptions(
        drivers=tuple(driver.model_copy(update={"verb": "assume"}) for driver in drivers),
        outcomes=tuple(
            OutcomeAssumption(id=o.id, by=o.day, happens=o.happens, verb="assume") for o in outcomes
        ),
    )
    last = max(outcome.day for outcome in outcomes)
    return solve(run, supposed, _until(run, supposed, last)).chance


def _until(run: Run, supposed: Assumptions, last: date) -> list[int]:
    days = grid(run, supposed, last)
    return [day for day in days if day <= (last - run.as_of).days]


def belief_tail(run: Run, belief: Belief) -> float:
    """Share of the posterior beyond the centre of the believed interval, on its nearer side."""
    values, interval = _believed_values(run, belief)
    above = float((values > np.log(interval).mean()).mean())
    return min(above, 1.0 - above)


def _believed_values(run: Run, belief: Belief) -> tuple[np.ndarray, tuple[float, float]]:
    if belief.base_rate:
        return run.draws["log_rate"][:, run.scenario.class_ids.index(belief.base_rate)], belief.rate
    arrows = run.scenario.effects if belief.effect else run.scenario.links
    names = [f"{arrow.from_} -> {arrow.to}" for arrow in arrows]
    values = run.draws["effect" if belief.effect else "link_size"]
    return values[:, names.index(belief.about)], belief.hazard_ratio
