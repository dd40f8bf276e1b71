"""When: the quantiles of an outcome's date, read off its cumulative probability."""

import numpy as np
import pandas as pd

DOTS = 50


def quantile_dates(curve: pd.DataFrame, dots: int = DOTS) -> pd.DataFrame:
    """`dots` equally likely dates: dot (0..), share (its quantile, 0..1), date (NaT if later).

    curve: one outcome's rows of a forecast's curves (date, probability), whose last date is the
    horizon's end. Dot i stands at the quantile (i + 1/2) / dots, by linear interpolation; a
    quantile that the curve does not reach is later than the horizon, or never.
    """
    share = (np.arange(dots) + 0.5) / dots
    days = pd.to_datetime(curve["date"]).to_numpy().astype("datetime64[s]").astype(float)
    # weighted curves can fall by a rounding error, and `interp` takes only what never falls
    rising = np.maximum.accumulate(curve["probability"].to_numpy())
    reached = np.interp(share, rising, days)
    dates = pd.Series(reached.round().astype("int64").astype("datetime64[s]"))
    return pd.DataFrame(
        {"dot": range(dots), "share": share, "date": dates.where(share <= rising[-1])}
    )
