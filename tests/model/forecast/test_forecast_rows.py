"""Which rows of a forecast's outcomes are open, which of them lead, and one row by its id."""

from datetime import date

import pandas as pd
import pytest

from model.assumptions import NOTHING
from model.forecast import Forecast
from model.forecast.basis import Basis

HAPPENED = pd.Timestamp(2020, 1, 5)


def made(lead, settled_on):
    """A forecast of three outcomes, a, b and c, at 10, 20 and 30 %."""
    outcomes = pd.DataFrame(
        {
            "outcome": ["a", "b", "c"],
            "lead": lead,
            "probability": [0.1, 0.2, 0.3],
            "settled_on": pd.to_datetime(settled_on),
        }
    )
    day = date(2020, 2, 1)
    return Forecast(
        basis=Basis(None),
        as_of=day,
        deadline=day,
        assumptions=NOTHING,
        effective_draws=4000.0,
        outcomes=outcomes,
        joint=pd.DataFrame(),
    )


@pytest.mark.parametrize(
    ("lead", "settled_on", "still_open", "leading"),
    [
        ([False, True, True], [pd.NaT, pd.NaT, pd.NaT], "abc", "bc"),
        ([False, True, True], [pd.NaT, HAPPENED, pd.NaT], "ac", "c"),
        (
            [False, True, False],
            [pd.NaT, HAPPENED, pd.NaT],
            "ac",
            "ac",
        ),  # what led is over
        ([False, False, False], [pd.NaT, pd.NaT, HAPPENED], "ab", "ab"),
        ([True, True, True], [HAPPENED, HAPPENED, HAPPENED], "", ""),
    ],
)
def test_open_rows_have_not_happened_and_those_lead_that_are_marked_or_else_all(
    lead, settled_on, still_open, leading
):
    forecast = made(lead, settled_on)
    assert list(forecast.open["outcome"]) == list(still_open)
    assert list(forecast.leading["outcome"]) == list(leading)


def test_a_row_is_found_by_its_id_and_keeps_it():
    forecast = made([True, True, True], [pd.NaT, HAPPENED, pd.NaT])
    row = forecast.row("b")
    assert (row["outcome"], row["probability"], row["settled_on"]) == ("b", 0.2, HAPPENED)


def test_an_id_that_is_none_has_no_row():
    with pytest.raises(KeyError, match="d"):
        made([True, True, True], [pd.NaT, pd.NaT, pd.NaT]).row("d")
