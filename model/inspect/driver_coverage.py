"""Whether what came lay inside the drivers' futures: the record, asked month by month.

On the first day of each month the futures are drawn from what was known on it. What came is the
level by all that the evidence knows of the later day. No fit is needed: of the posterior only the
coder noise enters a driver's future, and here it is drawn from its prior. As-of days overlap and
drivers go together, so these are far fewer independent trials than rows.

`python -m model.inspect.driver_coverage FOLDER` prints both tables for a folder's whole record.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from model.evidence import Evidence, load_evidence
from model.evidence.evidence import last_evidence
from model.fit import drivers
from model.fit.futures import drawn
from model.scenario import MONTH_DAYS

HORIZONS = (3, 6, 12, 18)  # months ahead
FIRST_MONTHS = 7  # of the record before the first as-of day: fewer flows say next to nothing
DRAWS = 300
SHARE = 0.9  # of the futures in the band
ALL = "all"  # in place of a driver


def driver_pits(evidence: Evidence, every: int = 1, seed: int = 1) -> pd.DataFrame:
    """One row per as-of day, driver and months ahead: as_of, driver, months, pit.

    pit: the share of futures (0..1) below the level that came, even over 0..1 where the futures are
    right. evidence: cut at its day, the last it can tell of. every: months between as-of days.
    """
    days = _as_of_days(evidence)[::every]
    tables = [
        _table(evidence, day, _pits(evidence, day, [seed, place])) for place, day in enumerate(days)
    ]
    return pd.concat([pd.DataFrame(columns=["as_of", "driver", "months", "pit"]), *tables])


def driver_coverage(pits: pd.DataFrame) -> pd.DataFrame:
    """One row per driver and months ahead, and of `all`: driver, months, days, inside.

    pits: rows of `driver_pits`. days: how many as-of days are behind it. inside: share (0..1) of
    what came inside the 90 % band.
    """
    told = pd.concat([pits, pits.assign(driver=ALL)])
    told = told.assign(inside=(told["pit"].astype(float) - 0.5).abs() <= SHARE / 2)
    rows = told.groupby(["driver", "months"], sort=False)
    return rows.agg(days=("as_of", "nunique"), inside=("inside", "mean")).reset_index()


def pit_tenths(pits: pd.DataFrame) -> pd.DataFrame:
    """One row per months ahead and tenth of 0..1: months, low (its lower end), share of all PITs.

    Every share is 0.1 where the futures are right.
    """
    edges = np.linspace(0, 1, 11)
    tables = [
        pd.DataFrame(
            {"months": months, "low": edges[:-1], "share": np.histogram(of, edges)[0]}
        ).assign(share=lambda table: table["share"] / table["share"].sum())
        for months, of in pits.groupby("months")["pit"]
    ]
    return pd.concat(tables, ignore_index=True)


def _as_of_days(evidence: Evidence) -> list[pd.Timestamp]:
    start = pd.Timestamp(evidence.scenario.record_from)
    first = start + pd.DateOffset(months=FIRST_MONTHS) - pd.offsets.MonthBegin()
    last = _end(evidence) - pd.Timedelta(days=HORIZONS[0] * MONTH_DAYS)
    return list(pd.date_range(first.normalize(), last, freq="MS"))


def _end(evidence: Evidence) -> pd.Timestamp:
    return pd.Timestamp(evidence.as_of)


def _pits(evidence: Evidence, day: pd.Timestamp, seed: list[int]) -> dict:
    """Months ahead -> (drivers,), of those whose day has come."""
    scenario = evidence.scenario
    ahead = {months: day + pd.Timedelta(days=round(months * MONTH_DAYS)) for months in HORIZONS}
    ahead = {months: to for months, to in ahead.items() if to <= _end(evidence)}
    past = drivers.month_grid(pd.Timestamp(scenario.record_from), day)
    known = _history(evidence, past, day)
    came = _history(evidence, pd.DatetimeIndex(list(ahead.values())), _end(evidence)).mean
    noise = np.random.default_rng(seed).standard_normal((DRAWS, *known.noise.shape[1:]))
    raw = known.mean + np.einsum("ncd,tcd->ntd", noise, known.noise)
    path = drawn(scenario, raw, max(ahead) + 1, seed)["raw_path"]
    return {m: (path[:, m] < level).mean(axis=0) for m, level in zip(ahead, came, strict=True)}


def _history(evidence: Evidence, times: pd.DatetimeIndex, day: pd.Timestamp) -> drivers.History:
    """The drivers at `times` by what was known on `day`."""
    events = evidence.events[evidence.events["known_on"] <= day]
    codings = evidence.codings[evidence.codings["event"].isin(events["event"])]
    table = drivers.signals(events, codings, evidence.scenario.coding)
    return drivers.history(table, evidence.scenario.drivers, times)


def _table(evidence: Evidence, day: pd.Timestamp, pits: dict) -> pd.DataFrame:
    ids = evidence.scenario.driver_ids
    tables = [
        pd.DataFrame({"as_of": day.date(), "driver": ids, "months": months, "pit": pit})
        for months, pit in pits.items()
    ]
    return pd.concat(tables)


def _printed(evidence: Evidence) -> Iterator[str]:
    pits = driver_pits(evidence)
    coverage = driver_coverage(pits).pivot(index="driver", columns="months", values="inside")
    yield f"Share of what came inside the 90 % band, to {_end(evidence).date()}; months ahead:"
    yield coverage.loc[[*evidence.scenario.driver_ids, ALL]].round(2).to_string()
    yield "PIT by tenths:"
    yield pit_tenths(pits).pivot(index="low", columns="months", values="share").round(2).to_string()


if __name__ == "__main__":
    place = Path(sys.argv[1])
    print("\n".join(_printed(load_evidence(place, last_evidence(place)))))
