"""Means, intervals and Monte Carlo error over draws that may carry weights."""

import numpy as np

BATCHES_PER_CHAIN = 20
INTERVAL = (0.05, 0.95)


def mean(values: np.ndarray, weight: np.ndarray | None = None) -> np.ndarray:
    """(...): mean of values (draws, ...); weight (draws,) sums to 1, None counts all alike."""
    if weight is None:
        return values.mean(axis=0)
    return np.tensordot(weight, values, axes=1)


def monte_carlo_error(
    values: np.ndarray, chains: int, weight: np.ndarray | None = None
) -> np.ndarray:
    """Monte Carlo standard error of the mean over draws, by batch means.

    values: (draws, ...), chain after chain. Each chain is cut into 20 batches; the spread of the
    batches' means carries the draws' autocorrelation (Flegal, Haran and Jones 2008, Statistical
    Science 23:250). Weighted draws enter by their influence on the mean. Draws that do not fill a
    batch are left out.
    """
    if weight is not None:
        scale = len(values) * weight.reshape(-1, *(1,) * (values.ndim - 1))
        values = scale * (values - mean(values, weight))
    per_chain = len(values) // chains
    batches = min(BATCHES_PER_CHAIN, per_chain)
    length = per_chain // batches
    cut = values[: per_chain * chains].reshape(chains, per_chain, *values.shape[1:])
    cut = cut[:, : batches * length].reshape(chains * batches, length, *values.shape[1:])
    return cut.mean(axis=1).std(axis=0, ddof=1) / np.sqrt(chains * batches)


def draw_interval(
    values: np.ndarray, weight: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The equal-tailed 90 % interval of values (draws, ...) over draws: low and high, each (...).

    weight: (draws,) summing to 1, None if all count alike. Each end is the value of a draw.
    """
    if weight is not None:
        values = values[resample(weight)]
    by_draw = np.array(values.reshape(len(values), -1).T, order="C")  # a copy, to be reordered
    first, last = (round(share * (len(values) - 1)) for share in INTERVAL)
    # one end after the other: for two at once numpy takes four times as long
    by_draw.partition(first, axis=1)
    low = by_draw[:, first].copy()
    by_draw.partition(last, axis=1)
    shape = values.shape[1:]
    return low.reshape(shape), by_draw[:, last].reshape(shape)


def resample(weight: np.ndarray) -> np.ndarray:
    """(draws,): systematic resampling, draw numbers, each as often as its weight says or so.

    weight: (draws,) summing to 1. Kitagawa 1996, J. Comput. Graph. Stat. 5:1, without the random
    start, so that the same weights give the same interval.
    """
    points = (np.arange(len(weight)) + 0.5) / len(weight)
    # weights that sum to a rounding error under 1 would put the last point past the last draw
    return np.minimum(np.searchsorted(np.cumsum(weight), points), len(weight) - 1)


def effective_draws(weight: np.ndarray | None, draws: int) -> float:
    """Kish's effective number of draws, 1 / sum of squared weights, in 1..draws.

    weight: (draws,) summing to 1; None if all count alike, which gives `draws`.
    """
    return float(draws) if weight is None else float(1.0 / (weight**2).sum())
