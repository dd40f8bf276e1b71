"""The band of simulated worlds, and which lines are bold."""

import pandas as pd

from briefing.charts.calibration import INSIDE, OUTSIDE, calibration

SHARES = [0.0, 0.5, 1.0]
CURVES = pd.concat(
    [
        pd.DataFrame({"kind": "Hazard", "about": about, "share": SHARES, "gap": gap})
        for about, gap in (("Rain", [0.0, 0.3, 0.0]), ("Hail", [0.0, 0.1, 0.0]))
    ]
).assign(low=[0.0, -0.2, 0.0] * 2, high=[0.0, 0.2, 0.0] * 2)


def test_a_line_that_leaves_the_band_is_bold_and_drawn_on_top():
    figure = calibration(CURVES, {("Hazard", "Rain"): False, ("Hazard", "Hail"): True})
    low, high, hail, rain = figure.data
    assert (low.y, high.y) == ((0.0, -0.2, 0.0), (0.0, 0.2, 0.0)) and high.fill == "tonexty"
    assert (hail.name, hail.line.color) == ("Hazard: Hail", INSIDE)
    assert (rain.name, rain.line.color) == ("Hazard: Rain", OUTSIDE)
    assert rain.line.width > hail.line.width and rain.y == (0.0, 0.3, 0.0)
