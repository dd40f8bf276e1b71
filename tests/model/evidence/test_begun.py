"""Outcomes that the evidence reports as begun."""

from datetime import date

import pandas as pd
import pytest

from model.evidence import load_evidence
from model.evidence.begun import begun
from model.scenario import SCENARIO_FOLDER


@pytest.mark.parametrize(("as_of", "told"), [("2024-04-16", []), ("2024-04-17", ["2024-04-17"])])
def test_the_withdrawal_counts_as_begun_from_the_day_that_both_capitals_said_so(as_of, told):
    found = begun(load_evidence(SCENARIO_FOLDER, date.fromisoformat(as_of)).events)
    assert [f"{first.date:%Y-%m-%d}" for first in found.values()] == told
    assert list(found) == ["russian_withdrawal"] * len(told)


def test_the_report_that_was_known_first_is_told():
    rows = [
        ("treaty_begun", "2024-01-02", "2024-03-01", "later known"),
        ("treaty_begun", "2024-01-05", "2024-02-01", "first known"),
        ("clash", "2024-01-01", "2024-01-01", "another kind"),
    ]
    events = pd.DataFrame(rows, columns=["kind", "date", "known_on", "what_happened"])
    events = events.astype({"date": "datetime64[us]", "known_on": "datetime64[us]"})
    (first,) = begun(events).values()
    assert (first.outcome, first.what_happened) == ("treaty", "first known")
