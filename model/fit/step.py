"""A month's step of the raw levels: what it leaves of each, and what some add to others."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, eq=False)
class Step:
    """decay: (drivers,), 0..1, what a month leaves of a level.

    start, end: (influences,) places of drivers; adds: (draws, influences), what a level of the
    first adds to the second. An influence that adds nothing in any draw is none.
    """

    decay: np.ndarray
    start: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    end: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    adds: np.ndarray = field(default_factory=lambda: np.zeros((1, 0)))

    def __post_init__(self):
        acts = self.adds.any(axis=0)
        draws = len(self.adds) if acts.any() else 1
        for name in ("start", "end"):
            object.__setattr__(self, name, np.asarray(getattr(self, name))[acts])
        object.__setattr__(self, "adds", self.adds[:draws, acts].astype(float))

    @property
    def influences(self) -> list[tuple[int, int, np.ndarray]]:
        """(start, end, (draws,) what it adds) of each influence."""
        return list(zip(self.start.tolist(), self.end.tolist(), self.adds.T, strict=True))

    def after(self, raw: np.ndarray) -> np.ndarray:
        """What a month later is left of raw levels (draws, ..., drivers), and what they add."""
        left = self.decay * raw
        for start, end, adds in self.influences:
            left[..., end] += adds.reshape(-1, *[1] * (raw.ndim - 2)) * raw[..., start]
        return left

    def before(self, reach: np.ndarray, free: np.ndarray) -> np.ndarray:
        """What a unit of each driver (draws, ..., drivers) a month earlier adds to a number.

        reach: the same of this month. free: (drivers,), the share, 0..1, of the earlier month in
        which a driver was on its own path: while it is set its path acts on no other.
        """
        left = self.decay * reach
        for start, end, adds in self.influences:
            acts = free[start] * adds.reshape(-1, *[1] * (reach.ndim - 2))
            left[..., start] += acts * reach[..., end]
        return left
