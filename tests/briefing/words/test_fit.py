"""How often what came lay inside the drivers' futures, and where, in words."""

import pandas as pd

from briefing.words.inspect.fit import (
    POOLED,
    futures_in_words,
    futures_said,
    pits_in_words,
    pits_said,
)
from model.inspect.driver_coverage import ALL

ROWS = [("a", 3, 20, 1.0), ("b", 3, 20, 0.8), (ALL, 3, 20, 0.9), ("a", 6, 17, 0.5)]
ROWS += [("b", 6, 17, 0.7), (ALL, 6, 17, 0.6)]
CHANCE = {"by_chance_low": 0.6, "by_chance_high": 1.0}
TABLE = pd.DataFrame(ROWS, columns=["driver", "months", "days", "inside"]).assign(**CHANCE)
TENTHS = pd.DataFrame({"months": 3, "low": [0.0, 0.1], "share": [0.25, 0.1]}).assign(
    by_chance_low=0.05, by_chance_high=0.15
)


def test_the_sentence_has_the_pooled_shares_and_the_widest_and_narrowest_driver():
    sentence = futures_said(TABLE)
    assert "in 90% 3 months ahead, 60% 6 months ahead, all drivers together" in sentence
    assert "goes from 50% to 100%" in sentence
    # of a and b at two horizons all but the 0.5 lie between 0.6 and 1
    assert "Three of the 4 shares of single drivers lie there" in sentence


def test_the_table_has_a_column_a_horizon_and_all_drivers_last():
    table = futures_in_words(TABLE, {"b": "B", "a": "A"})
    assert list(table.columns) == ["Driver", "3 months (20 days)", "6 months (17 days)"]
    assert table.to_numpy().tolist() == [
        ["B", "80% (60% to 100%)", "70% (60% to 100%)"],
        ["A", "100% (60% to 100%)", "50% (60% to 100%)"],
        [POOLED, "90% (60% to 100%)", "60% (60% to 100%)"],
    ]


def test_pits_are_said_with_how_many_stray_and_the_tallest():
    sentence = pits_said(TENTHS)
    assert "One of 2 shares lie beyond" in sentence and "25%, 3 months ahead" in sentence
    assert pits_in_words(TENTHS).to_numpy().tolist() == [
        ["0% to 10%", "25% (5% to 15%)"],
        ["10% to 20%", "10% (5% to 15%)"],
    ]
