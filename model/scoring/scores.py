"""Scores of probabilities: how far they lay from what came. Of all of them 0 is best."""

import numpy as np
import pandas as pd
import scoringrules
import xarray as xr
from scores.probability import brier_score


def brier(probability: np.ndarray, happened: np.ndarray) -> float:
    """Mean squared distance of probabilities (n,) from 0 or 1: 0 is best, 0.25 is a coin's.

    Raises ValueError for a probability outside 0..1 and for an event that is not 0 or 1.
    """
    return float(briers(probability, happened).mean())


def briers(probability: np.ndarray, happened: np.ndarray) -> np.ndarray:
    """(n,): each forecast's squared distance; raises ValueError as `brier` does."""
    forecast = xr.DataArray(np.asarray(probability, float))
    came = xr.DataArray(np.asarray(happened, float))
    return brier_score(forecast, came, preserve_dims="all").values


def log_score(probability: np.ndarray, happened: np.ndarray) -> float:
    """Mean of minus the log of what was given to what came, in nats: 0 is best, 0.69 a coin's.

    Endless where something came that was called impossible. The library scores has none for
    probabilities of an event.
    """
    return float(log_scores(probability, happened).mean())


def log_scores(probability: np.ndarray, happened: np.ndarray) -> np.ndarray:
    """(n,): minus the log of what each forecast gave to what came, in nats."""
    given = np.where(np.asarray(happened, bool), probability, 1.0 - np.asarray(probability))
    with np.errstate(divide="ignore"):
        return -np.log(given)


SCORES = {"brier": briers, "log_score": log_scores}  # name -> (probability, happened) -> (n,)


def ranked_probability(by_then: np.ndarray, came_by: np.ndarray) -> np.ndarray:
    """(n,): the ranked probability score of *when*, the mean over the days asked: 0 is best.

    by_then, came_by: (n, days), the chance of having come by each day, and whether it had, both
    rising along a row. Raises ValueError where they fall. Epstein (1969, J. Appl. Meteor. 8:985),
    over the number of days, so that with one day it is the Brier score.
    """
    forecast, came = np.asarray(by_then, float), np.asarray(came_by, float)
    if (np.diff(forecast) < 0).any() or (np.diff(came) < 0).any():
        raise ValueError("expected chances by later days that are no smaller than by earlier ones")
    between = [_shares(table) for table in (came, forecast)]
    return scoringrules.rps_score(*between, onehot=True) / forecast.shape[-1]


def _shares(by_then: np.ndarray) -> np.ndarray:
    """(n, days + 1): what falls between the days, and after the last."""
    ends = np.zeros((len(by_then), 1)), np.ones((len(by_then), 1))
    return np.diff(np.concatenate([ends[0], by_then, ends[1]], axis=1))


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
