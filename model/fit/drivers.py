"""Drivers: from coded events to levels, past and future.

Past. A driver's raw level is a decaying sum of what was coded to it,

    z_d(t) = sum_i w_i 2**(-(t - t_i) / half_life_d) / scale_d,      x_d(t) = 2 tanh(z_d(t) / 2),

so that x stays between -2 and +2 and is close to z near 0. `scale_d` is fixed in the scenario: a
level means the same in every refit. The weights w_i are uncertain (coders differ, reports may be
wrong), and that uncertainty is carried as a few principal components of z over time.

A decaying sum is an autoregression whose lag is known: z(t + month) = decay * z(t) + flow, the flow
being the month's new events. Its future stands in `model.fit.futures`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.evidence.readings import strength
from model.scenario import MONTH_DAYS, Driver
from model.scenario.scenario import Coding

NOISE_COMPONENTS = 3


@dataclass(frozen=True)
class History:
    """Raw driver levels at chosen times.

    mean: (times, drivers). noise: (times, components, drivers), the principal components of the
    weights' uncertainty, to be multiplied by independent standard normals (components, drivers).
    noise_kept: (drivers,) share, 0..1, of the noise's variance over all times that the components
    carry; at the last time they carry all of it.
    """

    mean: np.ndarray
    noise: np.ndarray
    noise_kept: np.ndarray


def saturate(raw: np.ndarray) -> np.ndarray:
    """Levels in -2..+2 from raw levels of any shape."""
    return 2.0 * np.tanh(raw / 2.0)


def unsaturate(level: np.ndarray | float) -> np.ndarray:
    """Raw levels from levels of any shape; +-2, which no raw level reaches, is read as +-1.98."""
    return 2.0 * np.arctanh(np.clip(level, -1.98, 1.98) / 2.0)


def signals(events: pd.DataFrame, codings: pd.DataFrame, coding: Coding) -> pd.DataFrame:
    """One row per origin and driver: what the drivers are made of.

    Several reports of one fact share an origin and count once, by the row that its coders together
    weigh most (the earliest of equals). Columns: event, driver, first (day), last (day; later than
    `first` only where the source gives a month), weight (expected, -3..3) and sd of that weight.
    An event that was announced ahead counts from the announcement; a coding of what is not in
    `events` counts for nothing.
    """
    rows = codings.merge(events, on="event", validate="many_to_one")
    mean = strength(rows)
    right = rows["reliability"].map(coding.reliability).astype(float)
    # a report is right with a known chance and else weighs nothing: the variance of that mixture
    rows = rows.assign(
        weight=right * mean,
        sd=np.sqrt(right * (1 - right) * mean**2 + right * _coder_variance(rows, coding.coder_sd)),
        first=rows[["date", "known_on"]].min(axis=1),
        size=-mean.abs(),
    )
    month = rows["precision"].eq("month") & rows["first"].eq(rows["date"])
    rows["last"] = rows["first"].where(~month, rows["known_on"])
    rows = rows.sort_values(["driver", "origin", "size", "first", "event"], kind="stable")
    rows = rows.drop_duplicates(["driver", "origin"]).sort_values(["driver", "first", "event"])
    return rows[["event", "driver", "first", "last", "weight", "sd"]].reset_index(drop=True)


def _coder_variance(rows: pd.DataFrame, coder_sd: float) -> pd.Series:
    """Variance of the coders' mean: never less than two average readings would have.

    Of what one coder read, that of one reading.
    """
    seen = (rows["first_coder"] - rows["second_coder"]) ** 2 / 4
    return seen.clip(lower=coder_sd**2 / 2).fillna(coder_sd**2)


def kernel(table: pd.DataFrame, half_life_days: float, times: pd.DatetimeIndex) -> np.ndarray:
    """(times, signals): what is left at the end of each day of a unit signal.

    A signal known only to the month is spread evenly over the month's days.
    """
    days = times.values.astype("datetime64[D]").astype(float)[:, None]
    first = table["first"].values.astype("datetime64[D]").astype(float)
    length = table["last"].values.astype("datetime64[D]").astype(float) - first + 1
    total = np.zeros((len(times), len(table)))
    for offset in range(int(length.max(initial=1))):
        age = days - (first + offset)
        left = np.where(age >= 0, 0.5 ** (np.maximum(age, 0) / half_life_days), 0.0)
        total += left * (offset < length)
    return total / length


def history(table: pd.DataFrame, drivers: Sequence[Driver], times: pd.DatetimeIndex) -> History:
    """Raw levels and their uncertainty at `times` (ascending; the last one is the as-of day).

    table: rows of `signals`. A driver that nothing was coded to stays at 0, without noise.
    """
    mean = np.zeros((len(times), len(drivers)))
    noise = np.zeros((len(times), NOISE_COMPONENTS, len(drivers)))
    noise_kept = np.ones(len(drivers))
    for d, driver in enumerate(drivers):
        coded = table[table["driver"] == driver.id]
        if coded.empty:
            continue
        weights = kernel(coded, driver.half_life_days, times) / driver.scale
        mean[:, d] = weights @ coded["weight"].to_numpy()
        noise[:, :, d], noise_kept[d] = _components(weights * coded["sd"].to_numpy())
    return History(mean, noise, noise_kept)


def _components(spread: np.ndarray) -> tuple[np.ndarray, float]:
    """Components (times, components) of noise with square root `spread` (times, signals).

    The first is all of the last time's noise, and what goes with it earlier; the others are the
    principal components of the rest. Also returns the share of all variance that they keep.
    """
    # the last time starts every future, so its noise is carried whole, whatever is lost of others
    size = np.linalg.norm(spread[-1])
    direction = spread[-1] / size if size > 0 else spread[-1]
    first = spread @ direction
    left, sizes, _ = np.linalg.svd(spread - np.outer(first, direction), full_matrices=False)
    components = np.zeros((len(spread), NOISE_COMPONENTS))
    components[:, 0] = first
    rest = (left * sizes)[:, : NOISE_COMPONENTS - 1]
    components[:, 1 : rest.shape[1] + 1] = rest  # fewer signals than components leave zeros
    total = (spread**2).sum()
    return components, float((components**2).sum() / total) if total > 0 else 1.0


def month_grid(start: pd.Timestamp, as_of: pd.Timestamp) -> pd.DatetimeIndex:
    """Days a model month (30.4375 days) apart, ascending to `as_of`, none before `start`."""
    steps = int((as_of - start).days // MONTH_DAYS)
    return as_of - pd.to_timedelta(np.round(np.arange(steps, -1, -1) * MONTH_DAYS), unit="D")


def monthly_decay(drivers: Sequence[Driver]) -> np.ndarray:
    """(drivers,): the share, 0..1, that a month leaves of a raw level."""
    return np.array([0.5 ** (MONTH_DAYS / driver.half_life_days) for driver in drivers])
