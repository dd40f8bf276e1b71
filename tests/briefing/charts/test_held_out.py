"""What was held out, drawn: a band marks each row of a check and ends below its name."""

import pandas as pd

from briefing.charts.held_out import checks
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
