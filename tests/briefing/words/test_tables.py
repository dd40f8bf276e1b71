"""Tables that charts draw, and their twins in words."""

import pandas as pd
import pytest

from briefing.words import tables
from tests.briefing import made_up


def test_scenarios_are_ranked_and_add_up_to_one():
    ranked = tables.scenarios(made_up.joint(), made_up.outcomes(), shown=3)
    # rain only 0.6 x 0.94 x 0.996, none 0.4 x 0.94 x 0.996, both 0.6 x 0.06 x 0.996
    assert list(ranked["name"]) == [
        "Rain only",
        "None of the three",
        "Rain + Hail storm",
        "All 5 others together",
    ]
    assert ranked["probability"].iloc[0] == pytest.approx(0.561744)
    assert ranked["probability"].sum() == pytest.approx(1, abs=1e-12)


def test_a_single_remaining_scenario_is_named_and_not_called_other():
    assert len(tables.scenarios(made_up.joint(), made_up.outcomes(), shown=7)) == 8


def test_what_has_happened_is_left_out_of_the_names():
    settled = [pd.Timestamp(2020, 1, 5), pd.NaT, pd.NaT]
    ranked = tables.scenarios(made_up.joint(), made_up.forecast(settled_on=settled).open)
    assert list(ranked["name"]) == [
        "None of the two",
        "Hail storm only",
        "First snow of the year only",
        "All two",
    ]
    assert ranked["probability"].iloc[0] == pytest.approx(0.94 * 0.996)


def test_a_comparison_keeps_both_numbers_and_their_difference():
    own = made_up.outcomes(probability=[0.7, 0.06, 0.004])
    both = tables.comparison(made_up.outcomes(), own)
    assert list(both["own"]) == [0.7, 0.06, 0.004]
    assert both["change"].iloc[0] == pytest.approx(0.1)
    assert list(tables.comparison_in_words(both)["Change"]) == ["+10 points", "none", "none"]


def test_the_outcomes_in_words_state_both_sides_and_a_range():
    table = tables.outcomes_in_words(made_up.outcomes())
    assert table["Likelihood"].iloc[1] == "very unlikely (5–20%)"
    assert table["In 100"].iloc[1] == "6 in 100 for, 94 in 100 against"
    assert table["Monte Carlo error"].iloc[1] == "0.4 points"


def test_the_curves_in_words_have_a_row_a_date_and_a_column_an_outcome():
    table = tables.curves_in_words(made_up.curves())
    assert list(table.columns) == ["By", *made_up.TITLES.values()]
    # The last quarter ends at twice 6 %, with a band from 1 % to twice 16 %.
    assert table["Hail storm"].iloc[-1] == "12% (1–32%)"
    assert len(table) == 5


def test_the_outcome_that_moves_furthest_is_one_that_is_not_supposed_if_one_of_these_moves():
    rows = pd.DataFrame({"outcome": ["a", "b", "c"], "change": [0.02, -0.05, 0.6]})
    assert tables.moved_most(rows, {"c"}) == "b"
    # half of a tenth of a point is no move
    still = rows.assign(change=[0.0005, 0.0, 0.6])
    assert tables.moved_most(still, {"c"}) == "c"


def test_what_is_supposed_and_so_certain_is_given_and_no_chance():
    sure = made_up.outcomes(probability=[0.9999, 0.9999, 0.5])
    rows = tables.comparison(made_up.outcomes(), sure, {"rain", "early_snow"})
    # hail is as certain, but nobody supposes it; the snow is supposed and still open
    assert list(rows["given"]) == [True, False, False]
    assert tables.comparison_in_words(rows)["Yours"].tolist()[0] == "assumed"
    # prevented is as certain as brought about
    never = tables.by_decree(made_up.outcomes(probability=[0.0, 0.5, 0.5]), {"rain", "early_snow"})
    assert never == {"rain"}


def test_a_table_of_outcomes_says_of_what_is_supposed_that_it_is_assumed():
    sure = made_up.outcomes(probability=[0.9999, 0.9999, 0.5])
    rows = tables.outcomes_in_words(sure, supposed={"rain"})
    assert rows["Probability"].tolist()[:2] == ["assumed", ">99%"]
    assert rows["Likelihood"].iloc[0] == rows["90% interval"].iloc[0] == "–"
