"""A driver's raw levels over time with some of its signals taken out, others put in their place."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.linalg import eigh

from model.fit.drivers import NOISE_COMPONENTS, kernel
from model.scenario import Driver

PARTS = 1 + NOISE_COMPONENTS  # of a history: its mean, and the components of its noise
TINY = 1e-12  # variance in raw levels: rounding left it, where no signal is left


@dataclass(frozen=True, eq=False)
class SignalHistory:
    """What a driver is made of; the same histories as `drivers.history`, many at little cost.

    table: its rows of `drivers.signals`. times: ascending, the last the as-of day. noise: (times,
    NOISE_COMPONENTS), the components with all signals, as the fit has them.
    """

    table: pd.DataFrame
    driver: Driver
    times: pd.DatetimeIndex
    noise: np.ndarray

    def without(self, gone: np.ndarray, instead: Sequence[pd.DataFrame]) -> np.ndarray:
        """(times, PARTS): mean and noise without the signals `gone` (signals,), with those instead.

        A component's sign is free: it is that of the component with all signals.
        """
        mean, products, last = self._mean.copy(), self._products.copy(), self._last.copy()
        spread = self._spread[:, gone]
        mean -= self._weights[:, gone] @ self.table["weight"].to_numpy()[gone]
        last -= spread @ spread[-1]
        products -= spread @ spread.T
        for table in instead:
            weights = self._kernel(table)
            spread = weights * table["sd"].to_numpy()
            mean += weights @ table["weight"].to_numpy()
            last += spread @ spread[-1]
            products += spread @ spread.T
        components = _components(products, last)
        turned = np.einsum("tc,tc->c", components, self.noise) < 0
        return np.column_stack([mean, np.where(turned, -components, components)])

    @cached_property
    def _weights(self) -> np.ndarray:
        return self._kernel(self.table)

    @cached_property
    def _spread(self) -> np.ndarray:
        """(times, signals): a square root of the levels' covariance over time."""
        return self._weights * self.table["sd"].to_numpy()

    @cached_property
    def _mean(self) -> np.ndarray:
        return self._weights @ self.table["weight"].to_numpy()

    @cached_property
    def _products(self) -> np.ndarray:
        """(times, times): the levels' covariance."""
        return self._spread @ self._spread.T

    @cached_property
    def _last(self) -> np.ndarray:
        """(times,): the covariance with the last time."""
        return self._spread @ self._spread[-1]

    def _kernel(self, table: pd.DataFrame) -> np.ndarray:
        """(times, signals): what is left of each signal, in raw levels."""
        return kernel(table, self.driver.half_life_days, self.times) / self.driver.scale


def _components(products: np.ndarray, last: np.ndarray) -> np.ndarray:
    """(times, NOISE_COMPONENTS) of noise of this covariance, as `drivers._components` has them.

    last: its column of the last time. By the largest eigenvectors of the covariance that the first
    component leaves, which are few, in place of a singular value decomposition of all signals.
    """
    variance = last[-1]
    first = last / np.sqrt(variance) if variance > TINY else np.zeros(len(last))
    rest = products - np.outer(first, first)
    most = len(rest) - 1
    sizes, left = eigh(rest, subset_by_index=[max(most + 2 - NOISE_COMPONENTS, 0), most])
    others = left * np.sqrt(np.maximum(sizes, 0.0))
    return np.column_stack([first, others[:, ::-1]])
