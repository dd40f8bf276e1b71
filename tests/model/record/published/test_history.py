"""The history of a headline, by hand: which days it has, where it moved, what became known then."""

from datetime import date

import pandas as pd
import pytest

from model.record.published.history import PUBLISHED, WALKED, history, moves
from model.record.published.stored import WALKED_COLUMNS, table
from model.scenario import SCENARIO_FOLDER, load_scenario
from tests.model.record.ledger.made_up import forecast

SCENARIO = load_scenario(SCENARIO_FOLDER)
OUTCOME, TERM = "corridor_open", "12 months"
# corridor_progress makes the corridor likelier (a ratio over 1), iranian_deterrence less likely
UP, DOWN = "corridor_progress", "iranian_deterrence"


def day(month: int, year: int = 2023) -> date:
    return date(year, month, 1)


def said(month: int, chance: float, **other) -> dict:
    numbers = {"probability": chance, "low": 0.0, "high": 1.0, "mcse": 0.004}
    asked = {"outcome": OUTCOME, "term": TERM, "as_of": day(month), "deadline": day(month, 2024)}
    return forecast(**(asked | numbers | other))


def published(*rows: dict) -> pd.DataFrame:
    return table("forecasts", list(rows))


def walked(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=WALKED_COLUMNS)


def coded(known_on: str, driver: str, strength: float, what: str) -> dict:
    at = pd.Timestamp(known_on)
    said = {"what_happened": what, "source": "Agency", "source_url": "https://a.example"}
    return {"date": at, "known_on": at, "driver": driver, "strength": strength} | said


def test_a_day_stands_once_as_published_last_and_walked_where_nothing_was_published():
    rows = history(
        published(
            said(5, 0.3),
            said(3, 0.1),
            said(3, 0.2),  # published again, after a fit to more
            said(4, 0.9, assumptions="1abc"),
            said(7, 0.9),  # after the day that is asked
            said(4, 0.9, term="3 months"),
            said(4, 0.9, outcome="csto_exit"),
        ),
        walked(said(2, 0.15), said(3, 0.9), said(4, float("nan"))),
        OUTCOME,
        TERM,
        day(6),
    )
    assert list(rows["as_of"]) == [day(2), day(3), day(5)]
    assert list(rows["probability"]) == [0.15, 0.2, 0.3]
    assert list(rows["source"]) == [WALKED, PUBLISHED, PUBLISHED]


def moved(chances: dict[int, float], events: list[dict], came: dict | None = None) -> pd.DataFrame:
    rows = history(
        published(*(said(month, chance) for month, chance in chances.items())),
        walked(),
        OUTCOME,
        TERM,
        day(12),
    )
    days = dict.fromkeys(SCENARIO.outcome_ids, ()) | (came or {})
    columns = list(coded("2023-01-01", UP, 1, ""))
    known = pd.DataFrame(events, columns=columns).astype({"known_on": "datetime64[us]"})
    return moves(rows, known, days, SCENARIO, OUTCOME)


def test_a_move_names_the_heaviest_report_in_between_that_points_that_way():
    told = moved(
        {3: 0.1, 4: 0.3, 5: 0.2},
        [
            coded("2023-03-01", UP, 3, "known on the day before"),
            coded("2023-03-20", UP, 1, "a step"),
            coded("2023-03-21", UP, 2, "a larger step"),
            coded("2023-03-22", DOWN, 3, "the other way"),
            coded("2023-04-20", DOWN, 2, "tanks"),
        ],
    )
    assert list(told["change"]) == pytest.approx([0.2, -0.1])
    assert list(told["what_happened"]) == ["a larger step", "tanks"]
    assert list(told["date"]) == [date(2023, 3, 21), date(2023, 4, 20)]
    assert list(told["since"]) == [day(3), day(4)]


def test_an_outcome_that_came_and_is_linked_stands_before_any_report():
    (link, *_) = (link for link in SCENARIO.links if link.to == OUTCOME)
    came = {link.from_: [date(2023, 3, 9)]}
    told = moved({3: 0.1, 4: 0.3}, [coded("2023-03-20", UP, 3, "a step")], came)
    title = SCENARIO.outcome(link.from_).title
    assert told[["date", "what_happened"]].to_numpy().tolist() == [
        [date(2023, 3, 9), f"{title} came about"]
    ]


def test_where_nothing_points_that_way_nothing_is_named():
    (row,) = moved({3: 0.3, 4: 0.1}, [coded("2023-03-20", UP, 3, "a step")]).to_dict("records")
    assert pd.isna(row["what_happened"]) and row["change"] == pytest.approx(-0.2)


def test_a_change_within_the_monte_carlo_error_is_no_move():
    # 2 · √(0.004² + 0.004²) = 0.0113
    assert len(moved({3: 0.10, 4: 0.111}, [])) == 0
    assert len(moved({3: 0.10, 4: 0.112}, [])) == 1


def test_of_a_years_end_only_the_same_is_compared():
    by = {"term": "year end"}
    rows = history(
        published(
            said(11, 0.1, deadline=date(2023, 12, 31), **by),
            said(12, 0.5, deadline=date(2024, 12, 31), **by),
        ),
        walked(),
        OUTCOME,
        "year end",
        day(12),
    )
    events = pd.DataFrame([coded("2023-11-20", UP, 3, "a step")])
    assert len(rows) == 2
    assert moves(rows, events, dict.fromkeys(SCENARIO.outcome_ids, ()), SCENARIO, OUTCOME).empty


def test_the_six_largest_moves_are_told_in_the_order_of_their_days():
    chances = {1: 0.1, 2: 0.2, 3: 0.4, 4: 0.7, 5: 0.3, 6: 0.25, 7: 0.5, 8: 0.9, 9: 0.1}
    told = moved(chances, [])
    # changes by month: .1 .2 .3 -.4 -.05 .25 .4 -.8; the two smallest are left out
    assert [row.month for row in told["as_of"]] == [3, 4, 5, 7, 8, 9]
