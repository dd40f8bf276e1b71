"""What all tests share: a state folder of their own, and one run of the real evidence.

Tests run in several processes, one a core; what is slow to make is made by the first of them that
needs it.

ARAXES_FITTED may name a state folder that already holds the run of the default day: it is copied
instead of fitted again. A run's id covers evidence, code and settings, so a copy is the same run.
"""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from model import evidence, scenario, store
from model.settings import QUICK, STANDARD
from tests.chromium import browser  # noqa: F401, a fixture


@pytest.fixture(scope="session", autouse=True)
def empty_home(tmp_path_factory):
    """No test reads or writes the runs of whoever starts the tests."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARAXES_HOME", str(home))
        yield home


@pytest.fixture(scope="session")
def fitted_home(tmp_path_factory):
    """A state folder that holds the run of the default day, fitted once for all processes."""
    from model.refit import refit

    def fit(home):
        return _copied(home) or refit(store.SCENARIO_FOLDER)

    return _made_once(tmp_path_factory, "fitted", fit)


def _made_once(tmp_path_factory, name: str, make) -> Path:
    """A state folder of this process, copied from one that `make` fills once for all processes."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    first, home = shared / f"first-{name}", tmp_path_factory.mktemp(name)
    with FileLock(shared / f"{name}.lock"):
        if not (first / "made").exists():
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("ARAXES_HOME", str(first))
                make(first)
            (first / "made").touch()
    shutil.copytree(first / "runs", home / "runs")
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
    return _only_run(fitted_home)


@pytest.fixture(scope="session")
def earlier(tmp_path_factory):
    """A quick fit of what was known a month before the default day."""
    from model.refit import refit

    def fit(_home):
        refit(store.SCENARIO_FOLDER, date(2023, 8, 21), QUICK)

    return _only_run(_made_once(tmp_path_factory, "earlier", fit))


def _only_run(home: Path):
    (folder,) = (home / "runs").iterdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARAXES_HOME", str(home))
        return store.load(folder.name)
