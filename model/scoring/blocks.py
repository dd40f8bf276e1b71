"""Intervals by resampling whole blocks: one question asked every month is not thirty questions.

Forecasts that wait for the same event are one block, an episode: they come true together or not at
all. Few blocks make an interval by resampling too narrow; each table says how many there were.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

SHARE = 0.9  # of the resamples inside an interval
DRAWS = 2000
STILL_OPEN = "open"


def episodes(table: pd.DataFrame, came: Mapping[str, Sequence[date]]) -> pd.Series:
    """A block's name for each forecast: its outcome, and the day of the event that it waits for.

    table: as_of, outcome. came: outcome -> the days on which it happened. Forecasts with no event
    after them are one block an outcome, `open`.
    """
    names = [_episode(row.outcome, row.as_of, came) for row in table.itertuples()]
    return pd.Series(names, index=table.index, name="block")


def _episode(outcome: str, as_of: date, came: Mapping[str, Sequence[date]]) -> str:
    later = [day for day in came[outcome] if day > as_of]
    return f"{outcome}, {min(later) if later else STILL_OPEN}"


def interval(
    statistic: Callable[[np.ndarray], float],
    blocks: Sequence,
    draws: int = DRAWS,
    seed: int = 0,
) -> tuple[float, float]:
    """The 90 % interval of a statistic, by resampling blocks with replacement.

    statistic: of rows, as their places (n,), which may repeat. blocks: (n,), the block of each row.
    Nan where there is one block, and of resamples of which the statistic is nan only the others
    count. Cluster bootstrap, percentile (Davison and Hinkley 1997, section 3.8).
    """
    codes, names = pd.factorize(np.asarray(blocks))
    if len(names) < 2:
        return np.nan, np.nan
    members = [np.flatnonzero(codes == code) for code in range(len(names))]
    rng = np.random.default_rng(seed)
    chosen = rng.integers(len(names), size=(draws, len(names)))
    values = [statistic(np.concatenate([members[place] for place in row])) for row in chosen]
    return _middle(np.array(values))


def resampled_sums(
    values: np.ndarray, blocks: Sequence, draws: int = DRAWS, seed: int = 0
) -> np.ndarray:
    """(k, draws): sums of each row of values (k, n), of the resamples that `interval` makes."""
    codes, names = pd.factorize(np.asarray(blocks))
    sums = np.stack([np.bincount(codes, weights=row) for row in np.atleast_2d(values)])
    chosen = np.random.default_rng(seed).integers(len(names), size=(draws, len(names)))
    return sums[:, chosen].sum(axis=2)


def mean_interval(values: np.ndarray, blocks: Sequence, seed: int = 0) -> tuple[float, float]:
    """The 90 % interval of the mean of values (n,); as `interval` has it, without a loop."""
    return ratio_interval(values, np.ones(len(values)), blocks, seed)


def ratio_interval(
    above: np.ndarray, below: np.ndarray, blocks: Sequence, seed: int = 0
) -> tuple[float, float]:
    """The 90 % interval of sum(above) / sum(below), both (n,); nan where there is one block."""
    if len(set(blocks)) < 2:
        return np.nan, np.nan
    sums = resampled_sums(np.stack([above, below]), blocks, seed=seed)
    with np.errstate(invalid="ignore", divide="ignore"):
        return _middle(sums[0] / sums[1])


def block_means(values: np.ndarray, blocks: Sequence) -> np.ndarray:
    """(blocks,): the mean of values (n,) within each block."""
    return pd.Series(np.asarray(values, float)).groupby(np.asarray(blocks)).mean().to_numpy()


def _middle(values: np.ndarray) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not len(known):
        return np.nan, np.nan
    low, high = np.quantile(known, [(1 - SHARE) / 2, (1 + SHARE) / 2])
    return float(low), float(high)
