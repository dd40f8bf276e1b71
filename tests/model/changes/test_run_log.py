"""The log of refits and the table of runs, and which of them may go."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from model.changes import room, run_log
from model.runs import publication, store


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    return tmp_path


def saved(run, id, **manifest):
    store.save(replace(run, manifest=run.manifest | {"id": id} | manifest))


@pytest.fixture
def four(home, fitted):
    """One published, one held, one that failed the gate, one that passed; the last is newest."""
    small = replace(fitted, draws={n: v[:20] for n, v in fitted.draws.items()}, paths=fitted.paths)
    for hour, (id, served) in enumerate((("aa", 1), ("bb", 1), ("cc", 0), ("dd", 1))):
        saved(small, id, served=bool(served), made=f"2026-11-26T0{hour}:00:00+00:00")
    publication.publish(fitted.as_of, "aa")
    publication.hold("bb", {"reason": "it moved", "as_of": "2023-09-21"})
    return home


def test_every_refit_that_ended_is_a_line_the_newest_first(home):
    run_log.note(date(2023, 9, 21), 0, "aa", 12.34, "no headline moved too far")
    run_log.note(None, 2, "", 0.5, "codings.csv:2:first_coder: …")
    table = run_log.attempts()
    assert list(table["code"]) == [2, 0] and list(table["run"]) == ["", "aa"]
    assert list(table["seconds"]) == [0.5, 12.3] and list(table["as_of"]) == ["", "2023-09-21"]


def test_a_line_cut_short_hides_no_other(home):
    run_log.note(date(2023, 9, 21), 3, "cc", 1.0, "R-hat")
    with open(home / run_log.FILE, "ab") as file:
        file.write(b'{"time": "2026-')
    assert list(run_log.attempts()["code"]) == [3]


def test_a_run_is_published_held_passed_or_failed(four, fitted):
    table = run_log.runs()
    assert list(table["run"]) == ["dd", "cc", "bb", "aa"]
    assert list(table["state"]) == ["passed", "failed", "held", "published"]
    diagnostics = fitted.manifest["diagnostics"]
    assert set(table["rhat"]) == {diagnostics["rhat"]}
    assert set(table["draws"]) == {4000} and set(table["seconds"]) == {fitted.manifest["seconds"]}
    assert set(table["events"]) == {fitted.manifest["counts"]["events"]}


def test_published_and_held_runs_are_never_pruned(four):
    assert run_log.prunable(0) == ["dd", "cc"]
    assert run_log.prunable(1) == ["cc"]
    assert run_log.prunable(4) == []
    store.remove("cc")
    assert sorted(store.stored()["id"]) == ["aa", "bb", "dd"]
    assert not [path for path in (four / "runs").iterdir() if path.name.startswith(".")]


def test_the_last_published_is_of_no_later_day(home):
    for day in (1, 15, 20):
        publication.publish(date(2026, 5, day), f"r{day}")
    assert publication.last_published(date(2026, 5, 19)).run == "r15"
    assert publication.last_published(date(2026, 4, 30)) is None
    publication.publish(date(2026, 5, 15), "again", "the treaty was signed")
    last = publication.last_published(date(2026, 5, 15))
    assert (last.run, last.reason) == ("again", "the treaty was signed")


def test_a_log_that_is_long_begins_a_new_file_and_keeps_the_one_before(home, monkeypatch):
    monkeypatch.setattr(run_log, "LARGEST", 100)  # a line or two
    for code in range(5):
        run_log.note(None, code, "", 1.0, "so long that two lines are more than a hundred bytes")
    codes = list(run_log.attempts()["code"])
    assert codes == sorted(codes, reverse=True) and codes[0] == 4 and len(codes) >= 2
    assert sum(file.stat().st_size for file in home.glob("refits*")) < 600


def test_room_is_made_by_the_oldest_runs_that_nobody_relies_on(four):
    hours_later, days_later = (
        datetime.fromisoformat(f"2026-11-{day}T05:00:00+00:00") for day in (26, 28)
    )
    total = room.taken()
    assert room.make((), (), most=0, now=hours_later) == []  # made a few hours ago
    assert room.make((), (date(2023, 9, 21),), most=0, now=days_later) == []
    assert room.make((), (), most=total, now=days_later) == []
    assert room.make((), (), most=total - 1, now=days_later) == ["cc"]  # no more than must
    assert room.taken() < total
    assert room.make(("dd",), (), most=0, now=days_later) == []
    assert room.make((), (), most=0, now=days_later) == ["dd"]
    assert sorted(store.stored()["id"]) == ["aa", "bb"]  # published and held
