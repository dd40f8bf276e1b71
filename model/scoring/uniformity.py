"""Are ranks uniform? A band that the whole ECDF stays in, and the p value of that test.

Of n uniform values the number below z is binomial. The farthest that it lies in either tail, over
all z, is the test's statistic; its distribution under uniformity is simulated, which makes the band
simultaneous (Säilynoja, Bürkner, Vehtari 2022, Statistics and Computing 32:32, section 2.2).
"""

from functools import cache

import numpy as np
import pandas as pd
from scipy.stats import binom

BAND = 0.95
SIMULATED = 4000  # of uniform samples: the p value of 0.05 has a standard error of 0.0034
SHARES = 100  # at most so many shares are looked at: ranks among 99 draws tell no more apart
COLUMNS = ["share", "gap", "low", "high"]


def positions(ranks: np.ndarray, kept: int, rng: np.random.Generator) -> np.ndarray:
    """Ranks among `kept` draws, 0..kept, as positions in 0..1, spread evenly within their place."""
    return (np.asarray(ranks) + rng.uniform(size=np.shape(ranks))) / (kept + 1)


def p_value(values: np.ndarray) -> float:
    """The chance that as many uniform values stray as far; values: (n,), 0..1."""
    null = _null(len(values))
    (tail,) = _narrowest_tails(np.asarray(values)[None, :])
    # the values themselves count among the simulated: a p value is never 0
    return float((1 + (null <= tail).sum()) / (1 + len(null)))


def gaps(values: np.ndarray) -> pd.DataFrame:
    """share, gap, low, high: the ECDF of `values` (n,) less what is expected, and its band.

    One row per share z, 0..1: how much more of the values lies below z than the share z. Uniform
    values leave the band somewhere once in twenty times.
    """
    n = len(values)
    z, tail = _shares(n), np.quantile(_null(n), 1 - BAND)
    # the fewest and the most below z whose tails are no narrower than that
    counts = _below(np.asarray(values)[None, :])[0], binom.ppf(tail, n, z), binom.isf(tail, n, z)
    inside = {name: count / n - z for name, count in zip(COLUMNS[1:], counts, strict=True)}
    ends = pd.DataFrame({"share": [0.0, 1.0]} | dict.fromkeys(COLUMNS[1:], 0.0))
    return pd.concat([ends[:1], pd.DataFrame({"share": z} | inside), ends[1:]], ignore_index=True)


def _shares(n: int) -> np.ndarray:
    parts = min(n, SHARES)
    return np.arange(1, parts) / parts


def _below(values: np.ndarray) -> np.ndarray:
    """(samples, shares): how many values of each sample (samples, n) lie below each share."""
    samples, parts = len(values), min(values.shape[1], SHARES)
    place = np.minimum((values * parts).astype(int), parts - 1)
    place = place + parts * np.arange(samples)[:, None]
    counts = np.bincount(place.ravel(), minlength=parts * samples).reshape(samples, parts)
    return counts.cumsum(axis=1)[:, :-1]


def _narrowest_tails(values: np.ndarray) -> np.ndarray:
    """(samples,): over all shares the smallest chance of so few, or of so many, values below it."""
    below = _below(values)
    few, many = _tails(values.shape[1])
    column = np.arange(below.shape[1])
    return np.minimum(few[below, column], many[below, column]).min(axis=1)


@cache
def _tails(n: int) -> tuple[np.ndarray, np.ndarray]:
    """The chance of at most and of at least 0 … n values below a share, each (n + 1, shares)."""
    count = np.arange(n + 1)[:, None]
    return binom.cdf(count, n, _shares(n)), binom.sf(count - 1, n, _shares(n))


@cache
def _null(n: int) -> np.ndarray:
    """The statistic of `SIMULATED` samples of n uniform values; the same each time."""
    return _narrowest_tails(np.random.default_rng(n).uniform(size=(SIMULATED, n)))
