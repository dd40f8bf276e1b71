"""What these tests share: the real run, thinned to be quick, and a fit of few draws."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from model.forecast import forecast
from model.runs import Run, Settings
from model.scenario import places

FEW = Settings(draws=25, tune=150)


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


@dataclass(frozen=True)
class Refitted:
    """A refit, its state folder, and what it reported of its progress: (phase, share, line)."""

    home: Path
    run: Run
    reports: list[tuple[str, float, str]] = field(default_factory=list)


@pytest.fixture(scope="session")
def refitted(fitted, tmp_path_factory):
    """Fits the default day with few draws in this process; the second call compiles nothing."""
    from model.refit import refit

    def made() -> Refitted:
        home, reports = tmp_path_factory.mktemp("few"), []
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ARAXES_HOME", str(home))
            folder = places.SCENARIO_FOLDER
            run = refit(folder, settings=FEW, progress=lambda *step: reports.append(step))
        return Refitted(home, run, reports)

    return made


@pytest.fixture(scope="session")
def few(refitted):
    """One such fit, for all."""
    return refitted()
