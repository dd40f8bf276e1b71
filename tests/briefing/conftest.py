"""What tests of briefings share: each event's pull, found for a few events in place of all."""

import pandas as pd
import pytest

from briefing.exhibits import entries_evidence
from model.fitted_evidence import Fitted
from model.pull import pull_of

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
