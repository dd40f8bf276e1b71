"""What the draws of a run say of every pair of outcomes, solved together.

A forecast under an assumption about A says the same of each B, and needs three solutions an A: this
is one for all, so that a table of all pairs does not take minutes.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from model.assumptions import NOTHING
from model.engine.pairs import Pairs, pairs
from model.forecast import monte_carlo
from model.forecast.solve import asked_of_engine, shortest_grid
from model.runs import Run


@dataclass(frozen=True, eq=False)
class Supposed:
    """What a supposition about A makes of every outcome by the deadline.

    probability, mcse: (outcomes,), 0..1. chance: of the supposition, 1 where it is an intervention;
    effective_draws: those behind the numbers.
    """

    probability: np.ndarray
    mcse: np.ndarray
    chance: float
    effective_draws: float


@dataclass(frozen=True, eq=False)
class Crossed:
    """Every pair of a run's outcomes: A by or on `day`, B by `deadline`, which is no earlier."""

    run: Run
    day: date
    deadline: date

    @cached_property
    def pairs(self) -> Pairs:
        """Each draw's chances."""
        run, day = self.run, (self.day - self.run.as_of).days
        days = sorted({*shortest_grid(run, NOTHING, self.deadline), day})
        return pairs(**asked_of_engine(run, NOTHING, days), day=days.index(day) - 1)

    @cached_property
    def by_day(self) -> np.ndarray:
        """(outcomes,): the chance that each has happened by the day."""
        return self.pairs.by_day.mean(axis=0)

    def happened(self, a: int) -> Supposed:
        """What is so if we learn that outcome number `a` has happened by the day."""
        return self._learned(self.pairs.both[:, a], self.pairs.by_day[:, a])

    def not_happened(self, a: int) -> Supposed:
        """What is so if we learn that it has not."""
        both = self.pairs.by_end - self.pairs.both[:, a]
        return self._learned(np.maximum(both, 0.0), np.maximum(1.0 - self.pairs.by_day[:, a], 0.0))

    def made(self, a: int) -> Supposed:
        """What is so if it is brought about on the day, unless it has happened before."""
        return self._weighed(self.pairs.made[:, a], None, 1.0)

    def _learned(self, both: np.ndarray, mass: np.ndarray) -> Supposed:
        """From each draw's chance of both (draws, outcomes), and of what is learned (draws,)."""
        chance = float(mass.mean())
        # a draw in which it cannot be has no conditional chances; its weight is 0 anyway
        by_draw = both / np.where(mass > 0, mass, 1.0)[:, None]
        return self._weighed(by_draw, mass / mass.sum() if chance > 0 else mass, chance)

    def _weighed(self, by_draw: np.ndarray, weight: np.ndarray | None, chance: float) -> Supposed:
        by_draw = np.minimum(by_draw, 1.0)
        chains = self.run.manifest["settings"]["chains"]
        left = monte_carlo.effective_draws(weight, len(by_draw)) if chance > 0 else 0.0
        return Supposed(
            probability=np.minimum(monte_carlo.mean(by_draw, weight), 1.0),
            mcse=monte_carlo.monte_carlo_error(by_draw, chains, weight),
            chance=chance,
            effective_draws=left,
        )
