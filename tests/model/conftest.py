"""What the tests of assumptions share: the real run, thinned to be quick."""

from dataclasses import replace

import pytest

from model.forecast import forecast


@pytest.fixture(scope="session")
def thin(fitted):
    """The same run with every tenth draw, for what holds of any draws."""
    tenth = {
        name: {key: values[::10] for key, values in getattr(fitted, name).items()}
        for name in ("draws", "paths")
    }
    return replace(fitted, **tenth)


@pytest.fixture(scope="session")
def plain(thin):
    return forecast(thin)
