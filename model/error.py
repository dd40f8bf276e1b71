"""Monte Carlo error and intervals over draws."""

import numpy as np

BATCHES_A_CHAIN = 20
INTERVAL = (0.05, 0.95)


def monte_carlo_error(values: np.ndarray, chains: int) -> np.ndarray:
    """Monte Carlo standard error of the mean over draws, by batch means.

    values: (draws, ...), chain after chain. Each chain is cut into 20 batches; the spread of the
    batches' means carries the draws' autocorrelation (Flegal, Haran and Jones 2008, Statistical
    Science 23:250). Draws that do not fill a batch are left out.
    """
    per_chain = len(values) // chains
    batches = min(BATCHES_A_CHAIN, per_chain)
    length = per_chain // batches
    cut = values[: per_chain * chains].reshape(chains, per_chain, *values.shape[1:])
    cut = cut[:, : batches * length].reshape(chains * batches, length, *values.shape[1:])
    return cut.mean(axis=1).std(axis=0, ddof=1) / np.sqrt(chains * batches)


def draw_interval(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The 90 % interval over draws (axis 0), equal-tailed."""
    low, high = np.quantile(values, INTERVAL, axis=0)
    return low, high
