"""What a score is made of: reliability, resolution, uncertainty; and discrimination by itself.

Forecasts are recalibrated by the best rising function of themselves (isotonic regression), so no
bins have to be chosen: score = reliability - resolution + uncertainty (Dimitriadis, Gneiting and
Jordan 2021, PNAS 118:e2016191118, there miscalibration and discrimination).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import xarray as xr
from scores.probability import roc_auc
from scores.processing import isotonic_fit

from model.scoring.scores import briers

Score = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Decomposition:
    """Of a mean score. reliability: what recalibrating would save, 0 is best. resolution: what the
    recalibrated forecasts save over the share that came, more is better. uncertainty: the score of
    that share itself."""

    score: float
    reliability: float
    resolution: float
    uncertainty: float


def decomposed(
    probability: np.ndarray, happened: np.ndarray, score: Score = briers
) -> Decomposition:
    """The parts of a proper score of probabilities (n,); happened: (n,), 0 or 1.

    score: (probability, happened) -> (n,), one of `scores.SCORES`. Raises ValueError as it does.
    """
    forecast, came = np.asarray(probability, float), np.asarray(happened, float)
    whole = score(forecast, came).mean()
    best = score(recalibrated(forecast, came), came).mean()
    base = score(np.full(len(came), came.mean()), came).mean()
    return Decomposition(float(whole), float(whole - best), float(base - best), float(base))


def recalibrated(probability: np.ndarray, happened: np.ndarray) -> np.ndarray:
    """(n,): each forecast's share that came, as the best rising function of what was said."""
    fit = isotonic_fit(np.asarray(probability, float), np.asarray(happened, float))
    # rounding may leave a share a hair outside
    return np.clip(fit["regression_func"](np.asarray(probability, float)), 0.0, 1.0)


def discrimination(probability: np.ndarray, happened: np.ndarray) -> float:
    """Area under the ROC curve, 0..1: the chance that of one that came more was said than of one
    that did not; 0.5 is a coin's. Nan where all came, or none."""
    forecast, came = (xr.DataArray(np.asarray(x, float)) for x in (probability, happened))
    return float(roc_auc(forecast, came))
