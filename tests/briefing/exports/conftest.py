"""One material, its exhibits and its files, made once a session: what every export is made of."""

import shutil
from datetime import date

import pytest

from briefing.exhibits import catalogue
from briefing.exports.browser import BROWSER
from briefing.material import Material
from model import sharing, store
from tests.briefing.exports.briefs import Briefs
from tests.briefing.exports.exported import Exported, other_run


@pytest.fixture(scope="session")
def sets():
    return sharing.built_in_sets(store.SCENARIO_FOLDER)


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
        return self.material
