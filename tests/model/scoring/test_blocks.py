"""Intervals by blocks: what belongs together is drawn together."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from model.scoring.blocks import episodes, interval, mean_interval, ratio_interval

VALUES = np.array([0.1, 0.4, 0.2, 0.9, 0.3, 0.5])


def test_forecasts_that_wait_for_the_same_event_are_one_episode():
    table = pd.DataFrame(
        {
            "outcome": ["war", "war", "war", "war", "treaty"],
            "as_of": [date(2021, 1, 1), date(2022, 1, 1), date(2022, 9, 13), date(2024, 1, 1)]
            + [date(2021, 1, 1)],
        }
    )
    came = {"war": [date(2021, 6, 1), date(2022, 9, 13)], "treaty": []}
    # The third is asked on the evening of the event and waits for the next, as the fourth does.
    assert episodes(table, came).to_list() == [
        "war, 2021-06-01",
        "war, 2022-09-13",
        "war, open",
        "war, open",
        "treaty, open",
    ]


def test_one_question_asked_thirty_times_tells_no_more_than_once():
    blocks = np.arange(6)
    once = mean_interval(VALUES, blocks)
    assert mean_interval(np.repeat(VALUES, 30), np.repeat(blocks, 30)) == pytest.approx(once)
    as_if_apart = mean_interval(np.repeat(VALUES, 30), np.arange(180))
    assert np.diff(as_if_apart) < 0.25 * np.diff(once)


def test_sums_over_blocks_give_what_resampled_rows_give():
    blocks = np.array(["a", "a", "b", "c", "c", "c"])
    other = VALUES[::-1]
    by_rows = interval(lambda rows: VALUES[rows].mean(), blocks)
    assert mean_interval(VALUES, blocks) == pytest.approx(by_rows)
    by_rows = interval(lambda rows: VALUES[rows].sum() / other[rows].sum(), blocks)
    assert ratio_interval(VALUES, other, blocks) == pytest.approx(by_rows)


def test_one_block_has_no_interval():
    assert np.isnan(mean_interval(VALUES, ["a"] * 6)).all()
    assert np.isnan(interval(lambda rows: VALUES[rows].mean(), ["a"] * 6)).all()


def test_a_90_percent_interval_holds_the_mean_nine_times_in_ten():
    rng = np.random.default_rng(1)
    # 50 blocks of 3, whose members share most of what they are; the true mean is 0.
    held = []
    for world in range(120):
        values = np.repeat(rng.normal(size=50), 3) + 0.3 * rng.normal(size=150)
        low, high = mean_interval(values, np.repeat(np.arange(50), 3), seed=world)
        held.append(low <= 0 <= high)
    # Standard error of the share 0.027; the percentile interval is known to be a little narrow.
    assert 0.83 <= np.mean(held) <= 0.96
