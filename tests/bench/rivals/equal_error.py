"""How many simulated paths would be as exact as ours, by three meanings of "as exact"."""

from dataclasses import dataclass

import numpy as np

from model.forecast.monte_carlo import monte_carlo_error

SHOWN = 1e-4  # 0.01 points: noise too small to move a change shown to 0.1 points
DRAWS_CHECKED = 3


@dataclass(frozen=True)
class Need:
    """A meaning of "as exact as ours" and the number of paths it takes."""

    meaning: str
    paths: float


def needs(chance: np.ndarray, chains: int, own_error: float) -> list[Need]:
    """Paths needed, by the outcome that needs most.

    chance: (draws, outcomes), each draw's probability, chain after chain. own_error: how far ours
    is from exact in one draw. A path says yes with its draw's probability p. Given the draws, the
    mean of N paths spread evenly has the variance mean(p (1 - p)) / N; with a new independent draw
    for each path it has P (1 - P) / N, P being the mean of p, and that is all of its error.
    """
    mean = chance.mean(axis=0)
    within = (chance * (1 - chance)).mean(axis=0)
    total = monte_carlo_error(chance, chains)
    return [
        Need(
            "its whole Monte Carlo error is ours, new posterior draws being free",
            float((mean * (1 - mean) / total**2).max()),
        ),
        Need(
            f"on our draws it adds {SHOWN:g} to the headline's error",
            float(within.max() / SHOWN**2),
        ),
        Need(
            f"on our draws it adds {own_error:.0e}, what ours is from exact",
            float(within.max() / own_error**2),
        ),
    ]
