"""The evidence drawn and said: a mark an event, a curve's own numbers, counts worked by hand."""

from datetime import date

import pandas as pd

from briefing import evidence_charts, evidence_words

AS_OF = date(2023, 9, 21)
EVENTS = pd.DataFrame(
    {
        "event": ["E1", "E1", "E2", "E3"],
        "date": pd.to_datetime(["2023-01-05", "2023-01-05", "2023-02-01", "2023-03-01"]),
        "known_on": pd.to_datetime(["2023-01-06", "2023-01-06", "2023-02-01", "2023-03-01"]),
        "what_happened": ["Talks <open>", "Talks <open>", "Talks, again", "Shots"],
        "driver": ["talks", "west", "talks", "coercion"],
        "driver_title": ["Talks", "West", "Talks", "Coercion"],
        "strength": [1.5, 1.0, 0.0, -2.0],
        "reason": [""] * 4,
        "reliability": ["B", "B", "A", "C"],
        "origin": ["o1", "o1", "o1", "o2"],
        "source": ["Agency", "Agency", "Paper", "Agency"],
        "source_url": ["https://a", "https://a", "https://p", "https://b"],
    }
)
CURVE = pd.DataFrame(
    {
        "driver": "talks",
        "title": "Talks",
        "date": [date(2023, 8, 21), AS_OF, date(2023, 10, 21)],
        "level": [0.5, 0.8, 0.6],
        "low": [0.4, 0.7, 0.1],
        "high": [0.6, 0.9, 1.1],
        "past": [True, True, False],
    }
)


def test_every_coding_is_a_mark_that_points_its_way():
    figure = evidence_charts.timeline(EVENTS, date(2023, 1, 1), AS_OF)
    marks = {trace.name: trace for trace in figure.data}
    assert {name: list(trace.y) for name, trace in marks.items()} == {
        "raised it": [0, 1],
        "lowered it": [2],
        "neither": [0],
    }
    assert marks["raised it"].marker.symbol == "triangle-up"
    assert list(marks["lowered it"].x) == [pd.Timestamp(2023, 3, 1)]
    # 6 + 9 * 1.5 / 3 and 6 + 9 * 1 / 3
    assert list(marks["raised it"].marker.size) == [10.5, 9.0]
    assert marks["raised it"].customdata[0] == "5 Jan 2023 (+1.5): Talks &lt;open&gt;"


def test_a_drivers_curve_is_its_table_solid_then_dotted():
    figure = evidence_charts.driver_curve(CURVE, EVENTS[EVENTS["driver"] == "talks"], AS_OF)
    lines = {trace.line.dash: trace for trace in figure.data if trace.name.startswith("level")}
    assert list(lines["solid"].y) == [0.5, 0.8]
    assert list(lines["dot"].y) == [0.8, 0.6]  # joined to the last day of the record
    assert list(figure.data[-1].x) == list(EVENTS.loc[[0, 2], "date"])


def test_reports_origins_and_sources_are_counted_once():
    said = evidence_words.counted(EVENTS)
    assert said == "3 reports of 2 origins, from 2 sources"
    assert evidence_words.counted(EVENTS.tail(1)) == "1 report of 1 origin, from 1 source"


def test_the_sentences_say_where_a_driver_stands():
    assert evidence_words.driver_alt(CURVE, AS_OF) == (
        "Talks: +0.8 on 21 September 2023, 90% interval +0.7 to +0.9; expected by 21 October 2023 "
        "at +0.6, +0.1 to +1.1."
    )
    assert "Most speak to Talks (2)." in evidence_words.timeline_alt(EVENTS)
    assert evidence_words.timeline_alt(EVENTS.iloc[:0]) == "A timeline without events."


def test_the_table_has_a_row_an_event_newest_first_with_all_it_speaks_to():
    table = evidence_words.events_in_words(EVENTS)
    assert list(table.index) == ["E3", "E2", "E1"]
    assert table.loc["E1", "Speaks to"] == "Talks +1.5; West +1"
    assert (
        table.loc["E3", "Speaks to"] == "Coercion −2" and table.loc["E2", "Speaks to"] == "Talks 0"
    )
    assert table.loc["E2", "Reliability"] == "A: completely reliable"
    assert evidence_words.driver_in_words(CURVE)["Level"].tolist() == ["+0.5", "+0.8", "+0.6"]
