"""What the pages remember of a scenario's folder, and how many forecasts they remember."""

import gc
import os
import shutil
import weakref
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from model import forecast
from model.assumptions import NOTHING, Assumptions, Belief, DriverAssumption
from model.evidence import evidence
from model.scenario import SCENARIO_FOLDER
from pages.ui.memory import evidence_stamp, forecasts
from tests.pages import made_up_run

DAY, DEADLINE = date(2023, 9, 21), date(2023, 12, 31)


def test_an_edited_built_in_set_is_seen(tmp_path, monkeypatch):
    folder = Path(shutil.copytree(SCENARIO_FOLDER, tmp_path / "scenario"))
    monkeypatch.setattr(forecasts, "SCENARIO_FOLDER", folder)
    before = forecasts.built_in_sets(DAY)
    path = next((folder / "assumptions").glob("*.toml"))
    # no file is made or gone, so the folder itself stays as old as it was
    text = path.read_text(encoding="utf-8")
    name = next(name for name in before if f'"{name}"' in text)
    path.write_text(text.replace(f'"{name}"', '"Renamed"', 1), encoding="utf-8")
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 10**9))
    after = forecasts.built_in_sets(DAY)
    assert "Renamed" in after and name not in after and len(after) == len(before)


def test_the_stamp_is_the_evidences_own_and_another_once_a_file_is_changed_added_or_gone(tmp_path):
    kept, folder = tmp_path / "events.csv", tmp_path / "sets"
    folder.mkdir()
    kept.write_text("a")
    stamps = [evidence_stamp.stamp(tmp_path)]
    assert evidence_stamp.stamp(tmp_path) == stamps[0] == evidence.stamp(tmp_path)
    os.utime(kept, ns=(0, 10**9))
    stamps.append(evidence_stamp.stamp(tmp_path))
    (folder / "set.toml").write_text("b")
    stamps.append(evidence_stamp.stamp(tmp_path))
    assert stamps[-1] == evidence.stamp(tmp_path)
    kept.unlink()
    stamps.append(evidence_stamp.stamp(tmp_path))
    assert len(set(stamps)) == 4


@pytest.fixture
def forecasting(monkeypatch):
    """The sets that were forecast, in order; each is answered by a made-up run of its own."""
    asked = []

    def forecast_of_own_run(run, assumptions, deadline):
        asked.append(assumptions)
        own_run = replace(run) if assumptions.changes_the_fit else run
        return made_up_run.forecast(own_run, assumptions, deadline)

    monkeypatch.setattr(forecast, "forecast", forecast_of_own_run)
    monkeypatch.setattr(forecast, "basis_id", lambda run, assumptions: run.id)
    return asked


def answered_in_turn(sets):
    """The answers of the made-up day to each set, and one to the first set once more."""
    run = made_up_run.MadeUpRun(DAY)
    return [forecasts.supposed(run, assumptions, DEADLINE) for assumptions in [*sets, sets[0]]]


@pytest.mark.parametrize("sets, again", [(12, False), (13, True)])
def test_twelve_answers_to_sets_that_change_the_fit_are_kept(sets, again, forecasting):
    beliefs = [
        Assumptions(beliefs=(Belief(base_rate="parliament", rate=(0.1, 0.2 + n)),))
        for n in range(sets)
    ]
    answered_in_turn(beliefs)
    assert forecasting == beliefs + beliefs[:1] * again


def test_400_answers_to_sets_that_leave_the_fit_alone_are_kept_beside_them(forecasting):
    levels = [
        Assumptions(drivers=(DriverAssumption(id="russian_commitment", level=n / 200 - 1),))
        for n in range(400)
    ]
    beliefs = Assumptions(beliefs=(Belief(base_rate="parliament", rate=(0.1, 0.2)),))
    first, *_, again = answered_in_turn([*levels, beliefs])
    assert len(forecasting) == 401 and first is again


def test_the_run_of_a_set_that_changes_the_fit_goes_with_its_answer(forecasting):
    beliefs = [
        Assumptions(beliefs=(Belief(base_rate="parliament", rate=(0.1, 0.2 + n)),))
        for n in range(13)
    ]
    run = made_up_run.MadeUpRun(DAY)
    runs = [
        weakref.ref(forecasts.supposed(run, assumptions, DEADLINE).basis.run)
        for assumptions in beliefs
    ]
    gc.collect()
    assert [own_run() is None for own_run in runs] == [True] + [False] * 12


def test_a_remembered_refusal_holds_nothing_of_what_was_tried(monkeypatch):
    class Draws:
        """Stands for the arrays that a search for an answer fills."""

    tried = []

    def refuse(run, assumptions, deadline):
        draws = Draws()
        tried.append(weakref.ref(draws))
        try:
            raise forecast.Refused("only 3 effective draws", ": ask less")
        except forecast.Refused as refusal:
            raise forecast.Refused(refusal.few, "; ask this") from None

    monkeypatch.setattr(forecast, "forecast", refuse)
    refusal = forecasts.answer(made_up_run.MadeUpRun(DAY), NOTHING, DEADLINE)
    gc.collect()
    assert str(refusal) == "only 3 effective draws; ask this" and tried[0]() is None
