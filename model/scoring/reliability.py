"""Reliability: is as much as was said what came, within what chance would do to right forecasts?

What a forecaster is held against is drawn from its own forecasts (consistency resampling, Bröcker
and Smith 2007, Weather and Forecasting 22:651). Forecasts of one block wait for the same event, so
in a draw they come true together: those given more than one common number, uniform over 0..1.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from model.scoring.blocks import SHARE
from model.scoring.decomposition import recalibrated

GROUPS = 5
DRAWS = 1000
COLUMNS = ["forecasts", "said", "came", "low", "high"]


def curve(
    probability: np.ndarray,
    happened: np.ndarray,
    blocks: Sequence,
    groups: int = GROUPS,
    draws: int = DRAWS,
    seed: int = 0,
) -> pd.DataFrame:
    """forecasts, said, came, low, high: one row per group of forecasts alike, the lowest first.

    Groups have nearly the same number of forecasts; equal forecasts stay together. said: their
    mean; came: the share that came; low, high: the 90 % interval of that share if they were right.
    """
    forecast, came = np.asarray(probability, float), np.asarray(happened, float)
    group = _groups(forecast, groups)
    simulated = right_outcomes(forecast, blocks, draws, seed)
    rows = []
    for place in np.unique(group):
        of = group == place
        ends = np.quantile(simulated[:, of].mean(axis=1), [(1 - SHARE) / 2, (1 + SHARE) / 2])
        rows.append((int(of.sum()), forecast[of].mean(), came[of].mean(), *ends))
    return pd.DataFrame(rows, columns=COLUMNS)


def _groups(forecast: np.ndarray, groups: int) -> np.ndarray:
    """(n,): the group of each forecast."""
    edges = np.unique(np.quantile(forecast, np.linspace(0, 1, groups + 1)[1:-1]))
    return np.searchsorted(edges, forecast, side="right")


def right_outcomes(
    probability: np.ndarray, blocks: Sequence, draws: int = DRAWS, seed: int = 0
) -> np.ndarray:
    """(draws, n), 0 or 1: what may come where the probabilities (n,) are right."""
    codes, names = pd.factorize(np.asarray(blocks))
    common = np.random.default_rng(seed).uniform(size=(draws, len(names)))
    return (common[:, codes] < np.asarray(probability)).astype(float)


def p_value(
    probability: np.ndarray,
    happened: np.ndarray,
    blocks: Sequence,
    draws: int = DRAWS,
    seed: int = 0,
) -> float:
    """The chance that right forecasts look as unreliable: by the Brier score's reliability."""
    forecast, came = np.asarray(probability, float), np.asarray(happened, float)
    seen = _miscalibration(forecast, came)
    null = [
        _miscalibration(forecast, world) for world in right_outcomes(forecast, blocks, draws, seed)
    ]
    # the record itself counts among the draws: a p value is never 0
    return float((1 + (np.array(null) >= seen - 1e-12).sum()) / (1 + draws))


def _miscalibration(forecast: np.ndarray, came: np.ndarray) -> float:
    """The Brier score's reliability, without the library's checks, as it is asked so often."""
    return float(((forecast - came) ** 2 - (recalibrated(forecast, came) - came) ** 2).mean())


def expected_and_came(
    probability: np.ndarray, happened: np.ndarray, blocks: Sequence, seed: int = 0
) -> dict[str, float]:
    """expected, low, high, came: how many events were said, with their 90 % interval, and came."""
    simulated = right_outcomes(probability, blocks, seed=seed).sum(axis=1)
    low, high = np.quantile(simulated, [(1 - SHARE) / 2, (1 + SHARE) / 2])
    expected, came = np.sum(probability), np.sum(happened)
    return {
        "expected": float(expected),
        "low": float(low),
        "high": float(high),
        "came": float(came),
    }
