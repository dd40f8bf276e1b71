"""Scores of probabilities: how far they lay from what came."""

import numpy as np
import pandas as pd
import xarray as xr
from scores.probability import brier_score


def brier(probability: np.ndarray, happened: np.ndarray) -> float:
    """Mean squared distance of probabilities (n,) from 0 or 1: 0 is best, 0.25 is a coin's.

    Raises ValueError for a probability outside 0..1 and for an event that is not 0 or 1.
    """
    forecast = xr.DataArray(np.asarray(probability, float))
    return float(brier_score(forecast, xr.DataArray(np.asarray(happened, float))))


def log_score(probability: np.ndarray, happened: np.ndarray) -> float:
    """Mean of minus the log of what was given to what came, in nats: 0 is best, 0.69 a coin's.

    Endless where something came that was called impossible. The library scores has none for
    probabilities of an event.
    """
    given = np.where(np.asarray(happened, bool), probability, 1.0 - np.asarray(probability))
    with np.errstate(divide="ignore"):
        return float(-np.log(given).mean())


def scored(table: pd.DataFrame, forecasters: list[str]) -> pd.DataFrame:
    """forecaster, outcome, forecasts, came, brier, log_score: over all rows, then by outcome.

    table: outcome, happened (bool) and a column of probabilities, 0..1, for each forecaster.
    """
    parts = [("all", table), *table.groupby("outcome", sort=False)]
    rows = [
        (name, outcome, len(rows), int(rows["happened"].sum()), *_both(rows[name], rows))
        for outcome, rows in parts
        for name in forecasters
    ]
    columns = ["forecaster", "outcome", "forecasts", "came", "brier", "log_score"]
    return pd.DataFrame(rows, columns=columns)


def _both(probability: pd.Series, rows: pd.DataFrame) -> tuple[float, float]:
    happened = rows["happened"].to_numpy()
    return brier(probability.to_numpy(), happened), log_score(probability.to_numpy(), happened)
