"""A colleague's tables and our own, from files to changes: added, held, refused, left out."""

from pathlib import Path

import pytest

from model.check.check import problems
from model.evidence.evidence import read_table, stamp
from model.intake import importing
from model.intake.mapping import read_mapping
from model.intake.report import report
from model.intake.sheets import Unreadable
from tests.model.check.broken_folder import lines
from tests.model.intake.conftest import FILES

EVENTS = """nr;day;what;who;page;paper;grade
A-1;21/06/2026;Aliyev named a day for signing in Shusha;AZE;https://example.org/a;Daily Bugle;B
A-2;22/06/2026;A first lorry crossed Syunik on trial;ARM AZE;https://example.org/b;Daily Bugle;C
A-3;22/06/2026;What is unverified;ARM;https://example.org/c;Daily Bugle;D
A-4;soon;What has no day;ARM;https://example.org/d;Daily Bugle;D
"""
CODINGS = """nr;driver;points;why
A-1;negotiation_momentum;2;a date is named
A-2;corridor_progress;1;a trial
A-3;corridor_progress;1;never seen
"""
MAPPING = """
[[layout]]
title = "a stranger's events"
table = "events"
needs = ["nr", "day", "what"]
columns = { event = "nr", date = "day", known_on = "day", what_happened = "what", actors = "who" }
fill = { precision = "day", kind = "statement" }
[layout.values.actors]
"ARM AZE" = "ARM;AZE"
[layout.starts]
event = { "A-" = "E2026-" }

[[layout]]
title = "a stranger's weights"
table = "codings"
needs = ["nr", "driver", "points"]
columns = { event = "nr", first_coder = "points", reason = "why" }
starts = { event = { "A-" = "E2026-" } }

[quarantine]
E2026-3 = "the page does not open"

[collected]
events = "2026-06-30"
"""
MORE = """
[sources]
"Daily Bugle" = { country = "unknown", kind = "outlet" }
"""


@pytest.fixture
def delivered(written):
    """A stranger's two files, Windows-1252 and semicolons, and the mapping without its source."""
    columns = "reliability = 'grade', source = 'paper', source_url = 'page', origin = 'nr'"
    text = MAPPING.replace('actors = "who" }', f'actors = "who", {columns} }}')
    files = [
        written(EVENTS, "events-export.csv", "cp1252"),
        written(CODINGS, "weights.csv", "cp1252"),
    ]
    return files, written(text, "m.toml"), written(text + MORE, "more.toml")


def test_a_strangers_files_go_in_with_a_mapping_and_every_row_has_its_reason(folder, delivered):
    files, _, more = delivered
    made, is_written = importing.bring_in(folder, files, read_mapping(more), problems, partly=True)
    assert is_written and made.faults == [] and made.unreadable == []
    events = read_table(folder, "events").set_index("event")
    assert events.loc["E2026-1", "date"].isoformat() == "2026-06-21T00:00:00"
    assert events.loc["E2026-2", "actors"] == "ARM;AZE"
    (refused,) = made.refused
    assert str(refused).startswith("events-export.csv:5: E2026-4: date is 'soon'")
    held = {tuple(row[:2]): row[4] for row in lines(folder, "quarantine")[1:]}
    assert held["events", "E2026-3"] == "the page does not open"
    # what is held has no codings, and the others have one reading
    codings = read_table(folder, "codings").set_index("event")
    assert "E2026-3" not in codings.index
    assert codings.loc[["E2026-1", "E2026-2"], "second_coder"].isna().all()
    collected = read_table(folder, "collected").set_index("what")["collected_to"]
    assert collected["events"].isoformat().startswith("2026-06-30")
    importing.undo(folder)
    assert "E2026-1" not in read_table(folder, "events")["event"].tolist()


def test_rows_that_are_refused_keep_the_others_out_unless_asked_otherwise(folder, delivered):
    files, _, more = delivered
    before = stamp(folder)
    made, is_written = importing.bring_in(folder, files, read_mapping(more), no_check)
    assert not is_written and len(made.refused) == 1 and stamp(folder) == before


def no_check(folder):
    """For what ends before the tables are checked, or is not about their faults."""
    assert Path(folder).is_dir()
    return []


def test_a_new_source_is_asked_for_and_nothing_written(folder, delivered):
    files, without, _ = delivered
    before = stamp(folder)
    made, is_written = importing.bring_in(folder, files, read_mapping(without), no_check, True)
    assert made.proposal.asked == ["Daily Bugle"] and not is_written and stamp(folder) == before


def test_a_mapping_of_sources_alone_stands_beside_the_scenarios_own(folder, written):
    header = "id,date,date_precision,known_on,announced_ahead,actors,kind,headline,"
    header += "source_url,source_name,reliability,origin\n"
    row = "EV-1,2026-06-07,day,2026-06-08,0,ARM,domestic,A vote,https://e.org/v,Bugle,C,o-1\n"
    file = written(header + row, "june.csv")
    told = written("[sources]\nBugle = { country = 'unknown', kind = 'outlet' }\n", "told.toml")
    assert importing.propose(folder, [file], check=no_check).proposal.asked == ["Bugle"]
    made = importing.propose(folder, [file], read_mapping(told), no_check)
    assert made.is_clean and [row.id for row in made.proposal.of("events")] == ["E1"]
    assert [row.cells["country"] for row in made.proposal.of("sources")] == ["unknown"]


def test_events_past_the_day_of_collecting_move_it_as_far_as_they_reach_and_say_so(
    folder, delivered
):
    files, _, more = delivered
    later = more.with_name("later.toml")
    later.write_text(more.read_text().replace('events = "2026-06-30"', 'events = "2026-06-01"'))
    made = importing.propose(folder, files, read_mapping(later), no_check)
    (moved,) = [change for change in made.merged.changes if change.table == "collected"]
    assert moved.cells["collected_to"][1] == "2026-06-22"
    assert any("collected to 2026-06-22, as far as" in line for line in made.proposal.decided)
    assert any("in the file's own words; write yours" in line for line in made.proposal.decided)


def test_our_own_table_given_again_changes_nothing(folder):
    made = importing.propose(folder, [folder / "events.csv", folder / "battle_deaths.csv"])
    assert made.is_clean and not made.merged.tables
    rows = sum(len(lines(folder, name)) - 1 for name in ("events", "battle_deaths"))
    assert made.merged.there == rows


def test_a_batch_given_again_under_other_ids_and_origins_is_left_out(folder, written):
    header, *rows = lines(folder, "events")
    id, origin = header.index("event"), header.index("origin")
    again = [[*row] for row in rows[:3]]
    for number, row in enumerate(again):
        row[id], row[origin] = f"again-{number}", f"again-{number}"
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in [header, *again])
    made = importing.propose(folder, [written(text, "again.csv")])
    assert not made.merged.tables
    assert sum("which is there; left out" in line for line in made.proposal.decided) == 3


def test_what_check_finds_in_the_tables_as_they_would_be_stands_against_it(folder, written):
    text = (
        "event,driver,first_coder,second_coder,reason,note\nE20251228-2,no_such_driver,1,1,why,\n"
    )
    made, is_written = importing.bring_in(folder, [written(text)])
    assert not is_written
    assert any("no_such_driver" in str(fault) for fault in made.faults)


@pytest.mark.parametrize("text", ["words = " + "[" * 5000, f"day_first = {'9' * 5000}", "a"])
def test_a_mapping_that_no_parser_should_follow_gets_one_short_line(written, text):
    with pytest.raises(Unreadable, match=r"^mine.toml cannot be read as TOML") as problem:
        read_mapping(written(text, "mine.toml"))
    assert len(str(problem.value)) < 300 and len(str(problem.value).splitlines()) == 1


def test_a_cell_of_a_strangers_file_is_told_in_one_line_that_hides_nothing(folder, written):
    cell = f"\x1b[31m{'9' * 5000}"
    text = f"event,driver,first_coder,second_coder,reason,note\nE1,{cell},1,1,why,\n"
    made = importing.propose(folder, [written(text)], check=no_check)
    lines = [*report(made, False, True)]
    assert any("999" in line for line in lines)
    assert all(line.isprintable() and len(line) <= 601 for line in lines)


def test_the_publishers_files_go_in_by_the_scenarios_own_mappings(folder):
    names = ("GEDEvent_v26_0_1.csv", "ACLED_export.csv", "metaculus_question.json")
    made = importing.propose(folder, [FILES / name for name in names], check=no_check)
    added = {table: 0 for table in made.merged.tables}
    for change in made.merged.changes:
        added[change.table] += change.added
    # the incident of 13 February 2024 is there already, by another name of its place
    assert added["battle_deaths"] == 2 and added["border_clashes"] == 2 and added["crowd"] == 2
    ends = {c.id: c.cells["collected_to"][1] for c in made.merged.changes if c.table == "collected"}
    assert ends == {"battle_deaths": "2026-01-31", "border_clashes": "2026-01-12"}


def test_two_days_of_fighting_in_one_file_are_two_incidents(folder):
    header, *rows = (FILES / "ACLED_export.csv").read_text(encoding="utf-8").splitlines()
    at = next(row for row in rows if row.startswith("ARM1002,"))
    next_day = at.replace("ARM1002,07 January", "ARM9999,08 January")
    path = folder.parent / "ACLED_export.csv"
    path.write_text("\n".join([header, at, next_day]), encoding="utf-8")
    made = importing.propose(folder, [path], check=no_check)
    added = [change.id for change in made.merged.changes if change.table == "border_clashes"]
    assert added == ["2026-01-07|Tegh, Syunik", "2026-01-08|Tegh, Syunik"]
    importing.bring_in(folder, [path], check=no_check)
    path.write_text("\n".join([header, next_day.replace("08 January", "09 January")]))
    assert "the incident of 2026-01-08" in str(importing.propose(folder, [path]).merged.decided)


def test_a_yearly_release_replaces_candidate_months_and_is_not_replaced_by_one(folder):
    importing.bring_in(folder, [FILES / "GEDEvent_v26_1.csv"], check=no_check)
    deaths = read_table(folder, "battle_deaths").set_index(["month", "place"])
    row = deaths.loc[("2025-03-01", "Armenia")]
    assert row["deaths"] == 2 and row["source"] == "UCDP Georeferenced Event Dataset 26.1"
    sheet = (FILES / "GEDEvent_v26_0_1.csv").read_text().replace("2026-", "2025-")
    late = folder.parent / "GEDEvent_v25_0_3.csv"
    late.write_text(sheet)
    made = importing.propose(folder, [late], check=no_check)
    assert not made.merged.tables
    assert any("stays as the yearly" in line for line in made.merged.decided)


def test_a_file_of_no_known_kind_is_refused_with_its_columns(folder, written):
    made = importing.propose(folder, [written("colour,size\nred,1\n")], check=no_check)
    (line,) = made.unreadable
    assert "colour, size" in line and "--mapping" in line


@pytest.mark.parametrize("table", ["events", "sources", "collected", "quarantine"])
def test_where_a_table_of_ours_is_missing_nothing_is_taken_in_and_a_line_says_which(
    folder, delivered, table
):
    files, _, more = delivered
    (folder / f"{table}.csv").unlink()
    with pytest.raises(Unreadable, match=f"^{table}.csv:1:file: the file is missing"):
        importing.propose(folder, files, read_mapping(more), no_check)


def test_a_table_of_ours_without_a_column_is_named_with_it(folder, delivered):
    files, _, more = delivered
    table = folder / "collected.csv"
    table.write_text(
        table.read_text("utf-8").replace("what,collected_to", "what,until", 1), "utf-8"
    )
    with pytest.raises(Unreadable, match="collected.csv has no column 'collected_to'; until then"):
        importing.propose(folder, files, read_mapping(more), no_check)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Unreadable, match="nowhere: there is no such folder"):
        importing.propose(tmp_path / "nowhere", [], check=no_check)
