"""Curves, dots, bars and the dumbbell hold their table's numbers; labels never meet."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from briefing.charts import curves, labels, theme
from briefing.charts import rows as row_charts
from briefing.words import numbers, tables
from tests.briefing import made_up

COLOURS = theme.outcome_colours(list(made_up.TITLES))


def drawn(top: float = 1.0):
    return curves.curves(made_up.curves(), made_up.outcomes(), COLOURS, top)


def by_name(figure):
    return {trace.name: trace for trace in figure.data}


def test_the_curves_draw_the_numbers_of_the_table():
    table, figure = made_up.curves(), by_name(drawn())
    for outcome, title in made_up.TITLES.items():
        rows = table[table["outcome"] == outcome]
        band = figure[f"{title}, 90% interval"]
        assert list(figure[title].y) == list(rows["probability"])
        assert list(band.y) == [*rows["high"], *rows["low"][::-1]]


def test_the_axis_runs_from_nought_to_a_hundred_unless_zoomed():
    assert tuple(drawn().layout.yaxis.range) == (0, 1)
    assert tuple(drawn(top=0.2).layout.yaxis.range) == (0, 0.2)


def test_the_deadline_is_read_off_for_every_outcome():
    texts = [note.text for note in drawn().layout.annotations]
    read = next(text for text in texts if text.startswith("By 31 Dec 2020"))
    assert [part in read for part in ("Rain <b>60%", "Hail storm <b>6%", "0.4%")] == [True] * 3
    assert list(by_name(drawn())["at the deadline"].y) == list(made_up.outcomes()["probability"])


def test_what_is_assumed_is_read_off_as_assumed():
    rows = made_up.outcomes(probability=[1.0, 0.06, 0.004], given=[True, False, False])
    notes = curves.curves(made_up.curves(), rows, COLOURS).layout.annotations
    read = next(note.text for note in notes if note.text.startswith("By 31 Dec 2020"))
    assert "Rain <b>assumed</b>" in read and "Hail storm <b>6%" in read and "99" not in read
    said = numbers.curves_alt(rows.to_dict("records"))
    assert "Rain assumed; Hail storm 6%, 90% interval 1–16%" in said


def test_labels_of_curves_that_end_together_do_not_meet():
    table = made_up.curves().assign(probability=0.5)
    notes = [note for note in curves.curves(table, made_up.outcomes(), COLOURS).layout.annotations]
    ends = sorted(note.ay for note in notes if note.showarrow)
    # The tallest label has two lines of 17 pixels.
    assert min(b - a for a, b in pairwise(ends)) >= 34 - 1e-9


def test_in_a_lower_chart_the_labels_do_not_meet_either():
    table = made_up.curves().assign(probability=0.5)
    figure = curves.curves(table, made_up.outcomes(), COLOURS)
    before = {note.text: note.ay for note in figure.layout.annotations if note.showarrow}
    lower = curves.in_height(figure, 260)
    ends = sorted(note.ay for note in lower.layout.annotations if note.showarrow)
    assert lower.layout.height == 260
    assert min(b - a for a, b in pairwise(ends)) >= 34 - 1e-9
    again = curves.in_height(lower, curves.CURVES_HEIGHT).layout.annotations
    assert {note.text: note.ay for note in again if note.showarrow} == pytest.approx(before)


PLACES = some.lists(some.floats(0, 300), min_size=1, max_size=7)


@given(PLACES)
def test_spread_keeps_distance_range_and_order(places):
    moved = labels.spread(places, 30, 0, 300)
    ranked = [moved[i] for i in sorted(range(len(places)), key=lambda i: places[i])]
    assert all(b - a >= 30 - 1e-6 for a, b in pairwise(ranked))
    assert min(moved) >= -1e-6 and max(moved) <= 300 + 1e-6


def test_spread_leaves_alone_what_does_not_collide():
    assert labels.spread([100, 10, 60], 30, 0, 300) == pytest.approx([100, 10, 60])


def test_spread_moves_two_equal_places_half_a_gap_each():
    assert labels.spread([50, 50], 30, 0, 300) == pytest.approx([35, 65])


def test_the_bars_draw_the_ranked_scenarios_with_their_names():
    table = tables.scenarios(made_up.joint(), made_up.outcomes(), shown=3)
    figure = row_charts.scenarios(table)
    assert list(figure.data[0].x) == list(table["probability"])
    assert [note.text for note in figure.layout.annotations] == list(table["name"])
    assert tuple(figure.layout.xaxis.range) == (0, 1)


def test_the_dumbbell_draws_published_and_own():
    own = made_up.outcomes(probability=[0.7, 0.03, 0.004])
    table = tables.comparison(made_up.outcomes(), own)
    figure = row_charts.comparison(table, COLOURS)
    between, published, yours = figure.data
    assert list(between.x) == [0.6, 0.7, None, 0.06, 0.03, None, 0.004, 0.004, None]
    assert published.marker.symbol == "circle-open" and published.x == (0.6, 0.06, 0.004)
    assert yours.marker.symbol == "circle" and yours.x == (0.7, 0.03, 0.004)
    assert figure.layout.annotations[1].text.endswith(f"{table['title'][1]}   6% → <b>3%</b>")


def test_an_outcome_keeps_its_colour_by_its_place():
    colours = theme.outcome_colours([f"outcome {place}" for place in range(12)])
    assert list(colours.values())[:2] == ["#0072B2", "#009E73"]
    assert len(set(colours.values())) == 12


def test_backgrounds_are_transparent_and_text_follows_the_theme():
    figure = theme.inked(drawn(), "dark")
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0, 0, 0, 0)"
    assert figure.layout.font.color == figure.layout.xaxis.tickfont.color == theme.INK["dark"]
    assert {note.font.color for note in figure.layout.annotations} == {None}  # the layout's


@pytest.mark.parametrize(("largest", "top"), [(0.03, 0.05), (0.06, 0.1), (0.3, 0.4), (0.97, 1.0)])
def test_a_zoomed_axis_ends_at_a_round_number_above_the_largest(largest, top):
    assert theme.top_of([0.01, largest]) == top


@pytest.mark.parametrize(
    "largest, top", [(0.004, 0.005), (0.0046, 0.01), (0.012, 0.02), (0.04, 0.05), (0.95, 1.0)]
)
def test_an_axis_of_steps_may_end_far_lower_and_then_has_tenths(largest, top):
    assert theme.top_of_steps([0.0, largest]) == top
    axis = theme.probability_axis(top)
    # ticks a fifth of the axis apart need a tenth of a percent where that is under a percent
    assert axis["tickformat"] == (".1%" if axis["dtick"] < 0.01 else ".0%")


@pytest.mark.parametrize("probability", [0.0, 0.004, 0.13, 0.175, 1.0])
def test_as_many_of_a_hundred_dots_are_filled_as_the_chance_says(probability):
    grey, filled = curves.dots(probability, "#0072B2").data
    assert len(grey.x) == 100
    assert sum(filled.marker.opacity) == pytest.approx(100 * probability)


def test_a_text_is_cut_only_where_it_is_longer_than_its_room():
    assert labels.shortened("six of", 6) == "six of"
    assert labels.shortened("six of them", 6) == "six o…"


def test_in_lower_rows_a_title_stays_nearer_to_its_own_bar_than_to_the_one_above():
    table = tables.scenarios(made_up.forecast().joint, made_up.outcomes())
    figure = row_charts.in_height(row_charts.scenarios(table), 250)
    layout, (bars,) = figure.layout, figure.data
    bottom, top = layout.yaxis.range
    a_row = (250 - layout.margin.t - layout.margin.b) / (bottom - top)
    half_bar = bars.width / 2 * a_row
    for title in layout.annotations:
        assert title.yshift - half_bar < a_row - half_bar - title.yshift
