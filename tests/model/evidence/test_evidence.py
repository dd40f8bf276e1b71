"""The cut at the as-of date, rule by rule: nothing that was learned later is left."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from model.evidence import countries, load_evidence
from model.evidence.evidence import (
    DATES,
    cut,
    read_evidence,
    read_table,
    stamp,
)

FOLDER = Path(__file__).parents[3] / "data" / "south_caucasus"
AS_OF = date(2023, 9, 21)
TABLES = {
    "events": "events",
    "codings": "codings",
    "cases": "reference_cases",
    "rates": "reference_rates",
    "deaths": "battle_deaths",
    "clashes": "border_clashes",
    "resolutions": "resolutions",
    "crowd": "crowd",
    "claims": "claims",
    "sources": "sources",
}
CASE = {
    "case": "X-1",
    "title": "t",
    "entry_years": "",
    "at_once": "0",
    "traits": "",
    "comparable": "c",
    "quality": "weak",
    "source": "s",
    "source_url": "https://example.org",
}


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "scenario"))


@pytest.fixture(scope="module")
def evidence():
    return load_evidence(FOLDER, AS_OF)


def cells(folder, table):
    return pd.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False)


def write(folder, table, frame):
    frame.to_csv(folder / f"{table}.csv", index=False, lineterminator="\n")


def cut_case(folder, as_of, **case):
    """The one case as it looks on `as_of`, or None where it is not there."""
    row = CASE | {"class": load_evidence(FOLDER, AS_OF).scenario.class_ids[0]} | case
    columns = list(cells(FOLDER, "reference_cases"))
    write(folder, "reference_cases", pd.DataFrame([row])[columns])
    cases = load_evidence(folder, as_of).cases
    return None if cases.empty else cases.iloc[0]


def assert_same(before, after):
    for field in TABLES:
        assert_frame_equal(getattr(before, field), getattr(after, field), obj=field)


def test_an_event_counts_from_the_day_it_was_known(folder):
    events = cells(folder, "events")
    write(folder, "events", events.assign(date="2023-05-01", known_on="2023-09-22").head(1))
    assert load_evidence(folder, date(2023, 9, 21)).events.empty
    assert len(load_evidence(folder, date(2023, 9, 22)).events) == 1


def test_an_event_announced_ahead_counts_before_it_happens(folder):
    events = cells(folder, "events")
    write(folder, "events", events.assign(date="2023-10-05", known_on="2023-09-20").head(1))
    assert len(load_evidence(folder, date(2023, 9, 21)).events) == 1


def test_only_codings_of_known_events_are_left(evidence):
    assert set(evidence.codings["event"]) == set(evidence.events["event"])
    assert len(evidence.codings) < len(read_table(FOLDER, "codings"))


def test_a_case_that_ends_later_is_censored_at_the_as_of_date(folder):
    case = cut_case(folder, AS_OF, start="2022-01-01", end="2024-01-01", event="1", at_once="1")
    assert (case["end"], case["event"], case["at_once"]) == (pd.Timestamp(AS_OF), 0, 0)


def test_a_case_that_ended_by_the_as_of_date_keeps_its_ending(folder):
    case = cut_case(folder, AS_OF, start="2023-09-21", end="2023-09-21", event="1", at_once="1")
    assert (case["end"], case["event"], case["at_once"]) == (pd.Timestamp(AS_OF), 1, 1)


def test_a_case_that_starts_later_is_dropped(folder):
    assert cut_case(folder, AS_OF, start="2023-09-22", end="2024-01-01", event="1") is None


def test_a_case_cut_before_its_entry_is_dropped(folder):
    # Enters one year after 2023-01-01, so on 2024-01-01; a cut on 21 September comes before.
    spell = {"start": "2023-01-01", "end": "2025-01-01", "event": "1", "entry_years": "1.0"}
    assert cut_case(folder, AS_OF, **spell) is None
    assert cut_case(folder, date(2024, 6, 1), **spell)["event"] == 0


@pytest.mark.parametrize("field", ["events", "rates", "deaths", "clashes"])
def test_no_row_known_later_is_left(evidence, field):
    left = getattr(evidence, field)["known_on"]
    uncut = read_table(FOLDER, TABLES[field])["known_on"]
    assert len(left) == (uncut <= pd.Timestamp(AS_OF)).sum() > 0


def test_a_cell_of_a_class_counts_from_the_day_it_was_known(folder):
    rates = cells(folder, "reference_rates").head(2)
    write(folder, "reference_rates", rates.assign(known_on=["2023-09-21", "2023-09-22"]))
    assert load_evidence(folder, AS_OF).rates["cell"].tolist() == [rates["cell"][0]]


def test_a_month_of_deaths_is_known_when_it_was_published(evidence):
    # Published on the 20th of the following month: on 21 September the latest is August.
    assert evidence.deaths["month"].max() == pd.Timestamp(2023, 8, 1)


def test_unassigned_deaths_count_once_their_year_is_over(folder):
    deaths = cells(folder, "battle_deaths").assign(unassigned_in_year="7")
    write(folder, "battle_deaths", deaths)
    cut = load_evidence(folder, AS_OF).deaths
    by_year = cut.groupby(cut["month"].dt.year)["unassigned_in_year"].unique()
    assert by_year[2022].tolist() == [7.0]
    assert by_year[2023].tolist() == [0.0]


def test_an_outcome_that_happens_later_is_open_and_says_nothing_of_it(folder):
    table = cells(folder, "resolutions")
    later = {"status": "happened", "date": "2023-09-20", "known_on": "2023-09-22"}
    write(folder, "resolutions", table.assign(**later, note="it happened", source_url="https://x"))
    cut = load_evidence(folder, AS_OF).resolutions
    assert set(cut["status"]) == {"open"}
    assert cut[["date", "known_on"]].isna().all(axis=None)
    assert set(cut["note"]) == set(cut["source_url"]) == {""}


def test_an_outcome_known_to_have_happened_stays_so(folder):
    table = cells(folder, "resolutions")
    known = {"status": "happened", "date": "2023-09-20", "known_on": "2023-09-21"}
    write(folder, "resolutions", table.assign(**known))
    cut = load_evidence(folder, AS_OF).resolutions
    assert set(cut["status"]) == {"happened"}
    assert set(cut["date"]) == {pd.Timestamp(2023, 9, 20)}


def test_not_happened_is_never_known_ahead(evidence):
    assert set(evidence.resolutions["status"]) <= {"open", "happened"}
    assert len(evidence.resolutions) == len(evidence.scenario.outcomes)


def test_the_crowd_is_cut_by_day_and_unanswered_until_it_closes(folder):
    crowd = cells(folder, "crowd").head(2)
    days = ["2023-09-21", "2023-09-22"]
    write(folder, "crowd", crowd.assign(date=days, closes="2023-10-01", resolved="1"))
    cut = load_evidence(folder, AS_OF).crowd
    assert len(cut) == 1
    assert cut["resolved"].isna().all()
    assert load_evidence(folder, date(2023, 10, 1)).crowd["resolved"].tolist() == [1.0, 1.0]


def later_rows(table, frame):
    """Which rows of a table nobody could know on the as-of date."""
    if table == "codings":
        events = read_table(FOLDER, "events").set_index("event")["known_on"]
        return frame["event"].map(events) > pd.Timestamp(AS_OF)
    if table == "sources":
        first = read_table(FOLDER, "events").groupby("source")["known_on"].min()
        return frame["source"].map(first) > pd.Timestamp(AS_OF)
    known = {"reference_cases": "start", "crowd": "date"}.get(table, "known_on")
    return pd.to_datetime(frame[known]) > pd.Timestamp(AS_OF)


CUT = [t for t in TABLES.values() if t not in ("claims", "resolutions")]


@pytest.mark.parametrize("table", CUT)
def test_deleting_what_was_learned_later_changes_nothing(folder, evidence, table):
    frame = cells(folder, table)
    write(folder, table, frame[~later_rows(table, frame)])
    assert_same(evidence, load_evidence(folder, AS_OF))


@pytest.mark.parametrize("table", CUT)
def test_changing_what_was_learned_later_changes_nothing(folder, evidence, table):
    frame = cells(folder, table)
    later = later_rows(table, frame)
    for column in frame.columns.difference(["known_on", "start", "date", "event", "month"]):
        changed = "2025-01-01" if column in DATES.get(table, ()) else "3"
        frame.loc[later, column] = changed
    write(folder, table, frame)
    assert_same(evidence, load_evidence(folder, AS_OF))


def test_changing_how_a_case_ends_later_changes_nothing(folder, evidence):
    frame = cells(folder, "reference_cases")
    later = pd.to_datetime(frame["end"]) > pd.Timestamp(AS_OF)
    assert later.any()
    frame.loc[later, ["end", "event"]] = ["2025-11-30", "1"]
    write(folder, "reference_cases", frame)
    assert_same(evidence, load_evidence(folder, AS_OF))


def test_changing_what_becomes_of_outcomes_later_changes_nothing(folder, evidence):
    frame = cells(folder, "resolutions")
    later = later_rows("resolutions", frame)
    frame.loc[later, ["status", "date", "note"]] = ["happened", "2025-02-03", "changed"]
    write(folder, "resolutions", frame)
    assert_same(evidence, load_evidence(folder, AS_OF))


def test_more_is_known_later():
    earlier, later = load_evidence(FOLDER, date(2021, 6, 1)), load_evidence(FOLDER, AS_OF)
    for field in ("events", "codings", "cases", "deaths", "clashes"):
        assert len(getattr(earlier, field)) < len(getattr(later, field))


def test_blank_text_is_empty_and_blank_numbers_are_missing():
    cases = read_table(FOLDER, "reference_cases")
    assert cases["traits"].eq("").any() and cases["traits"].notna().all()
    assert cases["entry_years"].isna().any()
    assert cases["entry_years"].dtype == "float64"


def test_a_source_that_the_table_does_not_have_is_of_an_unknown_country(folder):
    sources = cells(folder, "sources")
    write(folder, "sources", sources[sources["source"] != "Press TV"])
    evidence = load_evidence(folder, AS_OF)
    where = countries(evidence).groupby(evidence.events["source"]).unique()
    assert where["Press TV"] == ["unknown"] and where["RFE/RL Armenian"] == ["United States"]


def test_one_reading_can_be_cut_at_any_day():
    whole = read_evidence(FOLDER)
    for day in (date(2021, 6, 1), AS_OF):
        assert_same(cut(whole, day), load_evidence(FOLDER, day))


def test_the_days_of_the_own_sets_count_from_the_as_of_day():
    # 60 and 90 days after 21 September and, two years on, after the 7th.
    for day, begins in (
        (AS_OF, [date(2023, 11, 20), date(2023, 12, 20)]),
        (date(2025, 9, 7), [date(2025, 11, 6), date(2025, 12, 6)]),
    ):
        west = load_evidence(FOLDER, day).sets["The West steps in"]
        assert [driver.from_ for driver in west.drivers] == begins


@pytest.mark.parametrize("name", ["events.csv", "scenario.toml", "assumptions/ankara_all_in.toml"])
def test_the_stamp_is_another_once_a_file_is_edited_renamed_or_gone(folder, name):
    path, stamps = folder / name, [stamp(folder)]
    assert stamp(folder) == stamps[0]
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1))
    stamps.append(stamp(folder))
    path.rename(path.with_suffix(".old"))
    stamps.append(stamp(folder))
    path.with_suffix(".old").unlink()
    stamps.append(stamp(folder))
    assert len(set(stamps)) == 4


def test_evidence_is_read_without_the_slow_libraries():
    code = "import sys, model.evidence; print(sorted({'pandera', 'pymc'} & set(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=FOLDER.parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "[]"


def test_what_was_read_of_an_ending_is_known_once_it_has_come():
    # Kyrgyzstan and Tajikistan: fighting ended in 2022, the border treaty is of 13 March 2025
    before, after = (load_evidence(FOLDER, date(2025, 3, day)) for day in (12, 13))
    ending = [
        evidence.case_codings.query("case == 'UCDP-13324-2022'")["trait"].tolist()
        for evidence in (before, after)
    ]
    assert ending == [[], ["formal_treaty"]]
    # a text's condition is known on its first day, whatever came of it
    assert "TXT-kgz-tjk-2025" in before.case_codings["case"].tolist()
