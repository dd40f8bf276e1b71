"""What all tests share: a state folder of their own, and one run of the real evidence.

Tests run in several processes; a run is fitted by the first of them that needs it, and kept beyond
the clone (see kept_runs.py).
"""

import os
from datetime import date
from pathlib import Path

import pytest

from model.runs import store
from model.runs.settings import QUICK, STANDARD
from tests.chromium import browser  # noqa: F401, a fixture
from tests.fresh_clone import clone  # noqa: F401, a fixture
from tests.kept_runs import home_with_run
from tests.sharing_out import InGroups, place

DEFAULT_DAY, MONTH_BEFORE = date(2023, 9, 21), date(2023, 8, 21)
# What `make test ARGS="…"` hands down; a `make` that a test starts would take it for its own.
FROM_MAKE = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "ARGS", "PORT")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """One process more than there are cores: browsers and servers keep theirs waiting."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: place(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return InGroups(config, log)


@pytest.fixture(scope="session", autouse=True)
def empty_home(tmp_path_factory):
    """No test reads or writes the runs of whoever starts the tests."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARAXES_HOME", str(home))
        for name in FROM_MAKE:
            patch.delenv(name, raising=False)
        yield home


@pytest.fixture(scope="session")
def fitted_home(tmp_path_factory):
    """A state folder that holds the run of the default day."""
    return home_with_run(tmp_path_factory.mktemp("fitted"), DEFAULT_DAY, STANDARD)


@pytest.fixture(scope="session")
def fitted(fitted_home):
    """The run of the default day, as a reader loads it."""
    return _only_run(fitted_home)


@pytest.fixture(scope="session")
def earlier(tmp_path_factory):
    """A quick fit of what was known a month before the default day."""
    return _only_run(home_with_run(tmp_path_factory.mktemp("earlier"), MONTH_BEFORE, QUICK))


def _only_run(home: Path):
    (folder,) = (home / "runs").iterdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARAXES_HOME", str(home))
        return store.load(folder.name)
