"""One material and its exhibits, made once a session: what every export is made of here."""

import pytest

from briefing.exhibits import catalogue
from briefing.material import Material
from model import sharing, store
from tests.briefing.exports.briefs import Briefs


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
