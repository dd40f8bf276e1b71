"""Check, fit, gate, compare, publish: what is served after each ending, and what a hold does."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from model.changes import kept
from model.changes.difference import difference
from model.forecast import open_run
from model.forecast.served import served_days
from model.record.ledger import store as stored_forecasts
from model.runs import Settings, publication, store
from model.scenario import SCENARIO_FOLDER
from model.shell import commands
from model.shell.nightly import codes, pipeline
from model.shell.nightly.reporting import Log

DAY, BEFORE = date(2023, 9, 21), date(2023, 8, 21)


@pytest.fixture
def home(fitted, tmp_path, monkeypatch):
    """A state folder that holds the run of the default day, which nobody has published yet."""
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    store.save(fitted)
    return tmp_path


@pytest.fixture
def moved(home, earlier, fitted, thin):
    """The same where a month before was published, and what moved since is kept already."""
    store.save(earlier)
    publication.publish(BEFORE, earlier.id)
    kept.keep(difference(fitted, thin))
    return home


def published(folder=SCENARIO_FOLDER, **asked):
    return pipeline.publish(pipeline.Asked(folder, DAY, Settings(), **asked), Log())


def test_a_run_fitted_before_is_published_and_once_only(home, fitted):
    assert publication.published(DAY) is None
    ended = published()
    # nothing was compared, so nothing is said of how far it moved
    assert (ended.code, ended.message) == (codes.DONE, pipeline.FIRST) and ended.moves.empty
    first = publication.published(DAY)
    assert first.run == fitted.id and publication.held(fitted.id) is None
    ledger = stored_forecasts.rows("forecasts")
    assert {row["run"] for row in ledger} == {fitted.id} and len(ledger) == 5 * 6
    assert published().message == pipeline.BEFORE
    assert len(stored_forecasts.rows("forecasts")) == 30
    assert publication.published(DAY) == first


def test_a_headline_that_moved_too_far_holds_the_run(moved, fitted):
    ended = published(hold_at=0.0)
    assert ended.code == codes.HELD and ended.run.id == fitted.id
    (decision,) = publication.decisions()
    assert decision.run == fitted.id and decision.reason.startswith("since 2023-08-21: ")
    assert open_run(SCENARIO_FOLDER) is None and served_days(SCENARIO_FOLDER) == []
    with pytest.raises(commands.HeldError, match=f"run {fitted.id} is held: since 2023-08-21"):
        commands.open_or_fit(SCENARIO_FOLDER, DAY, None)
    # by its name it can be looked at
    assert commands.open_or_fit(SCENARIO_FOLDER, None, fitted.id).id == fitted.id


def test_a_reason_releases_it_and_is_kept(moved, fitted):
    assert published(hold_at=0.0).code == codes.HELD
    assert published(hold_at=0.0).code == codes.HELD  # another night decides nothing
    assert published(hold_at=0.0, accept="Karabakh fell").code == codes.DONE
    assert publication.published(DAY).reason == "Karabakh fell"
    assert publication.decisions() == [] and open_run(SCENARIO_FOLDER).id == fitted.id


@pytest.mark.slow  # another check of all tables
def test_a_move_within_the_points_goes_out(moved, fitted):
    ended = published(hold_at=100.0)
    assert ended.code == codes.DONE and publication.published(DAY).run == fitted.id
    assert ended.message == "no headline moved by more than 100 points"
    assert len(ended.moves) == 6


def test_while_a_run_is_held_the_one_published_of_its_day_is_served(home, fitted):
    store.save(replace(fitted, manifest=fitted.manifest | {"id": "aa", "made_from": "else"}))
    publication.publish(DAY, "aa")
    assert open_run(SCENARIO_FOLDER).id == fitted.id
    publication.hold(fitted.id, {"reason": "it moved", "as_of": "2023-09-21"})
    assert open_run(SCENARIO_FOLDER).id == "aa" and served_days(SCENARIO_FOLDER) == [DAY]


def test_a_run_that_a_kill_left_undecided_is_compared_and_published(home, fitted):
    publication.hold(fitted.id)
    assert open_run(SCENARIO_FOLDER) is None
    assert published().code == codes.DONE
    assert open_run(SCENARIO_FOLDER).id == fitted.id


@pytest.mark.slow
def test_what_was_published_last_and_cannot_be_read_holds_the_run(moved, earlier):
    (store.folder_of(earlier.id) / "draws.npz").write_bytes(b"")
    ended = published(hold_at=100.0)
    assert ended.code == codes.HELD and f"run {earlier.id}, published last" in ended.message
    assert published(hold_at=100.0, accept="looked at by hand").code == codes.DONE


def test_tables_with_a_fault_change_nothing_that_is_served(home, fitted, tmp_path):
    assert published().code == codes.DONE
    folder = Path(shutil.copytree(SCENARIO_FOLDER, tmp_path / "scenario"))
    table = folder / "codings.csv"
    table.write_text(table.read_text(encoding="utf-8") + "no-such-event,a,b\n", encoding="utf-8")
    ended = published(folder)
    assert ended.code == codes.BAD_DATA and ended.message.startswith("codings.csv:")
    assert open_run(SCENARIO_FOLDER).id == publication.published(DAY).run == fitted.id


def test_of_several_runs_of_one_evidence_the_one_of_most_draws_is_served(home, fitted):
    more = fitted.manifest["settings"] | {"draws": 2000}
    changed = {"id": "aa", "settings": more}
    store.save(replace(fitted, manifest=fitted.manifest | changed))
    assert open_run(SCENARIO_FOLDER).id == "aa"
    store.save(replace(fitted, manifest=fitted.manifest | changed | {"served": False}))
    assert open_run(SCENARIO_FOLDER).id == fitted.id
