"""The evidence drawn and in words: one mark per event, counts worked out by hand."""

from datetime import date

import pandas as pd

from briefing.charts import evidence
from briefing.exhibits import evidence as exhibits
from briefing.words import evidence as evidence_words
from model.evidence.event_table import by_month
from model.scenario import SCENARIO_FOLDER, load_scenario

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
        "country": ["Norway", "Norway", "Georgia", "Norway"],
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
    figure = evidence.timeline(EVENTS, date(2023, 1, 1), AS_OF)
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


def test_a_thousand_events_are_a_mark_each_and_more_are_a_mark_a_month():
    few, many = pd.concat([EVENTS] * 250), pd.concat([EVENTS] * 251)  # 1,000 and 1,004 rows
    marks = [
        sum(len(trace.x) for trace in exhibits.timeline(rows, date(2023, 1, 1), AS_OF).figure.data)
        for rows in (few, many)
    ]
    assert marks == [1000, 4]  # talks up and neither, west up, coercion down
    cut = pd.concat([EVENTS] * 400)  # of which 1,200 rows are inside
    shown = exhibits.timeline(cut, date(2023, 1, 1), date(2023, 2, 10))
    assert "A mark is a month." in shown.caption
    neither = next(trace for trace in shown.figure.data if trace.name == "neither")
    assert list(neither.x) == [pd.Timestamp(2023, 2, 10)]  # the 15th would lie outside
    assert neither.customdata[0] == "February 2023: 400 reports, 0 on average"


def test_months_are_as_large_as_they_hold_events():
    months = by_month(pd.concat([EVENTS, EVENTS.iloc[[0]].assign(strength=0.5)] * 2))
    figure = evidence.timeline_by_month(months, date(2023, 1, 1), AS_OF)
    raised = next(trace for trace in figure.data if trace.name == "raised it")
    # talks of January are 4 of the at most 4, the west's 2: 6 + 9 * sqrt(2 / 4)
    assert [round(size, 2) for size in raised.marker.size] == [15, 12.36]
    assert raised.customdata[0] == "January 2023: 4 reports, +1 on average"


def test_a_drivers_curve_is_its_table_solid_then_dotted():
    figure = evidence.driver_curve(CURVE, EVENTS[EVENTS["driver"] == "talks"], AS_OF)
    lines = {trace.line.dash: trace for trace in figure.data if trace.name.startswith("level")}
    assert list(lines["solid"].y) == [0.5, 0.8]
    assert list(lines["dot"].y) == [0.8, 0.6]  # joined to the last day of the record
    assert list(figure.data[-1].x) == list(EVENTS.loc[[0, 2], "date"])


def test_reports_origins_and_sources_are_counted_once():
    sentence = evidence_words.counted(EVENTS)
    assert sentence == "3 reports, 2 of them independent, from 2 sources"
    assert (
        evidence_words.counted(EVENTS.tail(1)) == "1 report, 1 of them independent, from 1 source"
    )


def test_the_sentences_say_where_a_driver_stands():
    assert evidence_words.driver_alt(CURVE, AS_OF) == (
        "Talks: +0.8 on 21 September 2023, 90% interval +0.7 to +0.9; expected by 21 October 2023 "
        "at +0.6, +0.1 to +1.1."
    )
    assert "Most are evidence about Talks (2)." in evidence_words.timeline_alt(EVENTS)
    assert evidence_words.timeline_alt(EVENTS.iloc[:0]) == "A timeline without events."


def test_the_table_has_a_row_an_event_newest_first_with_all_it_speaks_to():
    table = evidence_words.events_in_words(EVENTS)
    assert list(table.index) == ["E3", "E2", "E1"]
    assert table.loc["E1", "Evidence about"] == "Talks +1.5; West +1"
    assert (
        table.loc["E3", "Evidence about"] == "Coercion −2"
        and table.loc["E2", "Evidence about"] == "Talks 0"
    )
    assert table.loc["E2", "Reliability"] == "A: completely reliable"
    assert evidence_words.driver_in_words(CURVE)["Level"].tolist() == ["+0.5", "+0.8", "+0.6"]


PULLS = pd.DataFrame(
    {
        "event": ["E1", "E2", "E3", "E1"],
        "outcome": ["peace_treaty", "peace_treaty", "peace_treaty", "csto_exit"],
        "pull": [0.0123, 0.0, -0.031, 0.5],
        "mcse": [0.0002, 0.0, 0.00004, 0.01],
        "khat": [0.2, 0.0, -0.05, 0.1],
        "effective_draws": [3900.0, 4000.0, 3200.4, 4000.0],
    }
)
SCENARIO = load_scenario(SCENARIO_FOLDER)


def test_the_strongest_pulls_come_first_whichever_way_and_none_without_a_pull():
    rows = evidence_words.strongest(PULLS, EVENTS, "peace_treaty")
    assert list(rows["event"]) == ["E3", "E1"]
    assert list(rows["what_happened"]) == ["Shots", "Talks <open>"]


def test_every_number_of_the_pull_chart_is_in_its_table():
    shown = exhibits.pull(PULLS, EVENTS, "peace_treaty", SCENARIO, date(2023, 12, 31))
    bars = shown.figure.data[0]
    assert list(bars.x) == list(shown.numbers["pull"]) == [-0.031, 0.0123]
    assert list(bars.error_x.array) == [2 * error for error in shown.numbers["mcse"]]
    texts = [note.text for note in shown.figure.layout.annotations]
    assert texts == [
        "1 Mar 2023<br>Shots",
        "<b>−3.10</b><br> ",
        "5 Jan 2023<br>Talks &lt;open&gt;",
        "<b>+1.2</b><br> ",
    ]
    low, high = shown.figure.layout.xaxis.range
    assert low < -0.031 and high > 0.0123  # half of 4.4 points holds a step of 2
    assert list(shown.figure.layout.xaxis.ticktext) == ["−2", "0"]


def test_the_pull_exhibit_says_which_event_carries_the_headline():
    shown = exhibits.pull(PULLS, EVENTS, "peace_treaty", SCENARIO, date(2023, 12, 31))
    assert shown.alt == (
        "The 2 events that pull the chance of Peace treaty most, 1 of them up and 1 down. "
        "The strongest, of 1 March 2023, pulls by −3.10 points: Shots."
    )
    row = shown.in_words.iloc[0]
    assert (row["Pull (points)"], row["k̂"], row["Draws that count"]) == ("−3.10", "0.00", "3,200")


def test_the_table_of_events_takes_a_column_of_pulls_in_points():
    pulls = PULLS[PULLS["outcome"] == "peace_treaty"]
    table = evidence_words.events_in_words(EVENTS, "Peace treaty", pulls)
    assert table["Pull on Peace treaty, points"].round(6).to_dict() == {
        "E3": -3.1,
        "E2": 0.0,
        "E1": 1.23,
    }
    assert list(table["Media of"]) == ["Norway", "Georgia", "Norway"]


def test_every_mark_of_the_timeline_and_the_curve_is_in_its_table():
    shown = exhibits.timeline(EVENTS, date(2023, 1, 1), date(2023, 2, 20))
    drawn = sorted(x for trace in shown.figure.data for x in trace.x)
    assert drawn == sorted(shown.numbers["date"]) and len(drawn) == 3
    assert shown.caption.startswith("2 reports, 1 of them independent, from 2 sources.")
    assert list(shown.in_words["Strength"]) == ["0", "+1.5", "+1"]
    curve = exhibits.driver_curve(CURVE, EVENTS, "talks", AS_OF)
    lines = [y for trace in curve.figure.data if trace.name.startswith("level") for y in trace.y]
    assert set(lines) == set(curve.numbers["level"].dropna())
    assert curve.numbers["event"].dropna().tolist() == ["E1", "E2"]
    # a month without a report is no certainty
    assert curve.caption.endswith("no band shows what nobody reported.")
    assert curve.title == "Talks over time" and curve.alt.startswith("Talks: +0.8")
