"""What tests of briefings share: one material, its exhibits and its files, made once a session.

Each event's pull is found for a few events in place of all.
"""

import shutil
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from briefing.exhibits import catalogue, entries_evidence
from briefing.exports.pictures.browser import BROWSER
from briefing.material.material import COMPARED, RECORDS, Material
from model.explain.built_in import built_in
from model.inspect.event_pulls import pull_of
from model.inspect.leave_one_out import Fitted
from model.runs import store
from tests.briefing.exports.documents.briefs import Briefs
from tests.briefing.made_up_difference import difference_of
from tests.briefing.made_up_record import record
from tests.briefing.verify.exported import Exported, other_run

FEW = 12  # all of them take a minute or more


@pytest.fixture(scope="session", autouse=True)
def few_pulls():
    """The pulls of the last few events: as they are found for all, on fewer."""

    def pulls(run, deadline):
        fitted = Fitted(run, deadline)
        last = fitted.evidence.events["event"].tail(FEW)
        return pd.concat([pull_of(fitted, event) for event in last], ignore_index=True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entries_evidence, "event_pulls", pulls)
        yield


@pytest.fixture(scope="session")
def sets(fitted):
    return built_in(fitted)


@pytest.fixture(scope="session")
def material(fitted, sets):
    """The default day under a built-in set that needs no refit."""
    return Material(fitted, sets["Ankara all in"])


@pytest.fixture(scope="session")
def briefs(fitted, sets):
    """Briefs by state, as outlines and as files, each made when first asked for."""
    return Briefs(fitted, sets)


@pytest.fixture(scope="session")
def exhibits(material, sets):
    """Every exhibit of the catalogue by name, made when first asked for."""
    return _Made(material, sets)


@pytest.fixture(scope="session")
def three_runs(fitted, fitted_home, tmp_path_factory):
    """A state folder with the default day's run, one of other numbers, one of a later day."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(fitted_home / "runs" / fitted.id, home / "runs" / fitted.id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARAXES_HOME", str(home))
        store.save(other_run(fitted))
        store.save(other_run(fitted, date(2024, 2, 1)))
    yield home
    BROWSER.close()


@pytest.fixture(scope="session")
def all_exported(material, tmp_path_factory):
    return Exported(material, tmp_path_factory.mktemp("files"))


@pytest.fixture
def runs_at_hand(three_runs, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(three_runs))
    return three_runs


@pytest.fixture
def exported(runs_at_hand, all_exported):
    """Files in every format, with the runs to hold them against."""
    return all_exported


class _Made(dict):
    CHOICES = {"gap": {"from": "Ankara all in", "to": "Yerevan turns west"}}

    def __init__(self, material, sets):
        self.material, self.sets = material, sets

    def __missing__(self, name):
        self[name] = catalogue.make(name, self.made_of(name), self.CHOICES.get(name))
        return self[name]

    def made_of(self, name):
        if name == "belief":
            return Material(self.material.run, self.sets["Force brings the treaty"])
        if name == COMPARED:
            return replace(self.material, difference=difference_of(self.material.run))
        if name in RECORDS:
            return replace(self.material, kept=record())
        return self.material
