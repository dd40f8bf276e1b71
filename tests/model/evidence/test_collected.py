"""Up to when each table tells: which days can be asked, and that what lies past it is unknown."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from briefing.words import coverage
from model.evidence import load_evidence
from model.evidence.collected import FIRST_AS_OF, LATEST, as_of_problem, gap, last_as_of
from model.evidence.evidence import last_evidence, read_table
from model.fit import observations
from model.refit import known_evidence
from model.scenario import SCENARIO_FOLDER
from tests.model.check.broken_folder import row_where, set_cell

TODAY = date(2026, 11, 26)  # by no clock: the suite may run over midnight


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(SCENARIO_FOLDER, tmp_path / "scenario"))


@pytest.fixture
def quiet_since_september(folder):
    """A folder whose clashes are collected to the end of September 2025 only."""
    row = row_where(folder, "collected", what="border_clashes")
    set_cell(folder, "collected", row, "collected_to", "2025-09-30")
    return folder


def test_any_day_up_to_today_can_be_asked_and_the_latest_by_name():
    assert [as_of_problem(day, TODAY) for day in (FIRST_AS_OF, TODAY, LATEST)] == [None] * 3


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (FIRST_AS_OF - timedelta(days=1), "before the first as-of date"),
        (TODAY + timedelta(days=2), "in the future"),
    ],
)
def test_a_day_too_early_or_to_come_is_answered_with_the_range(day, why):
    assert as_of_problem(day, TODAY) == (
        f"{day} is {why}; choose a day from {FIRST_AS_OF} to {TODAY}, or latest"
    )


def test_the_last_day_is_the_one_to_which_events_are_collected():
    collected, events = (read_table(SCENARIO_FOLDER, name) for name in ("collected", "events"))
    (told,) = collected.loc[collected["what"] == "events", "collected_to"]
    assert last_evidence(SCENARIO_FOLDER) == told.date() >= events["known_on"].max().date()
    assert last_as_of(collected[:0], events) == events["known_on"].max().date()


def test_a_day_past_the_evidence_is_answered_as_of_the_last_it_reaches_and_the_gap_is_said():
    last = last_evidence(SCENARIO_FOLDER)
    assert known_evidence(SCENARIO_FOLDER, TODAY).as_of == last
    assert min(LATEST, last) == last
    # 2026-03-01 is 59 days after 2026-01-01
    assert "the 59 days since are unknown" in gap(date(2026, 3, 1), date(2026, 1, 1))
    assert gap(last, last) == gap(LATEST, last) == ""


def test_a_later_day_of_collecting_changes_nothing_of_an_earlier_as_of_day(folder):
    before = load_evidence(folder, date(2023, 9, 21)).collected
    row = row_where(folder, "collected", what="events")
    set_cell(folder, "collected", row, "collected_to", TODAY.isoformat())
    pd.testing.assert_frame_equal(before, load_evidence(folder, date(2023, 9, 21)).collected)


def test_weeks_past_the_clashes_that_are_collected_are_not_counted_as_quiet(quiet_since_september):
    evidence = load_evidence(quiet_since_september, date(2025, 12, 31))
    weeks = observations.observations(evidence).weeks
    k = evidence.scenario.outcome_ids.index("renewed_offensive")
    days = weeks.exposure.sum(axis=0) * 365.25
    # from 10 November 2020 through 30 September 2025, and through 31 December 2025
    assert days[k] == pytest.approx((date(2025, 9, 30) - date(2020, 11, 10)).days + 1)
    j = evidence.scenario.outcome_ids.index("peace_treaty")
    assert days[j] == pytest.approx((date(2025, 12, 31) - date(2020, 11, 10)).days + 1)


def test_what_is_behind_the_as_of_day_is_said_and_nothing_where_all_is_known(
    quiet_since_september,
):
    said = coverage.unknown_since(load_evidence(quiet_since_september, date(2025, 12, 31)))
    assert said == (
        "Not all is known up to that day: border clashes to 30 September 2025. "
        "What is later counts as unknown."
    )
    assert coverage.unknown_since(load_evidence(SCENARIO_FOLDER, date(2023, 9, 21))) == ""
