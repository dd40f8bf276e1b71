"""The drivers' futures scored: what was said of each driver's level, beside what came.

Nothing of it is hindsight but the codings: on each day only what was known is used. CRPS is in
points of a driver's level, -2..2, and of a single number said the distance from what came.
"""

import numpy as np
import pandas as pd
import scoringrules

from model.evidence import Evidence
from model.fit.drivers import saturate
from model.inspect.driver_coverage import (
    ALL,
    SHARE,
    as_of_days,
    futures_and_came,
    known_history,
)
from model.scoring.skill import beside

RULES = ("persistence", "climatology")


def driver_scores(evidence: Evidence, every: int = 1, seed: int = 1) -> pd.DataFrame:
    """One row per as-of day, driver and months ahead: as_of, driver, months, pit, and the CRPS of
    the `model` and of each of `RULES`.

    evidence: cut at its day, the last it can tell of. every: months between as-of days. pit: share
    of futures, 0..1, below what came. persistence: the level stays. climatology: any month's level
    of the record up to the day.
    """
    days = as_of_days(evidence)[::every]
    tables = [_of_day(evidence, day, [seed, place]) for place, day in enumerate(days)]
    return pd.concat(tables, ignore_index=True)


def _of_day(evidence: Evidence, day: pd.Timestamp, seed: list[int]) -> pd.DataFrame:
    past = saturate(known_history(evidence, day).mean)  # (months, drivers)
    rows = []
    for months, (raw, came) in futures_and_came(evidence, day, seed).items():
        future, level = saturate(raw), saturate(came)
        forecasts = {"model": future, "climatology": past, "persistence": past[-1:]}
        rows.append(
            pd.DataFrame(
                {
                    "as_of": day.date(),
                    "driver": evidence.scenario.driver_ids,
                    "months": months,
                    "pit": (raw < came).mean(axis=0),
                }
                | {name: crps(levels, level) for name, levels in forecasts.items()}
            )
        )
    return pd.concat(rows, ignore_index=True)


def crps(forecast: np.ndarray, came: np.ndarray) -> np.ndarray:
    """(drivers,): continuous ranked probability score of equally likely levels (n, drivers)."""
    # the library's default takes what was said as it is, not as a sample of something wider: a
    # single level then has the distance from what came
    return scoringrules.crps_ensemble(came, forecast, m_axis=0)


def score_table(scores: pd.DataFrame) -> pd.DataFrame:
    """One row per months ahead, driver (`all` first) and rule: days, years, inside (share of what
    came in the 90 % band), and what `model.scoring.skill.beside` says of the CRPS, with intervals
    by years of as-of days.

    scores: of `driver_scores`. Neighbouring days are one history told twice, so a year of them is
    one block; the years are few.
    """
    by_year = scores.assign(year=[day.year for day in scores["as_of"]])
    rows = [
        {"driver": driver, "months": months, "baseline": rule}
        | {"days": group["as_of"].nunique(), "years": group["year"].nunique()}
        | {"inside": float(((group["pit"] - 0.5).abs() <= SHARE / 2).mean())}
        | beside(group["model"].to_numpy(), group[rule].to_numpy(), group["year"].to_numpy())
        for months, at_horizon in by_year.groupby("months", sort=False)
        for driver, group in [(ALL, at_horizon), *at_horizon.groupby("driver", sort=False)]
        for rule in RULES
    ]
    return pd.DataFrame(rows)


def pit_table(scores: pd.DataFrame) -> pd.DataFrame:
    """months, tenth (1 lowest), share: what of all that came lay in each tenth of the futures."""
    tenth = np.minimum((10 * scores["pit"]).astype(int), 9) + 1
    counts = pd.crosstab(scores["months"], tenth, normalize="index")
    counts = counts.reindex(columns=range(1, 11), fill_value=0.0)
    return counts.stack().rename("share").rename_axis(["months", "tenth"]).reset_index()


def tables(evidence: Evidence, every: int = 1) -> dict[str, pd.DataFrame]:
    """All that is stored of the drivers' futures, by name: scores and PIT by tenths."""
    scores = driver_scores(evidence, every)
    return {"crps": score_table(scores), "pit": pit_table(scores)}
