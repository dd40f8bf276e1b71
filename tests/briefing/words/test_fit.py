"""How often what came lay inside the drivers' futures, in words."""

import pandas as pd

from briefing.words.inspect.fit import POOLED, futures_in_words, futures_said
from model.inspect.driver_coverage import ALL

ROWS = [("a", 3, 20, 1.0), ("b", 3, 20, 0.8), (ALL, 3, 20, 0.9), ("a", 6, 17, 0.5)]
ROWS += [("b", 6, 17, 0.7), (ALL, 6, 17, 0.6)]
TABLE = pd.DataFrame(ROWS, columns=["driver", "months", "days", "inside"])


def test_the_sentence_has_the_pooled_shares_and_the_widest_and_narrowest_driver():
    sentence = futures_said(TABLE)
    assert "in 90% 3 months ahead, 60% 6 months ahead, all drivers together" in sentence
    assert "goes from 50% to 100%" in sentence


def test_the_table_has_a_column_a_horizon_and_all_drivers_last():
    table = futures_in_words(TABLE, {"b": "B", "a": "A"})
    assert list(table.columns) == ["Driver", "3 months (20 days)", "6 months (17 days)"]
    assert table.to_numpy().tolist() == [
        ["B", "80%", "70%"],
        ["A", "100%", "50%"],
        [POOLED, "90%", "60%"],
    ]
