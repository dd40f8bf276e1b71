"""What all tests share: a state folder of their own, and one run of the real evidence."""

import pytest

from model import store


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
        refit()
    return home


@pytest.fixture(scope="session")
def fitted(fitted_home):
    """The run of the default day, as a reader loads it."""
    (folder,) = (fitted_home / "runs").iterdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARAXES_HOME", str(fitted_home))
        return store.load(folder.name)
