"""A state folder of a test's own, and a run that is quick to write."""

from dataclasses import replace

import pytest


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def small(fitted):
    """The run with a few draws, quick to write."""
    few = {name: values[:20] for name, values in fitted.draws.items()}
    return replace(fitted, draws=few, paths={n: v[:20] for n, v in fitted.paths.items()})
