"""What the pages remember of runs and forecasts; `explanations.py` and `tables.py` hold the rest.

Runs are loaded once per process, with read-only arrays, and shared by all visitors.
The stamp of the evidence is part of every key, so changed evidence is picked up without a restart.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from model import forecast
from model.assumptions import NOTHING, Assumptions, files
from model.assumptions.standing import settled
from model.evidence import collected, evidence
from model.forecast import levels, served
from model.forecast.answer import as_json
from model.forecast.surprise import oddest_pair, surprises, together
from model.runs import Run, publication
from model.scenario import SCENARIO_FOLDER, Scenario, default_deadline, load_scenario, places
from pages.ui.memory import evidence_stamp, linked_run
from pages.ui.memory.once import by_run, by_set, once


class NoRun(Exception):
    """No fitted run is there for the day; raised so that its absence is not remembered."""


def scenario() -> Scenario:
    """The scenario as its file now stands."""
    return _scenario(stamp())


def as_of_range() -> tuple[date, date]:
    """First and last day a forecast can be made as of."""
    return collected.FIRST_AS_OF, _last_evidence(stamp())


def fitted_days() -> list[date]:
    """The days that have a run to be served, in order."""
    return _fitted_days(stamp(), (*sorted(path.name for path in _stored()), *_published()))


def since_then(as_of: date) -> pd.DataFrame:
    """What had become of each outcome after this day: rows of the resolutions that tell of later.

    Nothing of it is known to the model on that day.
    """
    rows = _table(stamp(), "resolutions")
    return rows[rows["known_on"] > pd.Timestamp(as_of)]


def claims() -> frozenset[str]:
    """The ids of the claims that a set may say it speaks to."""
    return frozenset(_table(stamp(), "claims")["claim"])


def run(as_of: date) -> Run | None:
    """The run served for this day, or None when none is fitted.

    A visitor who asked for the one that a link names gets that one.
    """
    if (linked := linked_run.opened(as_of, scenario().id)) is not None:
        return linked
    try:
        return _run(as_of, stamp(), _published())
    except NoRun:
        return None


def unusable(as_of: date) -> str:
    """Why the stored run of a day is of no use, one line; "" where none is stored."""
    return served.unusable(SCENARIO_FOLDER, as_of)


def published(run: Run, deadline: date) -> forecast.Forecast:
    """The forecast with nothing assumed; raises ValueError for a deadline past the horizon."""
    return supposed(run, NOTHING, deadline)


def supposed(run: Run, assumptions: Assumptions, deadline: date) -> forecast.Forecast:
    """The forecast under `assumptions`; shared, so its tables must not be changed in place.

    Raises what `model.forecast.forecast` raises. A refit that is done meanwhile is used.
    """
    answered = answer(run, assumptions, deadline)
    if isinstance(answered, ValueError):
        # A remembered error would otherwise grow by the frames of every page that raises it.
        raise answered.with_traceback(None)
    return answered


def answer(run: Run, assumptions: Assumptions, deadline: date) -> forecast.Forecast | ValueError:
    """What `supposed` returns or raises; a refusal and its suggestion are remembered too."""
    remembered = _answer_of_other_fit if assumptions.changes_the_fit else _answer
    try:
        return remembered(run, assumptions, deadline)
    except ValueError as unknown:  # evidence left out that this day does not have
        return unknown.with_traceback(None)


def basis_id(run: Run, assumptions: Assumptions) -> str:
    """The id of the run that answers; another than `run`'s once its beliefs were refitted."""
    return forecast.basis_id(run, assumptions)


@once(by_set, entries=200)
def surprise(run: Run, assumptions: Assumptions) -> tuple:
    """How surprising a set is: the table of its settings, all together, the oddest pair."""
    return surprises(run, assumptions), together(run, assumptions), oddest_pair(run, assumptions)


def evidence_choices(as_of: date) -> dict[str, dict[str, str]]:
    """What can be left out on this day: source, country, event, driver, case -> id -> its name."""
    fitted = run(as_of)
    return _evidence_choices(fitted.id, fitted)


def built_in_sets(as_of: date) -> dict[str, Assumptions]:
    """The scenario's own assumption sets as of a day, by name, as their files now stand.

    On a day that has a run their levels are settled by where its drivers stand.
    """
    now, fitted = stamp(), run(as_of)
    return _built_in_sets(as_of, now) if fitted is None else _settled_sets(fitted, as_of, now)


def fitted_levels(run: Run) -> Mapping[str, float]:
    """Each driver's fitted level on the as-of day, -2..2, by its id; the model remembers them."""
    return levels.fitted_levels(run)


@once(by_run, entries=100)
def reproduces(run: Run) -> bool:
    """Whether the forecast by year end, with nothing assumed, is bit for bit the stored one."""
    again = published(run, default_deadline(run.as_of))
    # Equal and not close: the same program, draws and order of sums give the same bits.
    return as_json(again) == run.published


@st.cache_resource
def fits() -> dict:
    """Fits started by the dashboard, by what is wanted; one dictionary per process."""
    return {}


def stamp() -> str:
    """A text that changes with the evidence's files: part of every key."""
    return evidence_stamp.stamp(SCENARIO_FOLDER)


@st.cache_resource(show_spinner=False, max_entries=2)
def _scenario(stamp: str) -> Scenario:
    return load_scenario(SCENARIO_FOLDER)


@st.cache_data(show_spinner=False, max_entries=2)
def _last_evidence(stamp: str) -> date:
    return evidence.last_evidence(SCENARIO_FOLDER)


def source_names() -> list[str]:
    """The sources that have a country."""
    return _table(stamp(), "sources")["source"].tolist()


def event_ids() -> set[str]:
    """The ids of all events, of every day."""
    return set(_table(stamp(), "events")["event"])


def judgements() -> pd.DataFrame:
    """What others foretold, of every day: rows of `published_judgements.csv`, all as text."""
    return _table(stamp(), "published_judgements")


@st.cache_data(show_spinner=False, max_entries=5)
def _table(stamp: str, name: str) -> pd.DataFrame:
    return evidence.read_table(SCENARIO_FOLDER, name)


def _stored() -> list[Path]:
    return list((places.home() / "runs").glob("[!.]*"))


def _published() -> tuple[str, ...]:
    """Texts that change once a run is published, held or released."""
    return publication.stamp()


# The names of what is stored are part of the key: a fit that ends is seen without a restart.
@st.cache_data(show_spinner=False, max_entries=4)
def _fitted_days(stamp: str, names: tuple[str, ...]) -> list[date]:
    return forecast.served_days(SCENARIO_FOLDER)


@st.cache_resource(show_spinner="Loading the run", max_entries=8)
def _run(as_of: date, stamp: str, published: tuple[str, ...]) -> Run:
    run = forecast.open_run(SCENARIO_FOLDER, as_of)
    if run is None:
        raise NoRun(as_of)
    return run


@once(by_set, entries=400)
def _answer(run: Run, assumptions: Assumptions, deadline: date) -> forecast.Forecast | ValueError:
    return _forecast_or_refusal(run, assumptions, deadline)


# An answer holds the run that gave it, for its curves. The one run of a day is in every answer to
# sets that leave the fit alone; a set that changes it has a run of its own, reweighted or refitted,
# some 12 MB. 400 of these would be 5 GB, so only those that a visitor may soon return to are kept.
@once(by_set, entries=12)
def _answer_of_other_fit(
    run: Run, assumptions: Assumptions, deadline: date
) -> forecast.Forecast | ValueError:
    return _forecast_or_refusal(run, assumptions, deadline)


def _forecast_or_refusal(
    run: Run, assumptions: Assumptions, deadline: date
) -> forecast.Forecast | ValueError:
    try:
        return forecast.forecast(run, assumptions, deadline)
    except ValueError as refusal:
        # the frames of what was tried hold runs and arrays, and a refusal is remembered for long
        refusal.__context__ = None
        return refusal.with_traceback(None)


@st.cache_data(show_spinner=False, max_entries=8)
def _evidence_choices(run_id: str, _run) -> dict[str, dict[str, str]]:
    known = _run.evidence
    events = known.events.sort_values("date", ascending=False)
    titles = {row.event: f"{row.date:%Y-%m-%d} {row.what_happened}" for row in events.itertuples()}
    sources = known.events["source"].value_counts()
    media = evidence.countries(known).value_counts()
    return {
        "source": {name: f"{name} ({count})" for name, count in sources.items()},
        "country": {name: f"{name} ({count})" for name, count in media.items()},
        "event": titles,
        "driver": {driver.id: driver.title for driver in known.scenario.drivers},
        "case": {row.case: f"{row.title} ({row.case})" for row in known.cases.itertuples()},
    }


@st.cache_resource(show_spinner=False, max_entries=32)
def _built_in_sets(as_of: date, stamp: str) -> dict[str, Assumptions]:
    return files.built_in_sets(SCENARIO_FOLDER, as_of)


@once(by_run, entries=32)
def _settled_sets(run: Run, as_of: date, stamp: str) -> dict[str, Assumptions]:
    stand = fitted_levels(run)
    return {name: settled(set_, stand) for name, set_ in _built_in_sets(as_of, stamp).items()}
