"""The ways from a setting that costs draws to the fitted world, step by step.

An assumed driver moves by tenths to its fitted level. An assumed outcome moves to later days if it
happens, to earlier ones if it does not, and in the end to the verb make, which costs no draws. A
believed interval moves to the published one, evenly in its logs.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

import numpy as np

from model.assumptions import NOTHING, Assumptions, Belief, DriverAssumption, OutcomeAssumption
from model.beliefs.elicitation import published_interval
from model.fit.drivers import saturate
from model.forecast.solve import grid, settled
from model.forecast.surprise import belief_tail, chance_of
from model.runs import Run
from model.scenario.months import learned_month

Movable = DriverAssumption | OutcomeAssumption | Belief
BELIEF_STEPS = 8  # few, as each one tried costs a pass over the likelihood


@dataclass(frozen=True)
class Move:
    """One setting of a set, and the steps from it to the fitted world, the nearest first.

    field, place: where it stands in the set, such as the second of its drivers.
    """

    field: str
    place: int
    steps: tuple[Movable, ...]

    def applied(self, assumptions: Assumptions, setting: Movable) -> Assumptions:
        """The set with `setting` in this one's place."""
        settings = list(getattr(assumptions, self.field))
        settings[self.place] = setting
        return assumptions.model_copy(update={self.field: tuple(settings)})

    def undone(self, moved: Assumptions, asked: Assumptions) -> Assumptions:
        """The set with this setting as it was asked."""
        return self.applied(moved, getattr(asked, self.field)[self.place])


def moves(run: Run, assumptions: Assumptions, weighted: bool) -> list[Move]:
    """The settings that cost draws and can move, the least chance (0..1) first.

    weighted: True where beliefs are answered by weights, and so cost draws.
    """
    by_chance = [
        *(
            (chance_of(run, [driver]), Move("drivers", place, _levels(run, driver)))
            for place, driver in enumerate(assumptions.drivers)
            if driver.verb == "assume"
        ),
        *(
            (chance_of(run, [outcome]), Move("outcomes", place, _days(run, outcome)))
            for place, outcome in enumerate(assumptions.outcomes)
            if outcome.verb == "assume"
        ),
        *(
            (belief_tail(run, belief), Move("beliefs", place, _intervals(run, belief)))
            for place, belief in enumerate(assumptions.beliefs)
            if weighted and belief.factor is None
        ),
    ]
    return [move for _, move in sorted(by_chance, key=lambda pair: pair[0]) if move.steps]


def _levels(run: Run, driver: DriverAssumption) -> tuple[DriverAssumption, ...]:
    """The driver by tenths towards the mean over draws of its level on each of its days."""
    dated = driver.levels(run.as_of)
    asked = np.array([level for _, level in dated])
    fitted = np.array([_fitted_level(run, driver.id, day) for day, _ in dated])
    tenths = int(np.ceil(np.abs(asked - fitted).max() * 10))
    ways = [asked + (fitted - asked) * step / tenths for step in range(1, tenths + 1)]
    steps = dict.fromkeys(_at_levels(driver, way) for way in ways)
    return tuple(step for step in steps if step != driver)


def _at_levels(driver: DriverAssumption, levels: np.ndarray) -> DriverAssumption:
    rounded = [float(round(level, 1)) + 0.0 for level in levels]  # + 0.0 makes -0.0 a plain 0.0
    if not driver.path:
        return driver.model_copy(update={"level": rounded[0]})
    path = zip(driver.path, rounded, strict=True)
    dated = tuple(step.model_copy(update={"level": level}) for step, level in path)
    return driver.model_copy(update={"path": dated})


def _fitted_level(run: Run, id: str, day: date) -> float:
    """The mean over draws at the end of the day's month, where `learn` learns it."""
    path = run.paths["raw_path"]
    month = learned_month(run.as_of, day, path.shape[1] - 1)
    level = saturate(path[:, month, run.scenario.driver_ids.index(id)].astype(float))
    return float(level.mean())


def _days(run: Run, outcome: OutcomeAssumption) -> tuple[OutcomeAssumption, ...]:
    """The outcome on later days up to the horizon, or not by earlier ones; at last, made so."""
    if settled(run) >> run.scenario.outcome_ids.index(outcome.id) & 1:
        return ()
    asked = (outcome.day - run.as_of).days
    # by days and not by months: each day bought back saves draws, and a bisection finds it as fast
    later = range(asked + 1, grid(run, NOTHING, outcome.day)[-1] + 1)
    days = later if outcome.happens else range(asked - 1, 0, -1)
    field = "by" if outcome.by else "on"
    moved = (outcome.model_copy(update={field: run.as_of + timedelta(days=day)}) for day in days)
    return (*moved, outcome.model_copy(update={"verb": "make"}))


def _intervals(run: Run, belief: Belief) -> tuple[Belief, ...]:
    """The belief's interval in even steps to the published one, to two digits.

    Steps of its logs, or of levels where it is about an influence.
    """
    # None only of a link that takes its size from a class, of which nothing can be believed
    published = cast(
        "tuple[float, float]", published_interval(run.scenario, belief.kind, belief.about)
    )
    to, back = (np.array, np.array) if belief.kind == "influence" else (np.log, np.exp)
    believed, fitted = to(belief.interval), to(published)
    shares = np.arange(1, BELIEF_STEPS) / BELIEF_STEPS
    between = [_two_digits(back(believed + (fitted - believed) * share)) for share in shares]
    steps = dict.fromkeys(
        belief.model_copy(update={belief.size: interval}) for interval in [*between, published]
    )
    return tuple(step for step in steps if step != belief)


def _two_digits(interval: np.ndarray) -> tuple[float, float]:
    low, high = (float(f"{end:.2g}") for end in interval)
    # a narrow interval could be rounded to a single number, which is no interval
    return (low, high) if low < high else (float(interval[0]), float(interval[1]))
