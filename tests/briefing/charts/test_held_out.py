"""What was held out, drawn: a band marks each row of a check and ends below its name."""

import pandas as pd

from briefing.charts.held_out import checks, skill
from briefing.charts.rows import ROW_HEIGHT

ROWS = pd.DataFrame(
    {
        "row": ["Rain", "Rain", "Hail"],
        "name": ["Rain, 3 months", "Rain, 6 months", "Hail"],
        "position": [0.2, 0.97, 0.5],
        "inside": [True, False, True],
    }
)
TEXT = 9  # pixels from the middle of a line of text to its edge


def test_the_band_of_a_row_ends_below_its_name():
    figure = checks.positions(ROWS)
    bands = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert [(band.x0, band.x1) for band in bands] == [(0.05, 0.95)] * 2  # a row for rain, for hail
    for place, (band, name) in enumerate(zip(bands, figure.layout.annotations, strict=True)):
        assert band.y0 < place < band.y1 and name.y == place
        # the rows go down, so a band reaches place - y0 rows above its line; a name is shifted up
        assert (place - band.y0) * ROW_HEIGHT < name.yshift - TEXT


def test_a_skill_under_the_foot_of_the_chart_is_drawn_at_it_and_looks_different():
    ends = {"skill_low": [-4.0, -0.1], "skill_high": [-1.0, 0.4]}
    rows = pd.DataFrame({"months": [3, 6], "baseline": ["rate"] * 2, "skill": [-2.5, 0.2]} | ends)
    figure = skill.skill(rows, {"rate": "one rate"})
    (marks,) = (trace for trace in figure.data if trace.mode == "markers")
    assert list(marks.y) == [skill.LOWEST, 0.2]
    assert list(marks.marker.symbol) == ["triangle-down", "circle"]
    low, high = figure.layout.yaxis.range
    assert all(low < y < high for y in marks.y)
