"""`make chaos`: what is wrong after a kill is told, and every kind of trial, once."""

import random
from functools import partial

import pytest

from model.runs import store
from tests.faults.chaos import hardships, scene, steps, survived, tables, trials, writers
from tests.faults.chaos.__main__ import chaos, line


def lose_the_ledger(laid):
    (laid.home / "ledger.db").unlink()


def change_an_export(laid):
    (laid.exports / "outcomes.csv").write_text("made by hand\n")


def mix_tables(laid):
    new = (laid.place / "delivery" / "events.csv").read_text().partition("\n")[2]
    with open(laid.tables / "events.csv", "a") as file:
        file.write(new)


def cut_a_run(laid):
    (laid.home / "runs" / scene.BEFORE / "draws.npz").write_bytes(b"")


def end_in_a_traceback(laid):
    laid.said.write_text("Traceback (most recent call last):\n")


HARMS = {  # what is looked at last comes first, so that each is told though the others stay
    cut_a_run: "no run is served",
    lose_the_ledger: "the ledger has 0 rows",
    mix_tables: "tables of two imports side by side",
    change_an_export: "the signature of outcomes.csv is missing",
    end_in_a_traceback: "Traceback",
}


def test_what_is_wrong_after_a_kill_is_told(fitted, tmp_path):
    laid = scene.made(tmp_path / "laid", fitted)
    rows = frozenset({trials.rows(laid)})
    right = scene.Right(fitted.published, frozenset({scene.digest(laid)}), rows)
    assert scene.wrong(laid, right) == ""
    for harm, told in HARMS.items():
        harm(laid)
        count = survived.Survived()
        survived.judge(count, partial(scene.wrong, laid, right))
        assert count.survived == 0 and told in count.faults[0]


def test_a_store_that_is_killed_is_survived(fitted, tmp_path):
    count = steps.kills(1, random.Random(1), tmp_path / "home", fitted)
    assert (count.tried, count.survived, count.faults) == (1, 1, [])


def test_a_run_that_a_killed_writer_damaged_is_a_fault(fitted, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    (store.save(fitted) / "draws.npz").write_bytes(b"")
    count = survived.Survived()
    survived.judge(count, lambda: steps.wrong(fitted))
    assert count.survived == 0 and "draws.npz" in count.faults[0]
    assert line("store", count).split() == ["store", "0", "of", "1", "survived"]


def test_tables_of_two_imports_side_by_side_are_a_fault(tmp_path):
    (tmp_path / ".intake").mkdir()
    for number, name in enumerate(tables.TABLES):
        (tmp_path / f"{name}.csv").write_bytes(b"%d" % number)
    assert tables.wrong(tmp_path) == "tables of two imports stand side by side"


@pytest.mark.slow  # some processes
def test_tables_that_are_put_in_place_survive_kills(tmp_path):
    counts = tables.kills(2, random.Random(5), tmp_path)
    assert {kind: count.faults for kind, count in counts.items()} == {kind: [] for kind in counts}


@pytest.mark.slow  # commands in processes of their own
def test_every_kind_of_trial_of_an_act_is_survived(fitted, tmp_path):
    found = dict(chaos(1, 1, 3, fitted, tmp_path, ("publish",)))
    tried = {kind: count for kind, count in found.items() if not isinstance(count, str)}
    assert {kind: count.faults for kind, count in tried.items()} == {kind: [] for kind in tried}
    assert {"publish killed", "two of publish, one killed"} <= {*tried}
    assert ("publish, read-only" in tried) == hardships.can_mount()
    assert ("publish, clock set back" in tried) == bool(hardships.faketime())


def test_a_kill_falls_at_any_moment_of_an_act_or_a_little_later():
    chance = random.Random(7)
    moments = [writers.moment(chance, 10.0) for _ in range(1000)]
    assert min(moments) < 1.0 and 10.0 < max(moments) <= 11.0
