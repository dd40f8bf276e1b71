"""The band of simulated worlds, which lines are bold, and PITs a panel a horizon."""

import pandas as pd

from briefing.charts.calibration import INSIDE, OUTSIDE, calibration, pits

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


def test_pits_have_a_panel_a_horizon_with_bars_over_what_chance_gives():
    rows = pd.DataFrame({"low": [0.0, 0.1], "share": [0.3, 0.7], "by_chance_low": 0.1})
    both = [rows.assign(months=months, by_chance_high=0.2) for months in (3, 6)]
    figure = pits(pd.concat(both))
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert [(bar.name, bar.xaxis) for bar in bars] == [
        ("3 months ahead", "x"),
        ("6 months ahead", "x2"),
    ]
    assert bars[0].y == (0.3, 0.7) and bars[0].x == (0.0, 0.1)
    # side by side, on one scale
    assert figure.layout.xaxis.domain[1] < figure.layout.xaxis2.domain[0]
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range
    assert [note.text for note in figure.layout.annotations] == ["3 months ahead", "6 months ahead"]
    low, high = figure.data[0], figure.data[1]
    assert low.x == (0.0, 0.1, 1.0) and high.y == (0.2, 0.2, 0.2) and high.fill == "tonexty"
