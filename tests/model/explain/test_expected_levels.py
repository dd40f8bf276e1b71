"""Where drivers are expected half a year on: nine futures in ten lie inside."""

import numpy as np

from model.explain.expected_levels import half_year_ranges
from model.fit.drivers import saturate

MONTH = 6  # starts on day 183, round(6 * 365.25 / 12), which is half a year


def test_nine_futures_in_ten_lie_inside_and_one_in_twenty_on_each_side(fitted):
    ranges = half_year_ranges(fitted)
    assert list(ranges) == list(fitted.scenario.driver_ids)
    levels = saturate(fitted.paths["raw_path"][:, MONTH].astype(float))
    below = [(levels[:, d] < low).mean() for d, (low, _) in enumerate(ranges.values())]
    above = [(levels[:, d] > high).mean() for d, (_, high) in enumerate(ranges.values())]
    # of 4,000 draws the 200th and the 3,800th
    assert np.allclose(below, 0.05, atol=0.0005) and np.allclose(above, 0.05, atol=0.0005)
    assert all(-2 <= low < high <= 2 for low, high in ranges.values())
