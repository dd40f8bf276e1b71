"""The track record in words: misses first, both sides of a chance, nothing claimed of nothing."""

from datetime import date

import pandas as pd
import pytest

from briefing.words import record
from model.record.published import resolution
from model.record.published.stored import Stored
from tests.briefing.made_up_record import SCENARIO
from tests.briefing.made_up_record import record as made_up
from tests.model.record.ledger.made_up import override


def told(**last) -> pd.DataFrame:
    """Two decided forecasts, one open, one void; `last` changes the first."""
    rows = made_up().forecasts.head(4).reset_index(drop=True)
    came = [(True, date(2023, 9, 20)), (False, date(2023, 10, 1)), (None, None), (None, None)]
    status = ["resolved", "resolved", "open", "void"]
    return rows.assign(
        probability=[0.3, 0.2, 0.5, 0.5],
        status=status,
        happened=[happened for happened, _ in came],
        decided_on=[day for _, day in came],
        scored=[True, True, False, False],
        why=["", "", "", resolution.OTHER_RULE],
        **last,
    )


def test_where_nothing_was_published_one_line_says_so():
    rows = resolution.ADDED
    empty = Stored().forecasts.assign(**{name: [] for name in rows})
    assert record.sentences(empty, SCENARIO) == [record.NOTHING]


def test_the_record_is_counted_and_its_worst_miss_told_with_both_sides():
    counted, missed, scored = record.sentences(told(), SCENARIO)
    assert counted == (
        "4 forecasts have been published: 2 resolved, 1 open, 1 void; none of the resolved had "
        "been published before it was decided."
    )
    first = SCENARIO.outcomes[0].title
    assert missed == (
        f"The worst miss: {first} by 1 October 2023, as of 1 July 2023, was said to be 30 in 100 "
        "for, 70 in 100 against; it happened on 20 September 2023."
    )
    # (0.7² + 0.2²) / 2 = 0.265; (-log 0.3 - log 0.8) / 2 = 0.7136
    assert scored.startswith("Brier score 0.265 (0 is best, a coin's 0.25), log score 0.714")
    assert "2 decided, of which 1 came about" in scored


def test_what_was_called_impossible_and_came_has_an_endless_log_score():
    rows = told()
    rows.loc[0, "probability"] = 0.0
    assert "log score endless" in record.sentences(rows, SCENARIO)[2]


@pytest.mark.parametrize(
    "place, said",
    [(0, "Happened on 20 Sep 2023"), (1, "Did not happen"), (2, "Open")],
)
def test_what_became_of_a_forecast_is_said_in_a_few_words(place, said):
    table = record.forecasts_in_words(told(), SCENARIO)
    assert table["What became of it"].iloc[::-1].iloc[place] == said
    assert table["What became of it"].iloc[0] == f"Void: {resolution.OTHER_RULE}"


def test_an_override_is_said_with_both_sides_its_reason_and_its_last_day():
    said = record.override_sentence(override(reason="talks in Almaty."), "Peace treaty")
    assert said == (
        "Peace treaty by 21 September 2024: Ani Õun says 25 in 100 for, 75 in 100 against, in "
        "place of 12% as published. Talks in Almaty. It stands until 1 January 2024."
    )


def test_the_table_of_a_history_has_the_moves_beside_their_days():
    rows = pd.DataFrame(
        {
            "as_of": [date(2023, 7, 1), date(2023, 8, 1)],
            "deadline": [date(2024, 7, 1), date(2024, 8, 1)],
            "probability": [0.1, 0.18],
            "low": [0.05, 0.09],
            "high": [0.3, 0.4],
            "mcse": [0.004, 0.004],
            "source": ["walk-forward", "published"],
        }
    )
    moves = pd.DataFrame(
        [{"since": date(2023, 7, 1), "as_of": date(2023, 8, 1), "change": 0.08}]
    ).assign(date=date(2023, 7, 20), what_happened="Troops gather.")
    table = record.history_in_words(rows, moves)
    assert list(table.iloc[:, -1]) == ["", "+8 points: Troops gather (20 Jul 2023)"]
    assert list(table["From"]) == ["Walk-forward", "Published"]
    assert record.history_sentence(rows, "Peace treaty", "12 months") == (
        "Peace treaty within 12 months: 18% as of 1 Aug 2023; 10% as of 1 Jul 2023. Lowest 10% as "
        "of 1 Jul 2023, highest 18% as of 1 Aug 2023, over 2 as-of days."
    )
