"""What moved, when, and if A then B: figures hold the table's numbers, sentences say them."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from briefing.charts import dates as timing_charts
from briefing.charts import if_then
from briefing.words import points
from briefing.words.if_then import WAYS, in_words, pairs, strongest, without_an_answer
from briefing.words.tables import dates_in_words, when_in_words

AS_OF, DAY, DEADLINE = date(2023, 9, 21), date(2023, 11, 1), date(2023, 12, 31)
TITLES = {"rain": "Rain", "hail": "Hail"}
PAIRS = pd.DataFrame(
    {
        "given": ["rain", "hail"],
        "outcome": ["hail", "rain"],
        "published": [0.10, 0.40],
        "assumed": [0.30, 0.20],
        "made": [0.20, np.nan],
        "published_after": [0.05, 0.30],
        "made_after": [0.10, 0.15],
        "mcse_published": [0.0004, 0.0004],
        "mcse_assumed": [0.002, 0.002],
        "mcse_made": [0.002, 0.002],
    }
)
LEARNED, MADE, AFTER = WAYS


def test_each_way_compares_with_what_was_published_for_it():
    rows = pairs(PAIRS, LEARNED, TITLES)
    assert rows["times"].tolist() == pytest.approx([3.0, 0.5])
    assert pairs(PAIRS, AFTER, TITLES)["times"].tolist() == pytest.approx([2.0, 0.5])


def test_the_heat_table_prints_every_chance_and_colours_it_by_its_factor():
    (cells,) = if_then.heat(pairs(PAIRS, LEARNED, TITLES)).data
    assert np.asarray(cells.customdata)[0, 1] == 0.30 and np.asarray(cells.customdata)[1, 0] == 0.20
    assert np.asarray(cells.z)[0, 1] == pytest.approx(np.log2(3))
    assert np.asarray(cells.text).tolist() == [["", "30%"], ["20%", ""]]


def test_what_has_no_answer_has_no_row_and_is_named_in_a_sentence():
    rows = pairs(PAIRS, MADE, TITLES)
    (cells,) = if_then.heat(rows).data
    assert np.asarray(cells.text).tolist() == [["", "20%"]]
    assert in_words(rows).to_dict("list") == {
        "If": ["Rain"],
        "Rain": ["–"],
        "Hail": ["20% (published 10%)"],
    }
    assert without_an_answer(rows, DAY) == (
        "Outcomes without a row happen by 1 November 2023 in too few of the simulated worlds: Hail."
    )
    assert without_an_answer(pairs(PAIRS, LEARNED, TITLES), DAY) == ""
    none = pairs(PAIRS.assign(assumed=np.nan), LEARNED, TITLES)
    assert strongest(none, DAY).startswith("Too few of the simulated worlds have any of them")


def test_the_strongest_pair_is_the_one_of_the_largest_change_in_points_either_way():
    higher = PAIRS.assign(assumed=[0.35, 0.20])  # 25 points more, 20 less
    assert strongest(pairs(higher, LEARNED, TITLES), DAY) == (
        "The largest change in points: with Rain by 1 November 2023, Hail is likelier, 35% in "
        "place of 10%."
    )
    # a tenth of 10 % is 9 points less, 25 % of 40 % are 15 less
    lower = PAIRS.assign(assumed=[0.01, 0.25])
    sentence = strongest(pairs(lower, LEARNED, TITLES), DAY)
    assert "Rain is less likely, 25% in place of 40%" in sentence


def test_what_was_published_keeps_its_digits_beside_an_answer_of_few_draws():
    # an error of 3 points allows 38 % no more than about 40 %; that of 12 % as published is small
    few = PAIRS.assign(assumed=[0.38, 0.20], published=[0.12, 0.40], mcse_assumed=0.03)
    assert "about 40% in place of 12%" in strongest(pairs(few, LEARNED, TITLES), DAY)
    assert in_words(pairs(few, LEARNED, TITLES))["Hail"][0] == "about 40% (published 12%)"


def dots(dates) -> pd.DataFrame:
    count = len(dates)
    share = (np.arange(count) + 0.5) / count
    return pd.DataFrame({"dot": range(count), "share": share, "date": pd.to_datetime(dates)})


DOTS = dots(["2023-10-01", "2023-11-01", "2024-02-01", None, None])


def test_every_dot_has_a_place_of_its_own_in_its_quarter():
    # 10 and 41 days on: the first quarter; 133 days on: the second; two later
    table = timing_charts.stacked(DOTS, AS_OF)
    assert table["column"].tolist() == [0, 0, 1, 0, 1]
    assert table["row"].tolist() == [0, 1, 0, 0, 0]
    (points,) = timing_charts.when(DOTS, AS_OF, date(2026, 9, 20), "#0072B2").data
    assert len(set(zip(points.x, points.y, strict=True))) == len(DOTS)


def test_the_dots_by_the_deadline_are_counted():
    sentence = when_in_words(DOTS, "Rain", DEADLINE)
    assert sentence == (
        "Rain: 2 of 5 equally likely dates fall by 31 December 2023, 1 after it, "
        "2 beyond the horizon or never."
    )
    # five dots: 10 %, 30 % and 50 % have dates, and what is never is one row and not two
    table = dates_in_words(DOTS)
    assert table["Share"].tolist() == ["10%", "30%", "50%", "70% and more"]
    assert table["By"].tolist()[2:] == ["1 Feb 2024", "later or never"]


def row(**changes) -> dict:
    return {
        "before": 0.04,
        "now": 0.13,
        "time_passing": -0.01,
        "news": 0.10,
        "change_mcse": 0.003,
    } | changes


def test_a_change_is_split_into_time_passing_and_news():
    assert points.change(row(), AS_OF) == (
        "+9 points since 21 Sep 2023: −1 point for time passing, +10 points for news."
    )


def test_a_change_within_the_error_is_no_change():
    sentence = points.change(row(now=0.045), AS_OF)
    assert sentence == "No change since 21 Sep 2023 beyond the Monte Carlo error."
