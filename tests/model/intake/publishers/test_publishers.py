"""UCDP, ACLED and Metaculus as published, to the rows that the documentation promises."""

import json
import re
from datetime import date

import pytest

from model.intake import sheets
from model.intake.mapping import PLACE, read_mapping
from model.intake.publishers import acled, metaculus, ucdp
from model.intake.sheets import Unreadable
from model.scenario import SCENARIO_FOLDER
from tests.model.intake.conftest import FILES


def mapping(name):
    return read_mapping(SCENARIO_FOLDER / PLACE / f"{name}.toml")


def deaths(file, first="2018-01"):
    """(month, place) -> (deaths, unassigned) of a release, and what was decided."""
    made = ucdp.propose(sheets.read(FILES / file), mapping("ucdp"), first)
    cells = [row.cells for row in made.rows]
    told = {(c["month"], c["place"]): (c["deaths"], c["unassigned_in_year"]) for c in cells}
    return told, "\n".join(made.decided), cells


def test_a_candidate_month_counts_the_parties_fighting_by_the_best_estimate():
    told, decided, cells = deaths("GEDEvent_v26_0_1.csv")
    # 2 (best, of high 5) and, of the id that stands twice, the later 3
    assert told == {("2026-01", "Armenia"): ("5", "0"), ("2026-01", "Azerbaijan"): ("0", "0")}
    assert (
        "event 600002 left out: between Government of Azerbaijan and Government of Iran" in decided
    )
    assert "event 600003 left out: type of violence 3" in decided
    assert "1 row of an id that stands again is left out" in decided
    assert "1 row of other countries" in decided
    assert {c["known_on"] for c in cells} == {"2026-02-20"}
    assert {c["source"] for c in cells} == {"UCDP Candidate Events Dataset 26.0.1"}


def test_an_event_across_two_months_belongs_to_none_and_a_quiet_month_has_rows_of_nought():
    told, decided, _ = deaths("GEDEvent_v26_0_2.csv")
    assert told == {("2026-02", "Armenia"): ("0", "0"), ("2026-02", "Azerbaijan"): ("0", "4")}
    assert "4 deaths, 2026-01-30 to 2026-02-02" in decided
    assert "rows of 0 for 1 month without a death" in decided


def test_a_release_that_excel_saved_is_read_by_all_of_its_days_together(tmp_path):
    text = (FILES / "GEDEvent_v26_0_2.csv").read_text(encoding="utf-8")
    saved = re.sub(r"(\d{4})-(\d\d)-(\d\d) 00:00:00.000", r"\3/\2/\1 00:00", text)
    (tmp_path / "GEDEvent_v26_0_2.csv").write_text(saved, encoding="utf-8")
    # 02/02/2026 by itself could be either; 30/01/2026, of the same file, says which
    assert "02/02/2026" in saved and "30/01/2026" in saved
    assert deaths(tmp_path / "GEDEvent_v26_0_2.csv") == deaths("GEDEvent_v26_0_2.csv")


def test_the_yearly_release_covers_every_month_to_the_end_of_its_year():
    told, _, cells = deaths("GEDEvent_v26_1.csv", first="2025-01")
    assert len(told) == 24 and told["2025-03", "Armenia"] == ("2", "0")
    # date_prec 5: no month is known
    assert {told[f"2025-{m:02}", "Azerbaijan"] for m in range(1, 13)} == {("0", "6")}
    assert {c["source"] for c in cells} == {"UCDP Georeferenced Event Dataset 26.1"}


@pytest.mark.parametrize(
    ("name", "months"),
    [
        ("GEDEvent_v26_0_12.csv", ("2026-12",)),
        ("GEDEvent_v26_01_26_03.csv", ("2026-01", "2026-02", "2026-03")),
    ],
)
def test_a_releases_name_says_which_months_it_covers(name, months):
    sheet = sheets.Sheet(name, (), ())
    assert ucdp._release(sheet).months == months


def test_a_file_that_does_not_say_its_release_is_refused_with_the_remedy():
    with pytest.raises(Unreadable, match="keep UCDP's name"):
        ucdp.propose(sheets.Sheet("mine.csv", (), ()), mapping("ucdp"), "2018-01")


def test_acled_gives_incidents_with_deaths_between_the_parties_and_none_of_its_texts():
    made = acled.propose(sheets.read(FILES / "ACLED_export.csv"), mapping("acled"))
    rows = [(r.cells["date"], r.cells["deaths"], r.cells["in_armenia_proper"]) for r in made.rows]
    assert rows == [("2024-02-13", "4", "1"), ("2026-01-07", "2", "1"), ("2026-01-12", "1", "0")]
    assert not any("Made up" in text for row in made.rows for text in row.cells.values())
    (refused,) = made.refused
    assert (refused.line, refused.name) == (4, "ARM1003") and "only the month" in refused.reason
    assert "2 rows of other actors or types, or without deaths" in made.decided[0]


def test_a_clash_within_one_party_is_none_between_the_parties(tmp_path):
    text = (FILES / "ACLED_export.csv").read_text(encoding="utf-8")
    header, first, *_ = text.splitlines()
    path = tmp_path / "ACLED_export.csv"
    one_side = first.replace("of Azerbaijan (2003-)", "of Armenia (2018-)")
    path.write_text("\n".join([header, one_side]), encoding="utf-8")
    assert not acled.propose(sheets.read(path), mapping("acled")).rows


def test_a_week_of_acled_to_friday_is_known_on_the_tuesday_after():
    # 13 February 2024 is a Tuesday, its week ends on Friday the 16th; a Saturday starts the next.
    assert acled.released(date(2024, 2, 13)) == date(2024, 2, 20)
    assert acled.released(date(2024, 2, 16)) == date(2024, 2, 20)
    assert acled.released(date(2024, 2, 17)) == date(2024, 2, 27)


def crowd(made):
    return [(r.cells["date"], r.cells["probability"], r.cells["closes"]) for r in made.rows]


# 1767600000 and 1767630000 are 5 January 2026, 08:00 and 16:20; 1767700000 is the 6th.
CROWD = [("2026-01-05", "0.285", "2026-12-31"), ("2026-01-06", "0.3", "2026-12-31")]


def test_metaculus_json_gives_the_last_recency_weighted_chance_of_a_day():
    made = metaculus.propose_json(FILES / "metaculus_question.json", mapping("metaculus"))
    assert crowd(made) == CROWD
    cells = made.rows[0].cells
    assert cells["source_url"] == "https://www.metaculus.com/questions/41234/"
    assert cells["resolved"] == "" and cells["question"].endswith("before 2027?")


def test_metaculus_csv_says_the_same_as_the_json_and_needs_the_questions_beside_it():
    history, questions = (
        sheets.read(FILES / f"{name}.csv") for name in ("forecast_data", "question_data")
    )
    assert crowd(metaculus.propose_csv(history, questions, mapping("metaculus"))) == CROWD
    with pytest.raises(Unreadable, match="name question_data.csv beside it"):
        metaculus.propose_csv(history, None, mapping("metaculus"))


def test_a_question_as_the_site_gave_it_before_2024_is_read_too(written):
    content = {
        "id": 19394,
        "title": "Will Azerbaijan invade Armenia before 2024?",
        "close_time": "2023-12-31T23:59:00Z",
        "resolution": 0.0,
        "prediction_timeseries": [{"t": 1697626800, "community_prediction": 0.275}],
    }
    made = metaculus.propose_json(
        written(json.dumps(content), "question.json"), mapping("metaculus")
    )
    # 1697626800 is 18 October 2023, 11:00
    assert crowd(made) == [("2023-10-18", "0.275", "2023-12-31")]
    cells = made.rows[0].cells
    assert cells["question"] == "Azerbaijan invades Armenia before 2024"
    assert cells["resolved"] == "0"


# the last but one is nested past any parser; the last has a moment that no calendar reaches
ENDLESS = '{"prediction_timeseries": [{"t": 1e300, "community_prediction": 0.5}]}'


@pytest.mark.parametrize(
    "text", ["{}", "[1]", "no json", '{"id": 1, "id": 2}', "[" * 100_000, ENDLESS]
)
def test_json_of_something_else_is_refused_with_where_to_get_it(written, text):
    with pytest.raises(Unreadable, match=r"save https://www.metaculus.com/api/posts/ID/"):
        metaculus.propose_json(written(text, "x.json"), mapping("metaculus"))
