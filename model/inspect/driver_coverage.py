"""Whether what came lay inside the drivers' futures: the record, asked month by month.

On the first day of each month the futures are drawn from what was known on it. What came is the
level by all that the evidence knows of the later day. No fit is needed: of the posterior only the
coder noise enters a driver's future, and here it is drawn from its prior.

As-of days a month apart with futures of up to 18 months share most of their months: five years hold
a few independent trials, and of a model that is right the share inside the 90 % band is seldom near
90 %. So beside each share stands what chance alone gives: worlds are made by the model and asked
like the record, each future by one who knows the world's parameters. Whoever learns them errs in
all months alike, so these bands are rather too narrow than too wide; influences, which add little,
are left out of them.

`python -m model.inspect.driver_coverage FOLDER` prints both tables for a folder's whole record.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import ndtr

from model.evidence import Evidence, load_evidence
from model.evidence.evidence import last_evidence
from model.fit import drivers, flow
from model.fit.futures import drawn
from model.scenario import MONTH_DAYS

HORIZONS = (3, 6, 12, 18)  # months ahead
FIRST_MONTHS = 7  # of the record before the first as-of day: fewer flows say next to nothing
DRAWS = 300
SHARE = 0.9  # of the futures in the band
ALL = "all"  # in place of a driver
TENTHS = tuple(np.linspace(0, 1, 11)[:-1])  # lower ends
WORLDS = 1000
SETTLED = 120  # months after which what the past tells of the mean changes no more
BY_CHANCE = {"by_chance_low": 0.05, "by_chance_high": 0.95}  # column -> quantile over worlds


def driver_pits(evidence: Evidence, every: int = 1, seed: int = 1) -> pd.DataFrame:
    """One row per as-of day, driver and months ahead: as_of, driver, months, pit.

    pit: the share of futures (0..1) below the level that came, even over 0..1 where the futures are
    right. evidence: cut at its day, the last it can tell of. every: months between as-of days.
    """
    days = as_of_days(evidence)[::every]
    tables = [
        _table(evidence, day, _pits(evidence, day, [seed, place])) for place, day in enumerate(days)
    ]
    return pd.concat([pd.DataFrame(columns=["as_of", "driver", "months", "pit"]), *tables])


def driver_coverage(pits: pd.DataFrame, right: Mapping[int, np.ndarray]) -> pd.DataFrame:
    """One row per driver and months ahead, and of `all`: how often what came lay in the 90 % band.

    Columns: driver, months, days (how many as-of days are behind it), inside (share, 0..1), and
    by_chance_low and by_chance_high, between which 90 % of the worlds of `right` have that share.

    pits: rows of `driver_pits`. right: what `right_pits` gives for them.
    """
    told = pd.concat([pits, pits.assign(driver=ALL)])
    told = told.assign(inside=_inside(told["pit"].astype(float)))
    rows = told.groupby(["driver", "months"], sort=False)
    table = rows.agg(days=("as_of", "nunique"), inside=("inside", "mean")).reset_index()
    places = {id: place for place, id in enumerate(pits["driver"].unique())}
    shares = [
        _inside(right[row.months][..., places.get(row.driver, slice(None))])
        for row in table.itertuples()
    ]
    return _by_chance(table, [of.mean(axis=tuple(range(1, of.ndim))) for of in shares])


def pit_tenths(pits: pd.DataFrame, right: Mapping[int, np.ndarray]) -> pd.DataFrame:
    """One row per months ahead and tenth of 0..1: months, low (its lower end), share of all PITs.

    Every share is 0.1 where the futures are right; by_chance_low, by_chance_high and the arguments
    as in `driver_coverage`.
    """
    edges = [*TENTHS, 1.0]
    tables = [
        pd.DataFrame({"months": months, "low": TENTHS, "share": np.histogram(of, edges)[0]}).assign(
            share=lambda table: table["share"] / table["share"].sum()
        )
        for months, of in pits.groupby("months")["pit"]
    ]
    table = pd.concat(tables, ignore_index=True)
    tenth = {months: np.digitize(of, edges[1:-1]) for months, of in right.items()}
    return _by_chance(
        table,
        [
            (tenth[row.months] == round(10 * row.low)).mean(axis=(1, 2))
            for row in table.itertuples()
        ],
    )


def right_pits(evidence: Evidence, pits: pd.DataFrame, seed: int = 1) -> dict[int, np.ndarray]:
    """Months ahead -> the PITs (worlds, as-of days, drivers), 0..1, of a model that is right.

    As many days and horizons as `pits`, rows of `driver_pits`, has; evidence: theirs.
    """
    decay, root = drivers.monthly_decay(evidence.scenario.drivers), _shock_root(evidence)
    days = pits.groupby("months")["as_of"].nunique().to_dict()
    length = max((months + of - 1 for months, of in days.items()), default=0)
    draws = np.random.default_rng(seed).standard_normal((WORLDS, length, len(decay)))
    surprises = draws @ root.T / np.sqrt((root**2).sum(axis=1))  # of variance 1, as correlated
    right = {}
    for months, of in days.items():
        left = _left(decay, months)
        windows = np.lib.stride_tricks.sliding_window_view(surprises, months, axis=1)
        error = np.einsum("wadm,md->wad", windows[:, :of], left, optimize=True)
        right[months] = ndtr(error / np.sqrt((left**2).sum(axis=0)))
    return right


def _left(decay: np.ndarray, months: int) -> np.ndarray:
    """(months, drivers): what is left after all of them of a unit surprise in each.

    A surprise is a month's flow less what the months before it foretell; a part of it stays in the
    mean and comes again.
    """
    # the flows' covariance as a lower triangle: each flow by the surprises up to its month
    root = np.linalg.inv(flow.whitening(SETTLED + months))[SETTLED:, SETTLED:]
    return root.T @ decay ** np.arange(months)[::-1, None]


def _shock_root(evidence: Evidence) -> np.ndarray:
    """(drivers, drivers): root of the shocks' covariance as the whole record has it on average."""
    scenario, end = evidence.scenario, _end(evidence)
    months = drivers.month_grid(pd.Timestamp(scenario.record_from), end)
    raw, decay = _history(evidence, months, end).mean, drivers.monthly_decay(scenario.drivers)
    given = flow.posterior((raw[1:] - decay * raw[:-1])[None], decay)
    return np.linalg.cholesky(given.scatter[0] / (given.freedom - len(decay) - 1))


def _inside(pits):
    return np.abs(pits - 0.5) <= SHARE / 2


def _by_chance(table: pd.DataFrame, worlds: list[np.ndarray]) -> pd.DataFrame:
    """The table with the ends of what chance gives; worlds: each row's share (worlds,)."""
    ends = {
        name: [float(np.quantile(of, quantile)) for of in worlds]
        for name, quantile in BY_CHANCE.items()
    }
    return table.assign(**ends)


def as_of_days(evidence: Evidence) -> list[pd.Timestamp]:
    """The first day of each month that can be asked what came, from the record's seventh on."""
    start = pd.Timestamp(evidence.scenario.record_from)
    first = start + pd.DateOffset(months=FIRST_MONTHS) - pd.offsets.MonthBegin()
    last = _end(evidence) - pd.Timedelta(days=HORIZONS[0] * MONTH_DAYS)
    return list(pd.date_range(first.normalize(), last, freq="MS"))


def _end(evidence: Evidence) -> pd.Timestamp:
    return pd.Timestamp(evidence.as_of)


def _pits(evidence: Evidence, day: pd.Timestamp, seed: list[int]) -> dict:
    """Months ahead -> (drivers,), of those whose day has come."""
    asked = futures_and_came(evidence, day, seed)
    return {months: (future < came).mean(axis=0) for months, (future, came) in asked.items()}


def futures_and_came(evidence: Evidence, day: pd.Timestamp, seed: list[int]) -> dict:
    """Months ahead -> raw levels said on `day`, (draws, drivers), and those that came, (drivers,).

    Of the months ahead whose day has come.
    """
    scenario = evidence.scenario
    ahead = {months: day + pd.Timedelta(days=round(months * MONTH_DAYS)) for months in HORIZONS}
    ahead = {months: to for months, to in ahead.items() if to <= _end(evidence)}
    known = known_history(evidence, day)
    came = _history(evidence, pd.DatetimeIndex(list(ahead.values())), _end(evidence)).mean
    noise = np.random.default_rng(seed).standard_normal((DRAWS, *known.noise.shape[1:]))
    raw = known.mean + np.einsum("ncd,tcd->ntd", noise, known.noise)
    path = drawn(scenario, raw, max(ahead) + 1, seed)["raw_path"]
    return {m: (path[:, m], level) for m, level in zip(ahead, came, strict=True)}


def known_history(evidence: Evidence, day: pd.Timestamp) -> drivers.History:
    """The drivers month by month since the record began up to `day`, by what was known on it."""
    return _history(
        evidence, drivers.month_grid(pd.Timestamp(evidence.scenario.record_from), day), day
    )


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
    right = right_pits(evidence, pits)
    coverage, tenths = driver_coverage(pits, right), pit_tenths(pits, right)
    yield f"Share of what came inside the 90 % band, to {_end(evidence).date()}, and by chance:"
    yield _wide(coverage, "driver").loc[[*evidence.scenario.driver_ids, ALL]].to_string()
    yield "PIT by tenths, and by chance:"
    yield _wide(tenths.assign(low=tenths["low"].round(1)), "low").to_string()


def _wide(table: pd.DataFrame, index: str) -> pd.DataFrame:
    """A column a horizon: the share, and between which ends chance puts it."""
    share = "inside" if "inside" in table else "share"
    cells = [
        f"{row[share]:.2f} ({row['by_chance_low']:.2f} to {row['by_chance_high']:.2f})"
        for _, row in table.iterrows()
    ]
    return table.assign(cell=cells).pivot(index=index, columns="months", values="cell")


if __name__ == "__main__":
    place = Path(sys.argv[1])
    print("\n".join(_printed(load_evidence(place, last_evidence(place)))))
