"""A forecast's tables with made-up numbers: round ones, so that a reader can check by hand."""

from datetime import date, timedelta
from functools import cached_property
from itertools import product
from types import SimpleNamespace

import pandas as pd

from model.assumptions import NOTHING
from model.forecast import Forecast
from model.forecast.basis import Basis

AS_OF = date(2020, 2, 1)
DEADLINE = date(2020, 12, 31)
TITLES = {"rain": "Rain", "hail": "Hail storm", "early_snow": "First snow of the year"}


def outcomes(**changes) -> pd.DataFrame:
    """Rain 60 %, hail 6 %, snow 0.4 %; `changes` replace whole columns."""
    return pd.DataFrame(
        {
            "outcome": list(TITLES),
            "title": list(TITLES.values()),
            "lead": [True, True, False],
            "deadline": [DEADLINE] * 3,
            "probability": [0.60, 0.06, 0.004],
            "low": [0.40, 0.01, 0.0004],
            "high": [0.80, 0.16, 0.02],
            "mcse": [0.004, 0.004, 0.0004],
            "settled_on": [pd.NaT] * 3,
        }
    ).assign(**changes)


class MadeUpForecast(Forecast):
    """A forecast whose curves need no fit."""

    @cached_property
    def curves(self) -> pd.DataFrame:
        return curves()


def forecast(**changes) -> Forecast:
    """A forecast whose outcomes are those of `outcomes`."""
    return MadeUpForecast(
        basis=Basis(SimpleNamespace(id="madeup123456", scenario=None)),
        as_of=AS_OF,
        deadline=DEADLINE,
        assumptions=NOTHING,
        effective_draws=4000.0,
        outcomes=outcomes(**changes),
        joint=joint(),
    )


def joint() -> pd.DataFrame:
    """Independent outcomes at the probabilities of `outcomes`, bit k of the state for outcome k."""
    chances = dict(outcomes().set_index("outcome")["probability"])
    rows = []
    for state, bits in enumerate(product([0, 1], repeat=3)):
        held = dict(zip(chances, bits[::-1], strict=True))
        probability = 1.0
        for outcome, chance in chances.items():
            probability *= chance if held[outcome] else 1 - chance
        happened = tuple(outcome for outcome in chances if held[outcome])
        rows.append((state, happened, probability, probability / 200))
    return pd.DataFrame(rows, columns=["state", "happened", "probability", "mcse"])


def curves() -> pd.DataFrame:
    """Straight lines from 0 on the as-of date to twice the outcome's probability, at most 1."""
    rows = []
    for row in outcomes().itertuples():
        for quarter in range(5):
            share = quarter / 4
            rows.append(
                {
                    "outcome": row.outcome,
                    "title": row.title,
                    "date": AS_OF + timedelta(days=180 * quarter),
                    "probability": share * min(1.0, 2 * row.probability),
                    "low": share * row.low,
                    "high": share * min(1.0, 2 * row.high),
                }
            )
    return pd.DataFrame(rows)
