"""What all tests share: a state folder of their own, and one run of the real evidence.

ARAXES_FITTED may name a state folder that already holds the run of the default day: it is copied
instead of fitted again. A run's id covers evidence, code and settings, so a copy is the same run.
"""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from model import evidence, scenario, store
from model.settings import STANDARD


@pytest.fixture(scope="session", autouse=True)
def empty_home(tmp_path_factory):
    """No test reads or writes the runs of whoever starts the tests."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARAXES_HOME", str(home))
        yield home


@pytest.fixture(scope="session")
def fitted_home(tmp_path_factory):
    """A state folder that holds the run of the default day, fitted once a session."""
    from model.refit import refit

    home = tmp_path_factory.mktemp("fitted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARAXES_HOME", str(home))
        if not _copied(home):
            refit()
    return home


def _copied(home: Path) -> bool:
    """Whether ARAXES_FITTED held the run of the default day."""
    as_of = scenario.load_scenario(store.SCENARIO_FOLDER).default_as_of
    id = store.run_id(evidence.load_evidence(store.SCENARIO_FOLDER, as_of), STANDARD)
    there = Path(os.environ.get("ARAXES_FITTED", "")) / "runs" / id
    if "ARAXES_FITTED" not in os.environ or not there.is_dir():
        return False
    shutil.copytree(there, home / "runs" / id)
    return True


@pytest.fixture(scope="session")
def fitted(fitted_home):
    """The run of the default day, as a reader loads it."""
    (folder,) = (fitted_home / "runs").iterdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARAXES_HOME", str(fitted_home))
        return store.load(folder.name)


@pytest.fixture(scope="session")
def earlier(tmp_path_factory):
    """A quick fit of what was known a month before the default day."""
    from model.refit import refit
    from model.settings import QUICK

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARAXES_HOME", str(tmp_path_factory.mktemp("earlier")))
        return store.load(refit(as_of=date(2023, 8, 21), settings=QUICK).id)
