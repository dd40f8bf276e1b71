"""Decks: charts are native and hold the tables' numbers, nothing is empty, nothing leaks."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from pptx.oxml.ns import qn

from briefing.exhibits import catalogue
from briefing.exports.deck import formats
from briefing.exports.deck.deck import deck
from briefing.material.material import Material
from briefing.material.provenance import Tier, from_json
from briefing.material.story import story
from briefing.words import numbers as words
from briefing.words import tables
from tests.briefing.exports.deck import deck_reader as read
from tests.briefing.made_up_difference import difference_of
from tests.briefing.made_up_record import record

KEYS = (
    "bottom-line outcomes curves scenarios build-up if-then change-our-mind evidence what-counts "
    "method"
).split()


@pytest.fixture(scope="module")
def plain(fitted):
    """Nothing assumed, no earlier run."""
    return Material(fitted)


@pytest.fixture(scope="module")
def full(fitted, sets, earlier):
    """Everything that a deck may hold."""
    difference = difference_of(fitted)
    named = sets["Yerevan turns west"]
    return Material(fitted, named, since=earlier, kept=record(), difference=difference)


@pytest.fixture(scope="module")
def content(full):
    return deck(full)


@pytest.fixture(scope="module")
def shapes(content):
    return read.shapes(content)


def chart(shapes, key):
    return shapes[f"araxes:{key}:chart"].chart


def expected(full, key):
    """Each chart's numbers by series, from the tables that the screen shows."""
    answer = full.answer.outcomes
    if key == "outcomes":
        return {"Probability": list(answer["probability"])}
    if key == "scenarios":
        rows = catalogue.make("scenarios", full).numbers
        return {"Probability": list(rows["probability"])}
    if key == "assumptions":
        rows = catalogue.make("comparison", full).numbers
        return {"Published": list(rows["published"]), "Under the assumptions": list(rows["own"])}
    if key == "moved":
        moved = full.moved
        return {
            "Time passing (points)": list(100 * moved["time_passing"]),
            "News (points)": list(100 * moved["news"]),
        }
    if key == "why-moved":
        return {"Adds (points)": list(100 * catalogue.make("why_moved", full).numbers["share"])}
    if key == "change-our-mind":
        rows = full.indicators.head(8)
        return {"Expected movement (points)": list(100 * rows["expected"])}
    signs = full.events["strength"]
    return {"Raised a driver": (signs > 0).sum(), "Lowered a driver": (signs < 0).sum()}


ROWS = ("outcomes", "scenarios", "assumptions", "moved", "why-moved", "change-our-mind")


@pytest.mark.parametrize("key", ROWS)
def test_a_chart_of_rows_draws_its_tables_numbers_and_its_workbook_holds_the_same(
    shapes, full, key
):
    drawn, told = chart(shapes, key), expected(full, key)
    assert list(read.cached(drawn)) == list(told)
    sheet = read.sheet(drawn)
    for column, (name, values) in zip("BC", told.items(), strict=False):
        assert read.cached(drawn)[name] == pytest.approx(values, rel=1e-12, abs=1e-15)
        assert read.numbers_of(sheet, column) == pytest.approx(values, rel=1e-12, abs=1e-15)
        assert sheet[f"{column}1"] == name


def test_the_quarters_hold_every_coding(shapes, full):
    drawn = read.cached(chart(shapes, "evidence"))
    for name, total in expected(full, "evidence").items():
        assert sum(drawn[name]) == total
    assert sum(map(sum, drawn.values())) == len(full.events)


def test_the_curves_and_their_intervals_are_the_exhibits(shapes, full):
    drawn = read.cached(chart(shapes, "curves"))
    numbers = catalogue.make("curves", full).numbers
    lines = numbers[~numbers["at_deadline"]]
    for title, rows in lines.groupby("title"):
        days = [(day - date(1899, 12, 30)).days for day in rows["date"]]
        ends = {
            "probability": title,
            "low": f"{title}, low end of the 90% interval",
            "high": f"{title}, high end of the 90% interval",
        }
        for column, name in ends.items():
            assert [x for x, _ in drawn[name]] == days
            assert [y for _, y in drawn[name]] == pytest.approx(list(rows[column]), rel=1e-12)
    by = (full.deadline - date(1899, 12, 30)).days
    assert drawn[f"Deadline, {words.long_date(full.deadline)}"] == [(by, 0), (by, 1)]


def test_the_workbook_of_the_curves_holds_every_point(shapes):
    drawn = chart(shapes, "curves")
    points = [point for line in read.cached(drawn).values() for point in line]
    sheet = read.sheet(drawn)
    for place, column in enumerate("AB"):
        held = read.numbers_of(sheet, column)
        assert held == pytest.approx([point[place] for point in points], rel=1e-12)


@pytest.mark.parametrize("key", ["outcomes", "scenarios", "assumptions", "curves"])
def test_an_axis_of_chances_runs_from_0_to_100_percent(shapes, key):
    axis = chart(shapes, key).value_axis
    assert (axis.minimum_scale, axis.maximum_scale) == (0, 1)


@pytest.mark.parametrize("key", ["outcomes", "build-up", "change-our-mind"])
def test_what_an_axis_does_not_show_is_said_in_full(shapes, key):
    # LibreOffice takes an element without its value the other way than PowerPoint
    told = [node.get("val") for node in chart(shapes, key)._chartSpace.iter(qn("c:delete"))]
    assert told and None not in told


def test_the_date_axis_covers_every_date_drawn(shapes):
    drawn = chart(shapes, "curves")
    days = [x for line in read.cached(drawn).values() for x, _ in line]
    axis = drawn.category_axis
    assert axis.minimum_scale <= min(days) and max(days) <= axis.maximum_scale
    assert axis.maximum_scale - axis.minimum_scale < max(days) - min(days) + 45


def test_the_table_of_outcomes_says_what_the_story_says(shapes, full):
    told = story(full, "deck").numbers
    head, *rows = read.cells(shapes["araxes:outcomes:table"].table)
    assert head == ["Outcome", "Probability", "Likelihood", "90% interval"]
    assert rows == told[head].to_numpy().tolist()


def test_if_a_then_b_is_the_exhibits_table_with_the_published_chances_on_top(shapes, full):
    numbers = catalogue.make("if_then", full).numbers
    head, published, *rows = read.cells(shapes["araxes:if-then:table"].table)
    said = {(row[0], name): cell for row in rows for name, cell in zip(head, row, strict=True)}
    for row in numbers.itertuples():
        wanted = "–" if row.then != row.then else words.percent(row.then, row.mcse)
        assert said[row.given, row.outcome] == wanted
    for row in full.published.outcomes.itertuples():
        assert published[head.index(row.title)] == words.percent(row.probability, row.mcse)


def test_a_cell_is_orange_where_likelier_and_blue_where_less_likely(shapes, full):
    numbers = catalogue.make("if_then", full).numbers.dropna()
    table = shapes["araxes:if-then:table"].table
    rows = read.cells(table)
    for row in numbers[(numbers["times"] - 1).abs() > 0.1].itertuples():
        place = [one[0] for one in rows].index(row.given)
        red, _, blue = table.cell(place, rows[0].index(row.outcome)).fill.fore_color.rgb
        assert (red > blue) == (row.times > 1)


def test_the_table_of_what_moved_says_what_the_story_says(shapes, full):
    told = story(full, "deck").moved
    assert read.cells(shapes["araxes:moved:table"].table) == [
        list(told.columns),
        *told.to_numpy().tolist(),
    ]


@pytest.mark.parametrize(
    ("probability", "mcse", "shown"),
    [
        (0.13, 0.002, '[<0.01]"<1%";[>0.99]">99%";0%'),  # whole percents in the middle
        (0.017, 0.0003, '[<0.001]"<0.1%";[>0.999]">99.9%";0.0%'),  # tenths near an end
        (0.74, 0.02, '"about 75%"'),  # the error allows fives only
    ],
)
def test_a_label_reads_as_the_words_do(probability, mcse, shown):
    assert formats.chance(probability, mcse) == shown


def test_what_a_set_supposes_is_labelled_as_assumed_and_not_as_certain():
    row = {"probability": 1.0, "mcse": 0.0}
    assert formats.told(row | {"given": True}) == '"assumed"'
    assert formats.told(row | {"given": False}) == formats.chance(1.0, 0.0)


def test_a_step_has_the_digits_in_the_chart_that_it_is_told_with():
    # values are in points: from half a point on they round to one
    shown = '[>=0.5]+0" points";[<=-0.5]−0" points";"under 1 point"'
    assert formats.as_told(0.2, "under 1 point", 1.0) == shown
    tenths = '[>=0.05]+0.0" points";[<=-0.05]−0.0" points";"under 0.1 points"'
    assert formats.as_told(4.0, "+4.0 points", 0.1) == tenths
    hundredths = '[>=0.005]+0.00" points";[<=-0.005]−0.00" points";"under 0.01 points"'
    assert formats.as_told(-0.204, "−0.20 points", 0.01) == hundredths
    # 0.44 was rounded up, so that all steps add up
    assert formats.as_told(0.44, "+0.5 points", 0.1) == '"+0.5 points"'


@pytest.mark.slow
def test_a_deck_without_earlier_run_and_assumptions_has_no_slide_for_them(plain):
    keys = Counter(name.split(":")[1] for name in read.shapes(deck(plain)))
    assert list(keys) == KEYS


def test_what_moved_and_what_is_assumed_join_where_there_are_any(content):
    names = [slide.shapes[0].name for slide in read.opened(content).slides]
    keys = [name.split(":")[1] for name in names]
    rest = [*KEYS[7:-1], "track-record", KEYS[-1]]
    assert keys == [*KEYS[:6], "moved", "why-moved", KEYS[6], "assumptions", *rest]


def test_an_empty_cell_is_no_higher_than_the_letters_of_its_table(content):
    # PowerPoint and LibreOffice give it a line of 18 points where it has no size of its own
    cells = [
        cell
        for slide in read.opened(content).slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
    ]
    assert any(not cell.text for cell in cells)
    for cell in cells:
        (paragraph,) = cell.text_frame.paragraphs
        end = paragraph._p.find(qn("a:endParaRPr"))
        assert {run.font.size.pt for run in paragraph.runs} <= {int(end.get("sz")) / 100}
        assert 0 < int(end.get("sz")) < 1800


def test_nothing_on_a_slide_is_empty(content):
    for slide in read.opened(content).slides:
        assert len(slide.shapes) > 3
        for shape in slide.shapes:
            if shape.has_text_frame and not shape.name.endswith((":bar", ":mark")):
                assert shape.text_frame.text.strip(), shape.name


@pytest.mark.slow
def test_every_shape_has_a_name_of_its_own_the_same_in_every_deck(content, full, plain):
    named = [shape.name for slide in read.opened(content).slides for shape in slide.shapes]
    assert max(Counter(named).values()) == 1
    assert all(name.startswith("araxes:") for name in named)
    assert list(read.shapes(deck(replace(full)))) == named


def test_the_same_material_gives_the_same_bytes(full, content):
    assert deck(full) == content


def test_every_chart_and_table_has_alt_text_and_the_notes_repeat_it(content):
    for slide in read.opened(content).slides:
        notes = slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                alt = shape._element.nvGraphicFramePr.cNvPr.get("descr")
                assert len(alt) > 20 and alt in notes


def test_notes_say_run_days_and_sources(content, full):
    cited = story(full, "deck").evidence
    for slide in read.opened(content).slides:
        notes = slide.notes_slide.notes_text_frame.text
        assert f"Run {full.run.id}, as of 21 September 2023" in notes
        assert f"data up to {words.long_date(full.data_date)}" in notes
        assert all(one.source in notes and one.url in notes for one in cited)


def test_only_the_name_of_a_source_is_its_link(shapes):
    texts = (shape.text_frame for shape in shapes.values() if shape.has_text_frame)
    runs = (run for text in texts for paragraph in text.paragraphs for run in paragraph.runs)
    links = [run.text for run in runs if run.hyperlink.address]
    assert links and links == [link.strip() for link in links]


def test_the_properties_hold_where_the_deck_comes_from(content, full):
    found = from_json(read.opened(content).core_properties.comments)
    assert found == story(full, "deck").provenance


SPOKEN = ("Yerevan turns west", "buys arms elsewhere", "turn from Moscow to +", "Bring ")


@pytest.mark.parametrize("tier", Tier)
def test_a_tier_keeps_back_what_it_says_everywhere_in_the_file(full, tier):
    whole = read.every_text(deck(full, tier))
    sources = set(full.events["source"]) | set(full.events["source_url"])
    named = [one for one in sources if one in whole]
    assert bool(named) == (tier is Tier.full)
    assumed = [one for one in SPOKEN if one in whole]
    link = story(full, "deck").provenance.assumptions
    assert bool(assumed) == (link in whole) == (tier is not Tier.numbers)
    assert story(full, "deck").provenance.assumptions_hash in whole


def test_the_quarters_count_up_and_down_and_leave_no_gap():
    events = pd.DataFrame(
        {
            "date": pd.to_datetime(["2023-01-05", "2023-03-31", "2023-07-01", "2023-07-02"]),
            "strength": [1.0, -0.5, 0.0, 2.0],
        }
    )
    # Two in January to March, none in April to June, two from July on.
    assert tables.by_quarter(events).to_numpy().tolist() == [
        ["2023 Q1", 1, 1, 0],
        ["2023 Q2", 0, 0, 0],
        ["2023 Q3", 1, 0, 1],
    ]


def test_a_short_horizon_gives_a_deck_too(fitted):
    near = Material(fitted, deadline=fitted.as_of + timedelta(days=40))
    assert "araxes:curves:chart" in read.shapes(deck(near))


def test_text_keeps_within_its_box(content):
    for slide in read.opened(content).slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                room = shape.height.pt - 7, shape.width.pt - 7
                assert read.height_of(shape.text_frame, room[1]) <= room[0] + 1, shape.name


@pytest.mark.slow  # another deck
def test_numbers_alone_do_not_call_an_event_by_its_words(full):
    names = read.shapes(deck(full, Tier.numbers))
    assert not any(name.startswith("araxes:why-moved") for name in names)
