"""Observations: the evidence of one as-of date as the arrays that the likelihood reads."""

from datetime import date

import numpy as np
import pandas as pd

from model.evidence import Evidence
from model.evidence.collected import collected_to
from model.fit import drivers
from model.fit.clocks import running
from model.fit.drivers import History
from model.fit.structure import places, structure, trait_names, waiting_class
from model.runs.observed import Builds, Cases, Cells, DriverHistory, Months, Observed, Weeks
from model.scenario import YEAR_DAYS, Outcome, Scenario

NO_TIME = 1e-9  # years; a clock's start, where a logarithm is wanted
WEEK_DAYS = 7
MULTI_MONTH_CHANCE = 2 / 12  # an event that straddles two months touches two of the year's twelve


def observations(evidence: Evidence) -> Observed:
    """All arrays of the likelihood for `evidence`, which is already cut at its as-of date.

    Raises ValueError where a table names a class that the scenario lacks; `check` says so in words.
    """
    scenario = evidence.scenario
    cases, builds = _cases(scenario, evidence.cases, readings(evidence))
    deaths = _monthly_deaths(evidence)
    flow_days = drivers.month_grid(pd.Timestamp(scenario.record_from), pd.Timestamp(evidence.as_of))
    by_week, by_month, flow = _histories(evidence, deaths.index, flow_days)
    return Observed(
        structure=structure(scenario),
        cases=cases,
        builds=builds,
        cells=_cells(scenario, evidence.rates),
        weeks=_record(evidence, by_week),
        months=_months(deaths, by_month),
        history=DriverHistory(mean=flow.mean, noise=flow.noise, day=flow_days.to_numpy("M8[ns]")),
        gate_cap=gate_caps(scenario, builds),
        driver_noise_kept=flow.noise_kept,
    )


def readings(evidence: Evidence) -> dict[str, pd.Series]:
    """Coded trait -> the two readers' mean, 0 to 1, by case; 0.5 where they disagree."""
    table = evidence.case_codings
    mean = (table["first_reader"] + table["second_reader"]) / 2
    return {
        trait: mean[rows.index].set_axis(rows["case"]) for trait, rows in table.groupby("trait")
    }


def _traits(scenario: Scenario, table: pd.DataFrame, read: dict[str, pd.Series]) -> np.ndarray:
    """(rows, traits): how far a row's trait is from the region's; 0 for other classes' traits."""
    sets = table["traits"].fillna("").str.split(";").map(set)
    rows = []
    for of, trait, region in trait_names(scenario):
        if trait in read:
            has = table["case"].map(read[trait]).astype(float).fillna(region)
        else:
            # `trait=trait`: a lambda would else see the loop's last
            has = sets.map(lambda traits, trait=trait: trait in traits).astype(float)
        rows.append(np.where(table["class"] == of, has - region, 0.0))
    return np.array(rows).reshape(len(rows), len(table)).T


def counted(scenario: Scenario, cases: pd.DataFrame, read: dict[str, pd.Series]) -> pd.Series:
    """(cases,): by how much each ending counts as the event, 0 to 1.

    Where a class counts only endings with a coded trait, by as much as the readers saw of it.
    """
    event = cases["event"].astype(float)
    for of in scenario.classes:
        if of.counts is not None:
            # on early days no reader has coded it yet, and no ending counts
            seen = cases["case"].map(read.get(of.counts, {})).astype(float).fillna(0.0)
            event = event.where(cases["class"] != of.id, event * seen)
    return event


def _cases(
    scenario: Scenario, cases: pd.DataFrame, read: dict[str, pd.Series]
) -> tuple[Cases, Builds]:
    """Cases with a duration; those settled at once are a share of their own and no duration."""
    cases = cases.assign(event=counted(scenario, cases, read))
    cases = cases[cases["at_once"] == 0]
    # a case that ends on the day it starts took part of a day, and a logarithm wants some time
    time = (cases["end"] - cases["start"]).dt.days.clip(lower=1) / YEAR_DAYS
    built = cases["class"].isin([c.id for c in scenario.classes if c.gate_share is not None])
    at_risk = ~built & (time > cases["entry_years"].fillna(0.0))
    waited = _waited(scenario, cases[at_risk], time[at_risk], read)
    return waited, _built(scenario, cases[built], time[built], read)


def _waited(
    scenario: Scenario, cases: pd.DataFrame, time: pd.Series, read: dict[str, pd.Series]
) -> Cases:
    entry = cases["entry_years"].fillna(0.0).clip(lower=NO_TIME)
    return Cases(
        class_=places(cases["class"], scenario.class_ids),
        log_time=np.log(time.to_numpy(float)),
        log_entry=np.log(entry.to_numpy(float)),
        event=cases["event"].to_numpy(float),
        traits=_traits(scenario, cases, read),
        id=cases["case"].to_numpy(str),
    )


def _built(
    scenario: Scenario, cases: pd.DataFrame, time: pd.Series, read: dict[str, pd.Series]
) -> Builds:
    return Builds(
        class_=places(cases["class"], scenario.class_ids),
        time=time.to_numpy(float),
        event=cases["event"].to_numpy(float),
        traits=_traits(scenario, cases, read),
        id=cases["case"].to_numpy(str),
    )


def _cells(scenario: Scenario, rates: pd.DataFrame) -> Cells:
    start = rates["from_years"].fillna(0.0).to_numpy(float)
    end = rates["to_years"].fillna(1.0).to_numpy(float)
    return Cells(
        class_=places(rates["class"], scenario.class_ids),
        log_from=np.log(np.maximum(start, NO_TIME)),
        log_to=np.log(end),
        events=rates["events"].to_numpy(float),
        exposure_per_year=rates["exposure_years"].to_numpy(float) / (end - start),
        traits=_traits(scenario, rates.assign(case=""), {}),
        id=rates["cell"].to_numpy(str),
    )


def gate_caps(scenario: Scenario, builds: Builds) -> np.ndarray:
    """(classes,) shortest time, in years, in which a case of the class was built; 1 if none was."""
    caps = np.ones(len(scenario.classes))
    for c in range(len(caps)):
        done = builds.time[(builds.class_ == c) & (builds.event == 1)]
        caps[c] = done.min() if len(done) else 1.0
    return caps


def occurrences(evidence: Evidence) -> dict[str, list[pd.Timestamp]]:
    """Outcome -> the days on which it happened in the region's own record, ascending."""
    happened = evidence.resolutions[evidence.resolutions["status"] == "happened"]
    by_outcome = {}
    for outcome in evidence.scenario.outcomes:
        if outcome.record is None:
            days = happened.loc[happened["outcome"] == outcome.id, "date"]
        else:
            days = deadly_months(evidence.clashes, outcome.record.deaths)
        by_outcome[outcome.id] = sorted(days)
    return by_outcome


def deadly_months(clashes: pd.DataFrame, deaths: float) -> list[pd.Timestamp]:
    """The days on which a calendar month's toll inside Armenia or on its border reached `deaths`.

    clashes: one row per clash (date, in_armenia_proper 0 or 1, deaths). At most one day per month.
    """
    inside = clashes[clashes["in_armenia_proper"] == 1].sort_values("date")
    toll = inside.groupby(inside["date"].dt.to_period("M"))["deaths"].cumsum()
    reached = inside[toll >= deaths]
    return list(reached.groupby(reached["date"].dt.to_period("M"))["date"].min())


def _record(evidence: Evidence, levels: History) -> Weeks:
    """The weeks since the record began: what could have happened, what did, which links acted.

    The hazard in the middle of a week stands for the week. Staged classes have no part in it: they
    cannot act before works begin. Days past the one to which an outcome's table is collected are
    unknown and have no exposure.
    """
    scenario = evidence.scenario
    starts, ends = _weeks(scenario, evidence.as_of)
    days = occurrences(evidence)
    pairs = [
        _exposure_and_event(o, days[o.id], starts, _known_ends(evidence, o, starts, ends))
        for o in scenario.outcomes
    ]
    classes, clock, log_time = _week_clocks(scenario, evidence.as_of, starts, ends)
    return Weeks(
        class_=classes,
        clock=clock,
        log_time=log_time,
        exposure=np.stack([exposure for exposure, _ in pairs], axis=1),
        event=np.stack([event for _, event in pairs], axis=1),
        acting=acting(scenario, days, starts),
        mean=levels.mean,
        noise=levels.noise,
    )


def _week_clocks(
    scenario: Scenario, as_of: date, starts, ends
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Class that acts, its clock, and log of the clock's years in mid-week: (weeks, outcomes)."""
    ran = [[running(scenario, o, day.date(), as_of) for o in scenario.outcomes] for day in starts]
    since = np.array([[pd.Timestamp(ran.began) for ran in week] for week in ran], "M8[ns]")
    middle = (starts + (ends - starts) / 2).to_numpy()[:, None]
    classes = [waiting_class(scenario, ran.clock) for week in ran for ran in week]
    of = places(classes, scenario.class_ids).reshape(since.shape)
    number = [ran.number for week in ran for ran in week]
    return of, np.array(number).reshape(since.shape), np.log(_years(middle - since))


def _years(span: np.ndarray) -> np.ndarray:
    return span / np.timedelta64(1, "D") / YEAR_DAYS


def _weeks(scenario: Scenario, as_of: date) -> tuple[pd.DatetimeIndex, pd.DatetimeIndex]:
    # the as-of day is known to its end, so the last week stops the morning after, and may be short
    stop = pd.Timestamp(as_of) + pd.Timedelta(days=1)
    starts = pd.date_range(scenario.record_from, stop, freq="7D", inclusive="left")
    week = pd.Timedelta(days=WEEK_DAYS)
    return starts, (starts + week).where(starts < stop - week, stop)


def known_until(evidence: Evidence, outcome: Outcome) -> date:
    """The last day on which it is known whether the outcome had happened."""
    table = "resolutions" if outcome.record is None else outcome.record.table
    return collected_to(evidence.collected, table, evidence.as_of)


def _known_ends(evidence: Evidence, outcome: Outcome, starts, ends) -> pd.DatetimeIndex:
    """The weeks' ends, none after the last day known; a week all of which is unknown is empty."""
    after = pd.Timestamp(known_until(evidence, outcome)) + pd.Timedelta(days=1)
    return ends.where(ends < after, after).where(starts < after, starts)


def _exposure_and_event(outcome: Outcome, days, starts, ends) -> tuple[np.ndarray, np.ndarray]:
    event = np.array(
        [sum(s <= day < e for day in days) for s, e in zip(starts, ends, strict=True)], float
    )
    exposure = (ends - starts).days.to_numpy() / YEAR_DAYS
    # the week in which it happens stays exposed in full, as its day within the week is not used
    if days and not outcome.happens_again:
        exposure = np.where(starts > days[0], 0.0, exposure)
    return exposure, event


def acting(
    scenario: Scenario, days: dict[str, list[pd.Timestamp]], at: pd.DatetimeIndex
) -> np.ndarray:
    """(times, links): chance, 0..1, that each link acts at `at`, from what has already happened.

    days: as `occurrences` returns them. A link starts the day after; of several occurrences the
    latest counts.
    """
    columns = []
    for link in scenario.links:
        half_life = scenario.outcome(link.from_).link_half_life_days or np.inf
        past = days[link.from_]
        ages = np.array([[(t - day).days for day in past] for t in at], float).reshape(len(at), -1)
        chance = np.where(ages > 0, 0.5 ** (np.maximum(ages, 0) / half_life), 0.0)
        columns.append(chance.max(axis=1, initial=0.0))
    return np.stack(columns, axis=1) if columns else np.zeros((len(at), 0))


def _monthly_deaths(evidence: Evidence) -> pd.DataFrame:
    """Full months since the record began: deaths and unassigned_in_year, both places together."""
    scenario = evidence.scenario
    is_told = scenario.deaths is not None
    table = evidence.deaths[evidence.deaths["month"] > pd.Timestamp(scenario.record_from)]
    table = table if is_told else table.iloc[:0]
    return table.groupby("month")[["deaths", "unassigned_in_year"]].sum()


def _months(months: pd.DataFrame, levels: History) -> Months:
    # a year's deaths without a month: half of them for each of the two months they may touch
    unassigned = months["unassigned_in_year"].to_numpy(float)
    return Months(
        deaths=months["deaths"].to_numpy(float),
        deaths_more=months["deaths"].to_numpy(float) + np.ceil(unassigned / 2),
        more_chance=np.where(unassigned > 0, MULTI_MONTH_CHANCE, 0.0),
        mean=levels.mean,
        noise=levels.noise,
        start=months.index.to_numpy("M8[ns]"),
    )


def _histories(evidence: Evidence, months, flow: pd.DatetimeIndex) -> list[History]:
    """Driver histories before each week, before each of `months`, and on the days of `flow`.

    A week or a month is exposed to the levels on the evening before it starts, so that no event
    explains itself.
    """
    scenario, evening = evidence.scenario, pd.Timedelta(days=1)
    weeks = _weeks(scenario, evidence.as_of)[0] - evening
    wanted = weeks, pd.DatetimeIndex(months) - evening, flow
    # one history for all three: the noise of a day must be the same wherever it is read
    times = wanted[0].union(wanted[1]).union(wanted[2])
    table = drivers.signals(evidence.events, evidence.codings, scenario.coding)
    history = drivers.history(table, scenario.drivers, times)
    places = [times.get_indexer(days) for days in wanted]
    return [History(history.mean[at], history.noise[at], history.noise_kept) for at in places]
