"""The evidence: every table of a scenario, cut to what was known by the as-of date."""

import hashlib
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

import pandas as pd

from model.assumptions import Assumptions
from model.assumptions.files import SetFile, by_name, set_files
from model.evidence.collected import cut_collected, last_as_of
from model.evidence.whole_set import finish
from model.scenario import YEAR_DAYS, Scenario, known_by, load_scenario

# Tables that a scenario may do without, with their columns: it then has no row of them.
OPTIONAL = {"claims": "claim actor says kind from to sign contested".split()}
UNKNOWN = "unknown"  # the country of a source where neither its name nor its site tells

# Columns not named here are read as text, a blank as "".
DATES = {
    "events": ("date", "known_on"),
    "reference_cases": ("start", "end"),
    "reference_rates": ("known_on",),
    "battle_deaths": ("month", "known_on"),
    "border_clashes": ("date", "known_on"),
    "resolutions": ("date", "known_on"),
    "crowd": ("date", "closes"),
    "collected": ("collected_to",),
}
NUMBERS = {
    "codings": ("first_coder", "second_coder"),
    "case_codings": ("first_reader", "second_reader"),
    "reference_cases": ("event", "entry_years", "at_once"),
    "reference_rates": ("from_years", "to_years", "events", "exposure_years"),
    "battle_deaths": ("deaths", "unassigned_in_year"),
    "border_clashes": ("in_armenia_proper", "deaths_armenia", "deaths_azerbaijan", "deaths"),
    "crowd": ("probability", "resolved"),
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """What was known by `as_of`: the scenario and one DataFrame per table, dates as datetime64.

    Columns are those of the CSV files; blank numbers are NaN, blank dates NaT, blank text "".
    `deaths["month"]` is the first day of the month. Rows keep the order of the files.
    sources: of the events' media, the country of each. collected: up to which day each table tells.
    sets: the built-in assumption sets by name,
    their days those that their files count from `as_of`. set_files: these files, of uncut evidence
    alone, which is of no day.
    """

    as_of: date
    scenario: Scenario
    events: pd.DataFrame
    codings: pd.DataFrame
    cases: pd.DataFrame
    case_codings: pd.DataFrame
    rates: pd.DataFrame
    deaths: pd.DataFrame
    clashes: pd.DataFrame
    resolutions: pd.DataFrame
    crowd: pd.DataFrame
    claims: pd.DataFrame
    sources: pd.DataFrame
    collected: pd.DataFrame
    sets: dict[str, Assumptions]
    set_files: tuple[SetFile, ...] = ()


# By type, so that a table added to the class is stored with a run without a second list.
TABLES = tuple(field.name for field in fields(Evidence) if field.type is pd.DataFrame)


def load_evidence(folder: Path, as_of: date) -> Evidence:
    """Read a scenario's folder and cut every table at `as_of`; raises what `read_evidence` does."""
    return cut(read_evidence(folder), as_of)


def read_evidence(folder: Path) -> Evidence:
    """All that a scenario's folder holds, uncut: each file is read once.

    Trusts the tables: `python -m model check` is what finds their faults. Raises what
    `load_scenario` raises, AssumptionsError for a set that cannot be read, FileNotFoundError for a
    missing table, and ValueError or KeyError for a column that is missing or cannot be read.
    """
    finish(folder)
    return Evidence(
        as_of=date.max,
        scenario=load_scenario(folder),
        events=read_table(folder, "events"),
        codings=read_table(folder, "codings"),
        cases=read_table(folder, "reference_cases"),
        case_codings=read_table(folder, "case_codings"),
        rates=read_table(folder, "reference_rates"),
        deaths=read_table(folder, "battle_deaths"),
        clashes=read_table(folder, "border_clashes"),
        resolutions=read_table(folder, "resolutions"),
        crowd=read_table(folder, "crowd"),
        claims=read_table(folder, "claims"),
        sources=read_table(folder, "sources"),
        collected=read_table(folder, "collected"),
        sets={},
        set_files=set_files(Path(folder)),
    )


def cut(evidence: Evidence, as_of: date) -> Evidence:
    """Uncut evidence as it was known on `as_of`: rows learned later are gone, endings too.

    So are clocks and turns of switches in the scenario. Claims are of no day. Raises
    AssumptionsError for a set that cannot be read.
    """
    day = pd.Timestamp(as_of)
    events = _known(evidence.events, day)
    codings, sources = evidence.codings, evidence.sources
    cases = _cut_cases(evidence.cases, day)
    return replace(
        evidence,
        as_of=as_of,
        scenario=known_by(evidence.scenario, as_of),
        events=events,
        codings=_rows(codings, codings["event"].isin(events["event"])),
        cases=cases,
        case_codings=_cut_readings(evidence, cases, day),
        rates=_known(evidence.rates, day),
        deaths=_cut_deaths(evidence.deaths, day),
        clashes=_known(evidence.clashes, day),
        resolutions=_cut_resolutions(evidence.resolutions, day),
        crowd=_cut_crowd(evidence.crowd, day),
        sources=_rows(sources, sources["source"].isin(events["source"])),
        collected=cut_collected(evidence.collected, day),
        sets=by_name(evidence.set_files, as_of),
        set_files=(),
    )


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """One CSV of the scenario, uncut: dates as datetime64, numbers as float64, the rest text.

    Without a row where the file is missing and may be (`OPTIONAL`).
    """
    path = Path(folder) / f"{name}.csv"
    if name in OPTIONAL and not path.exists():
        return pd.DataFrame(columns=OPTIONAL[name], dtype="str")
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    for column in DATES.get(name, ()):
        form = "%Y-%m" if column == "month" else "%Y-%m-%d"
        dates = pd.to_datetime(table[column].replace("", None), format=form)
        table[column] = dates.astype("datetime64[us]")
    for column in NUMBERS.get(name, ()):
        table[column] = pd.to_numeric(table[column].replace("", None)).astype("float64")
    return table


def stamp(folder: Path) -> str:
    """16 characters of text, others once a file below it is changed, added, renamed or gone."""
    paths = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    # The time of the last write, not the content: asked at every rerun of a page.
    written = [(path.relative_to(folder).as_posix(), path.stat().st_mtime_ns) for path in paths]
    return hashlib.sha256(repr(written).encode()).hexdigest()[:16]


def countries(evidence: Evidence) -> pd.Series:
    """(events,): the country whose media each event is from, as `sources` has it, else "unknown".

    "several" and "unknown" are no country's.
    """
    by_source = evidence.sources.set_index("source")["country"]
    return evidence.events["source"].map(by_source).fillna(UNKNOWN)


def last_evidence(folder: Path) -> date:
    """The last as-of date of a scenario's folder, see `last_as_of`."""
    return last_as_of(read_table(folder, "collected"), read_table(folder, "events"))


def _rows(table: pd.DataFrame, keep: pd.Series) -> pd.DataFrame:
    return table[keep].reset_index(drop=True)


def _known(table: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    return _rows(table, table["known_on"] <= day)


def _cut_cases(cases: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Cases begun by `day`; one that ends later is censored at it, its ending not yet known."""
    watched_from = cases["start"] + pd.to_timedelta(
        cases["entry_years"].fillna(0) * YEAR_DAYS, unit="D"
    )
    unfinished = cases["end"] > day
    cut = cases.assign(
        event=cases["event"].mask(unfinished, 0.0),
        at_once=cases["at_once"].mask(unfinished, 0.0),
        end=cases["end"].mask(unfinished, day),
    )
    # A case not yet at risk on `day` says nothing, and would have a negative exposure.
    return _rows(cut, (cases["start"] <= day) & (~unfinished | (watched_from < day)))


def _cut_readings(evidence: Evidence, cases: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """What was read of the cases known by `day`; of an ending only where it had come by then."""
    readings, uncut = evidence.case_codings, evidence.cases
    of_endings = {of.counts for of in evidence.scenario.classes if of.counts is not None}
    ended = uncut.loc[uncut["end"] <= day, "case"]
    known = ~readings["trait"].isin(of_endings) | readings["case"].isin(ended)
    return _rows(readings, readings["case"].isin(cases["case"]) & known)


def _cut_deaths(deaths: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Months known by `day`; a year's unassigned deaths count once the year is over."""
    deaths = _known(deaths, day)
    unassigned = deaths["unassigned_in_year"].where(deaths["month"].dt.year < day.year, 0.0)
    return deaths.assign(unassigned_in_year=unassigned)


def _cut_resolutions(resolutions: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """What had happened by `day`; all else is open, without what was learned of it later."""
    known = resolutions["known_on"] <= day
    happened = known & (resolutions["status"] == "happened")
    return resolutions.assign(
        status=resolutions["status"].where(happened, "open"),
        date=resolutions["date"].where(happened),
        known_on=resolutions["known_on"].where(happened),
        note=resolutions["note"].where(known, ""),
        source_url=resolutions["source_url"].where(known, ""),
    )


def _cut_crowd(crowd: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """The crowd's forecasts up to `day`, answered only where the question had closed by then."""
    crowd = _rows(crowd, crowd["date"] <= day)
    return crowd.assign(resolved=crowd["resolved"].where(crowd["closes"] <= day))
