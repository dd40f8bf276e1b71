"""Walking: which days, none twice, the same numbers whoever makes them."""

import os
import signal
from datetime import date

import psutil
import pytest

from model.record.walk import walk_forward
from model.record.walk.collected import collected
from model.record.walk.walk_forward import Walk, as_of_days
from model.refit import checked_evidence
from model.runs import Settings
from model.scenario import SCENARIO_FOLDER

FEW = Settings(draws=50, tune=100, chains=2)
DAYS = as_of_days(date(2021, 2, 1), date(2021, 5, 1), "month")


@pytest.fixture(scope="module")
def evidence():
    return checked_evidence(SCENARIO_FOLDER)


@pytest.fixture
def walk(evidence, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    return Walk(evidence, DAYS, FEW)


def test_months_are_counted_from_the_first_day():
    days = as_of_days(date(2023, 1, 31), date(2023, 4, 30), "month")
    # not 28 March, which a month after 28 February would be
    assert days == [date(2023, 1, 31), date(2023, 2, 28), date(2023, 3, 31), date(2023, 4, 30)]
    assert len(as_of_days(date(2021, 1, 1), date(2025, 12, 31), "month")) == 60
    assert len(as_of_days(date(2021, 1, 1), date(2025, 12, 31), "quarter")) == 20
    assert as_of_days(date(2023, 1, 1), date(2023, 1, 14), "week")[-1] == date(2023, 1, 8)


def test_a_day_that_is_stored_is_not_made_again(walk):
    paths = [walk.paths[day] for day in DAYS]
    paths[0].parent.mkdir(parents=True)
    for path in paths:
        path.write_text("{}")
    assert walk.missing == [] and list(walk_forward.walked(walk)) == []
    paths[1].unlink()
    assert walk.missing == [DAYS[1]]


def test_other_settings_are_other_days(walk):
    other = Walk(walk.evidence, DAYS[:1], Settings(draws=51, tune=100, chains=2))
    assert other.paths[DAYS[0]] != walk.paths[DAYS[0]]


def numbers(day):
    return {name: day[name] for name in ("as_of", "run", "forecasts", "sets", "conditionals")}


def worker_processes():
    """This process's workers: those of its children that Dask's nannies started."""
    children = psutil.Process().children(recursive=True)
    return [one for one in children if "spawn_main" in " ".join(one.cmdline())]


@pytest.mark.slow
def test_one_worker_or_two_one_of_them_killed_give_the_same_numbers(
    walk, evidence, tmp_path, monkeypatch
):
    alone = [numbers(day) for day in walk_forward.walked(walk, workers=1)]
    assert walk.missing == []
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path / "other"))
    beside, killed = [], 0
    again = Walk(evidence, DAYS, FEW)
    for day in walk_forward.walked(again, workers=2):
        beside.append(numbers(day))
        if not killed:
            killed = worker_processes()[0].pid
            os.kill(killed, signal.SIGKILL)
    assert killed and sorted(beside, key=lambda day: day["as_of"]) == alone
    assert again.missing == []
    result = collected(again, walk_forward.read(again))
    assert len(result.forecasts) == len(DAYS) * 6 * 5 and len(result.fits) == len(DAYS)
    assert set(result.forecasts["resolution"]) <= {"happened", "not", "open", "void"}
