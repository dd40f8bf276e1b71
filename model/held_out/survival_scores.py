"""Scores of chances to have come by then, where some cases were not watched that long."""

import numpy as np
import pandas as pd
from scipy.stats import chi2
from sksurv.nonparametric import CensoringDistributionEstimator, kaplan_meier_estimator
from sksurv.util import Surv

from model.held_out.baselines import readers
from model.scoring.blocks import SHARE


def brier_terms(years: np.ndarray, event: np.ndarray, chance: np.ndarray, by: float) -> np.ndarray:
    """(cases,): each case's part of the Brier score at `by` years; their mean is the score.

    years, event: how long each was watched, and whether (0..1) it ended with the event. chance:
    0..1, of having come by then. Cases lost before count nothing, the others by the inverse of the
    chance not to be lost (Graf et al. 1999, Statistics in Medicine 18:2529). Nan where nobody was
    watched so long.
    """
    came, watched, chances = readers(event, years, chance)
    if (watched <= by).all():
        return np.full(len(years), np.nan)
    lost = CensoringDistributionEstimator().fit(Surv.from_arrays(came, watched))
    kept_to_end, kept_by_then = lost.predict_proba(watched), lost.predict_proba(np.array([by]))[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        before = np.where((watched <= by) & came, (1 - chances) ** 2 / kept_to_end, 0.0)
    after = np.where(watched > by, chances**2 / kept_by_then, 0.0)
    return (before + after).reshape(2, -1).mean(axis=0)


def d_calibration(by_end: np.ndarray, event: np.ndarray, bins: int) -> tuple[float, np.ndarray]:
    """p value, and (bins,) share of the cases in each of equal parts of 0..1.

    by_end: (cases,), 0..1, the chance of having come by when it came or the watch ended; event:
    0..1. Where the chances are right every share is alike; one that was still open is spread over
    what lies above it (Haider et al. 2020, JMLR 21:85, in terms of 1 - survival).
    """
    edges = np.linspace(0, 1, bins + 1)
    inside = np.clip(np.searchsorted(edges, by_end, side="right") - 1, 0, bins - 1)
    ended = np.zeros((len(by_end), bins))
    ended[np.arange(len(by_end)), inside] = 1.0
    above = np.clip(edges[1:] - np.maximum(edges[:-1], by_end[:, None]), 0, None)
    # one that was open although it was sure to have come lies in the last part
    open_ = np.where(by_end[:, None] < 1, above / np.maximum(1 - by_end[:, None], 1e-12), ended)
    counts = (event[:, None] * ended + (1 - event[:, None]) * open_).sum(axis=0)
    expected = len(by_end) / bins
    statistic = ((counts - expected) ** 2 / expected).sum()
    return float(chi2.sf(statistic, bins - 1)), counts / len(by_end)


def pit_curve(by_end: np.ndarray, event: np.ndarray) -> pd.DataFrame:
    """share, below, low, high: how many of the chances at the event lie below each share.

    Right chances give below = share. Kaplan and Meier's estimate, since of an open case one knows
    only that its chance would have been higher; low, high: 90 % interval (log-log).
    """
    came, at = readers(event, by_end)
    times, waiting, ends = kaplan_meier_estimator(came, at, conf_level=SHARE, conf_type="log-log")
    # two readers are not two cases: the interval is that of half as many
    low, high = (_wider(waiting, end) for end in ends)
    rows = pd.DataFrame({"share": times, "below": 1 - waiting, "low": 1 - high, "high": 1 - low})
    start = pd.DataFrame({"share": [0.0], "below": [0.0], "low": [0.0], "high": [0.0]})
    return pd.concat([start, rows], ignore_index=True)


def _wider(centre: np.ndarray, end: np.ndarray) -> np.ndarray:
    """An end of a log-log interval as it is with half the cases: sqrt(2) farther away."""
    with np.errstate(divide="ignore", invalid="ignore"):
        log_of = [np.log(-np.log(value)) for value in (centre, end)]
        moved = np.exp(-np.exp(log_of[0] + np.sqrt(2) * (log_of[1] - log_of[0])))
    return np.where(np.isfinite(moved), moved, centre)


def share_come(years: np.ndarray, event: np.ndarray, by: float) -> tuple[float, float, float]:
    """Share that came by `by` years, and its 90 % interval; nan where nobody was watched so long.

    Kaplan and Meier's estimate, log-log interval; with no event yet the interval ends at the upper
    bound of the rule of three's kind, 1 - 0.05 ** (1 / cases still watched).
    """
    came, watched = readers(event, years)
    if (watched < by).all():
        return np.nan, np.nan, np.nan
    times, waiting, ends = kaplan_meier_estimator(
        came, watched, conf_level=SHARE, conf_type="log-log"
    )
    place = np.searchsorted(times, by, side="right") - 1
    if place < 0 or waiting[place] == 1.0:
        return 0.0, 0.0, 1 - 0.05 ** (1 / max((years >= by).sum(), 1))
    low, high = (_wider(waiting[[place]], end[[place]])[0] for end in ends)
    return float(1 - waiting[place]), float(1 - high), float(1 - low)
