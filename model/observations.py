"""Observations: the evidence of one as-of date as the plain arrays that the likelihood reads.

Everything here is a dict of NumPy arrays, named by what it describes: `case_*`, `build_*` and
`cell_*` the reference classes, `week_*` the region's own record, `month_*` battle deaths, `flow_*`
the drivers month by month, and the structure of the scenario (`effect_*`, `link_*`).
Times are years unless a name says otherwise.
"""

import numpy as np
import pandas as pd

from model import drivers
from model.evidence import Evidence
from model.months import YEAR_DAYS
from model.scenario import Scenario

NO_TIME = 1e-9  # years; a clock's start, where a logarithm is wanted
WEEK_DAYS = 7
MULTI_MONTH_CHANCE = 2 / 12  # an event that straddles two months touches two of the year's twelve


def observations(evidence: Evidence) -> dict[str, np.ndarray]:
    """All arrays of the likelihood for `evidence`, which is already cut at its as-of date."""
    scenario = evidence.scenario
    return (
        structure(scenario)
        | _cases(scenario, evidence.cases)
        | _cells(scenario, evidence.rates)
        | _record(evidence)
        | _months(evidence)
        | _drivers(evidence)
    )


def structure(scenario: Scenario) -> dict[str, np.ndarray]:
    """The scenario's arrows as index vectors and selection matrices."""
    classes, outcomes = scenario.class_ids, scenario.outcome_ids
    by_class = [link.hazard_of is not None for link in scenario.links]
    return {
        "effect_place": _effect_places(scenario),
        "outcome_of_deaths": _choose([scenario.deaths.outcome], outcomes)[0],
        "link_from": _places([link.from_ for link in scenario.links], outcomes),
        "link_to": _choose([link.to for link in scenario.links], outcomes),
        "link_by_class": np.array(by_class, float),
        "link_class": _places([link.hazard_of or classes[0] for link in scenario.links], classes),
        "link_base": _places([_base_class(scenario, link.to) for link in scenario.links], classes),
    }


def _effect_places(scenario: Scenario) -> np.ndarray:
    """(effects, drivers, outcomes): 1 where the effect acts."""
    start = _choose([effect.from_ for effect in scenario.effects], scenario.driver_ids)
    end = _choose([effect.to for effect in scenario.effects], scenario.outcome_ids)
    return start[:, :, None] * end[:, None, :]


def _base_class(scenario: Scenario, outcome: str) -> str:
    return waiting_class(scenario, scenario.outcome(outcome).clocks[0])


def _places(names, among) -> np.ndarray:
    return np.array([among.index(name) for name in names], dtype=np.int64)


def _choose(names, among) -> np.ndarray:
    """(names, among) selection matrix: 1 where the name is."""
    return (np.array(names)[:, None] == np.array(among)[None, :]).astype(float)


def trait_names(scenario: Scenario) -> list[tuple[str, str, float]]:
    """(class, trait, the region's value) of every trait, in the order of the parameter vector."""
    return [(c.id, trait, value) for c in scenario.classes for trait, value in c.traits.items()]


def _traits(scenario: Scenario, table: pd.DataFrame) -> np.ndarray:
    """(rows, traits): how far a row's trait is from the region's; 0 for other classes' traits."""
    sets = table["traits"].fillna("").str.split(";").map(set)
    rows = []
    for of, trait, region in trait_names(scenario):
        has = sets.map(lambda traits, trait=trait: trait in traits).astype(float)
        rows.append(np.where(table["class"] == of, has - region, 0.0))
    return np.array(rows).reshape(len(rows), len(table)).T


def _cases(scenario: Scenario, cases: pd.DataFrame) -> dict[str, np.ndarray]:
    """Cases with a duration; those settled at once are a share of their own and no duration."""
    cases = cases[cases["at_once"] == 0]
    time = (cases["end"] - cases["start"]).dt.days.clip(lower=1) / YEAR_DAYS
    built = cases["class"].isin([c.id for c in scenario.classes if c.gate_share is not None])
    at_risk = ~built & (time > cases["entry_years"].fillna(0.0))
    return _waited(scenario, cases[at_risk], time[at_risk]) | _built(
        scenario, cases[built], time[built]
    )


def _waited(scenario: Scenario, cases: pd.DataFrame, time: pd.Series) -> dict[str, np.ndarray]:
    entry = cases["entry_years"].fillna(0.0).clip(lower=NO_TIME)
    return {
        "case_class": _places(cases["class"], scenario.class_ids),
        "case_log_time": np.log(time.to_numpy(float)),
        "case_log_entry": np.log(entry.to_numpy(float)),
        "case_event": cases["event"].to_numpy(float),
        "case_traits": _traits(scenario, cases),
        "case_id": cases["case"].to_numpy(str),
    }


def _built(scenario: Scenario, cases: pd.DataFrame, time: pd.Series) -> dict[str, np.ndarray]:
    return {
        "build_class": _places(cases["class"], scenario.class_ids),
        "build_time": time.to_numpy(float),
        "build_event": cases["event"].to_numpy(float),
        "build_traits": _traits(scenario, cases),
        "build_id": cases["case"].to_numpy(str),
    }


def _cells(scenario: Scenario, rates: pd.DataFrame) -> dict[str, np.ndarray]:
    start = rates["from_years"].fillna(0.0).to_numpy(float)
    end = rates["to_years"].fillna(1.0).to_numpy(float)
    return {
        "cell_class": _places(rates["class"], scenario.class_ids),
        "cell_log_from": np.log(np.maximum(start, NO_TIME)),
        "cell_log_to": np.log(end),
        "cell_events": rates["events"].to_numpy(float),
        "cell_exposure_per_year": rates["exposure_years"].to_numpy(float) / (end - start),
        "cell_traits": _traits(scenario, rates),
        "cell_id": rates["cell"].to_numpy(str),
    }


def gate_caps(scenario: Scenario, data) -> np.ndarray:
    """(classes,) shortest time, in years, in which a case of the class was built; 1 if none was."""
    caps = np.ones(len(scenario.classes))
    for c in range(len(caps)):
        done = data["build_time"][(data["build_class"] == c) & (data["build_event"] == 1)]
        caps[c] = done.min() if len(done) else 1.0
    return caps


def occurrences(evidence: Evidence) -> dict[str, list[pd.Timestamp]]:
    """For each outcome the days on which it happened in the region's own record."""
    happened = evidence.resolutions[evidence.resolutions["status"] == "happened"]
    found = {}
    for outcome in evidence.scenario.outcomes:
        if outcome.record is None:
            days = happened.loc[happened["outcome"] == outcome.id, "date"]
        else:
            days = deadly_months(evidence.clashes, outcome.record.deaths)
        found[outcome.id] = sorted(days)
    return found


def deadly_months(clashes: pd.DataFrame, deaths: float) -> list[pd.Timestamp]:
    """The days on which a month's toll inside Armenia or on its border reached `deaths`."""
    own = clashes[clashes["in_armenia_proper"] == 1].sort_values("date")
    toll = own.groupby(own["date"].dt.to_period("M"))["deaths"].cumsum()
    reached = own[toll >= deaths]
    return list(reached.groupby(reached["date"].dt.to_period("M"))["date"].min())


def clock_at(outcome, day, as_of):
    """The clock that ran on `day`, among those known by `as_of`."""
    known = [c for c in outcome.clocks if c.known_on <= as_of and pd.Timestamp(c.date) <= day]
    return max(known, key=lambda clock: clock.date)


def waiting_class(scenario: Scenario, clock) -> str:
    """The clock's class that is not staged: what can happen without building."""
    return next(of for of in clock.classes if scenario.reference_class(of).gate_share is None)


def _record(evidence: Evidence) -> dict[str, np.ndarray]:
    """The weeks since the record began: what could have happened, what did, which links acted.

    The hazard in the middle of a week stands for the week. Staged classes have no part in it: they
    cannot act before works begin.
    """
    scenario = evidence.scenario
    starts, ends = _weeks(scenario, evidence.as_of)
    days = occurrences(evidence)
    pairs = [_exposure_and_event(o, days[o.id], starts, ends) for o in scenario.outcomes]
    return {
        "week_exposure": np.stack([exposure for exposure, _ in pairs], axis=1),
        "week_event": np.stack([event for _, event in pairs], axis=1),
        **_week_clocks(scenario, evidence.as_of, starts, ends),
        "week_acting": acting(scenario, days, starts),
    }


def _week_clocks(scenario: Scenario, as_of, starts, ends) -> dict[str, np.ndarray]:
    clocks = [[clock_at(o, day, as_of) for o in scenario.outcomes] for day in starts]
    since = np.array([[pd.Timestamp(clock.date) for clock in week] for week in clocks], "M8[ns]")
    middle = (starts + (ends - starts) / 2).to_numpy()[:, None]
    classes = [waiting_class(scenario, clock) for week in clocks for clock in week]
    return {
        "week_log_time": np.log(_years(middle - since)),
        "week_class": _places(classes, scenario.class_ids).reshape(since.shape),
    }


def _years(span: np.ndarray) -> np.ndarray:
    return span / np.timedelta64(1, "D") / YEAR_DAYS


def _weeks(scenario: Scenario, as_of) -> tuple[pd.DatetimeIndex, pd.DatetimeIndex]:
    stop = pd.Timestamp(as_of) + pd.Timedelta(days=1)
    starts = pd.date_range(scenario.record_from, stop, freq="7D", inclusive="left")
    week = pd.Timedelta(days=WEEK_DAYS)
    return starts, (starts + week).where(starts < stop - week, stop)


def _exposure_and_event(outcome, days, starts, ends) -> tuple[np.ndarray, np.ndarray]:
    event = np.array(
        [sum(s <= day < e for day in days) for s, e in zip(starts, ends, strict=True)], float
    )
    exposure = (ends - starts).days.to_numpy() / YEAR_DAYS
    if days and not outcome.happens_again:
        exposure = np.where(starts > days[0], 0.0, exposure)
    return exposure, event


def acting(scenario: Scenario, days, at: pd.DatetimeIndex) -> np.ndarray:
    """(times, links): chance that each link acts at `at`, from what has already happened."""
    columns = []
    for link in scenario.links:
        half_life = scenario.outcome(link.from_).link_half_life_days or np.inf
        past = [day for day in days[link.from_]]
        ages = np.array([[(t - day).days for day in past] for t in at], float).reshape(len(at), -1)
        chance = np.where(ages > 0, 0.5 ** (np.maximum(ages, 0) / half_life), 0.0)
        columns.append(chance.max(axis=1, initial=0.0))
    return np.stack(columns, axis=1) if columns else np.zeros((len(at), 0))


def _months(evidence: Evidence) -> dict[str, np.ndarray]:
    """Battle deaths of the full months since the record began, both places together."""
    table = evidence.deaths.assign(month=evidence.deaths["month"])
    table = table[table["month"] > pd.Timestamp(evidence.scenario.record_from)]
    months = table.groupby("month")[["deaths", "unassigned_in_year"]].sum()
    homeless = months["unassigned_in_year"].to_numpy(float)
    return {
        "month_deaths": months["deaths"].to_numpy(float),
        "month_deaths_more": months["deaths"].to_numpy(float) + np.ceil(homeless / 2),
        "month_more_chance": np.where(homeless > 0, MULTI_MONTH_CHANCE, 0.0),
        "month_start": months.index.to_numpy("M8[ns]"),
    }


def _drivers(evidence: Evidence) -> dict[str, np.ndarray]:
    """Driver histories where the likelihood and the forecast need them.

    A week or a month is exposed to the levels on the evening before it starts, so that no event
    explains itself.
    """
    scenario, as_of = evidence.scenario, pd.Timestamp(evidence.as_of)
    weeks = _weeks(scenario, evidence.as_of)[0] - pd.Timedelta(days=1)
    months = pd.DatetimeIndex(_months(evidence)["month_start"]) - pd.Timedelta(days=1)
    flow = drivers.month_grid(pd.Timestamp(scenario.record_from), as_of)
    times = weeks.union(months).union(flow)
    table = drivers.signals(evidence.events, evidence.codings, scenario.coding)
    history = drivers.history(table, scenario.drivers, times)
    arrays = {"driver_noise_kept": history.kept}
    for name, wanted in (("week", weeks), ("month", months), ("flow", flow)):
        rows = times.get_indexer(wanted)
        arrays[f"{name}_mean"] = history.mean[rows]
        arrays[f"{name}_noise"] = history.noise[rows]
    return arrays | {"flow_day": flow.to_numpy("M8[ns]")}
