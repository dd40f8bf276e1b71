"""Equally likely dates, read off a curve worked by hand."""

from datetime import date

import pandas as pd
import pytest

from model.explain.quantile_dates import quantile_dates
from model.forecast import forecast

# 0 on 1 January, 20 % ten days on, 40 % twenty days on
CURVE = pd.DataFrame(
    {
        "date": [date(2020, 1, 1), date(2020, 1, 11), date(2020, 1, 21)],
        "probability": [0.0, 0.2, 0.4],
    }
)


def test_dots_stand_at_the_middles_of_equal_shares():
    # five dots: 10, 30, 50, 70, 90 %; 10 % is reached on the 6th, 30 % on the 16th, 50 % never
    table = quantile_dates(CURVE, dots=5)
    assert table["share"].tolist() == pytest.approx([0.1, 0.3, 0.5, 0.7, 0.9])
    assert table["date"].tolist()[:2] == [pd.Timestamp(2020, 1, 6), pd.Timestamp(2020, 1, 16)]
    assert table["date"].isna().tolist() == [False, False, True, True, True]


def test_as_many_dots_fall_by_the_deadline_as_its_chance_says(fitted):
    answer = forecast(fitted)
    for row in answer.outcomes.itertuples():
        table = quantile_dates(answer.curves[answer.curves["outcome"] == row.outcome])
        by_then = (table["date"] <= pd.Timestamp(row.deadline)).sum()
        assert by_then / 50 == pytest.approx(row.probability, abs=0.5 / 50 + 1e-9)


def test_dates_never_go_back(fitted):
    curves = forecast(fitted).curves
    for _, curve in curves.groupby("outcome"):
        assert quantile_dates(curve)["date"].dropna().is_monotonic_increasing
