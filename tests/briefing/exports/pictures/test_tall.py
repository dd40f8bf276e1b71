"""Tall charts in low pictures: in columns or lower, and nothing of them is lost."""

import pandas as pd
import pytest

from briefing.charts import fit
from briefing.exports.pictures import tall

ROWS = 25
LINKS = pd.DataFrame(
    [(f"One {row} → another {row}", 0.5, 2.0, 0.7, 1.0 + row / 100, 1.6) for row in range(ROWS)],
    columns=["title", "prior_low", "prior_high", "low", "median", "high"],
)


@pytest.fixture(scope="module")
def figure():
    return fit.intervals(LINKS, "link")


def medians(figure):
    return sorted(x for trace in figure.data if trace.name == "posterior" for x in trace.x[1:2])


def titles(figure):
    return sorted(note.text for note in figure.layout.annotations)


def test_a_chart_that_has_room_stays_as_it_is(figure):
    assert tall.fitted("intervals", figure, 900, figure.layout.height) == (figure, 0.0)


def test_in_columns_every_row_stands_once_beside_its_own_marks(figure):
    drawn, wide = tall.fitted("intervals", figure, 900, 400)
    assert medians(drawn) == medians(figure) and titles(drawn) == titles(figure)
    assert drawn.layout.height < figure.layout.height and 0 < wide
    columns = {trace.yaxis for trace in drawn.data}
    assert len(columns) > 1
    for trace in drawn.data:
        top, bottom = sorted(drawn.layout[f"yaxis{trace.yaxis[1:]}"].range)
        assert all(top < y < bottom for y in trace.y)
        (beside,) = {n.yref for n in drawn.layout.annotations if n.y == round(trace.y[0])}
        assert beside == trace.yaxis


def test_every_column_has_the_axis_of_the_whole_and_none_meets_another(figure):
    layout = tall.fitted("intervals", figure, 900, 400)[0].layout
    axes = [layout[name] for name in sorted(layout) if name.startswith("xaxis")]
    assert {axis.range for axis in axes} == {figure.layout.xaxis.range}
    ends = [end for axis in axes for end in axis.domain]
    assert ends == sorted(ends) and ends[0] == 0 and ends[-1] == pytest.approx(1)


def test_rows_move_together_only_as_far_as_their_words_allow(figure):
    # 25 rows of 44 pixels and the axis; in a narrow room there is no second column
    drawn, wide = tall.fitted("intervals", figure, 250, 400)
    assert wide == 0.0
    assert drawn.layout.height == pytest.approx(tall.CLOSEST * figure.layout.height)


def test_a_map_is_drawn_lower_but_not_below_what_its_names_need(figure):
    assert tall.fitted("arrows", figure, 900, 600)[0].layout.height == 600
    assert tall.fitted("arrows", figure, 900, 100)[0].layout.height == tall.LOWEST["arrows"]
