"""Skill and power: by hand, and by records made up on purpose."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from model.scoring.skill import blocks_needed, cases_needed, skill, skills

TABLE = pd.DataFrame(
    {
        "outcome": ["rain", "rain", "hail", "hail"],
        "happened": [True, False, False, False],
        "block": ["rain, 1", "rain, 2", "hail, 1", "hail, 1"],
        "ours": [0.8, 0.3, 0.1, 0.2],
        "coin": 0.5,
    }
)


def test_skill_by_hand():
    rows = skills(TABLE, "ours", ["coin"]).set_index(["outcome", "score"])
    whole = rows.loc[("all", "brier")]
    # (0.04 + 0.09 + 0.01 + 0.04) / 4 beside a quarter.
    assert whole["own"] == pytest.approx(0.045) and whole["base"] == 0.25
    assert whole["skill"] == pytest.approx(1 - 0.045 / 0.25)
    assert whole["better"] == pytest.approx(0.205)
    assert (whole["forecasts"], whole["blocks"], whole["came"]) == (4, 3, 1)
    # Every block's own skill lies between that of rain, 2 and of hail, so every resample's does:
    # 1 - 0.09 / 0.25 = 0.64, and 1 - 0.025 / 0.25 = 0.9.
    assert 0.64 <= whole["skill_low"] < whole["skill"] < whole["skill_high"] <= 0.9
    assert list(rows.index.get_level_values("outcome").unique()) == ["all", "rain", "hail"]
    assert np.isnan(rows.loc[("hail", "brier"), "skill_low"])  # one block


def test_no_better_is_no_skill_and_a_faultless_baseline_leaves_none_to_say():
    assert skill(np.array([0.25]), np.array([0.25])) == 0
    assert skill(np.array([0.5]), np.array([0.25])) == -1
    assert np.isnan(skill(np.array([0.1]), np.array([0.0])))


def test_as_many_cases_as_are_needed_find_the_better_in_four_of_five_records():
    right, other = 0.2, 0.35
    cases = int(cases_needed(right, other))
    # (1.96 + 0.84)² x 4 x 0.2 x 0.8 / 0.15²
    assert cases == np.ceil((norm.ppf(0.975) + norm.ppf(0.8)) ** 2 * 0.64 / 0.15**2)
    came = (np.random.default_rng(1).uniform(size=(4000, cases)) < right).astype(float)
    differences = (other - came) ** 2 - (right - came) ** 2
    z = differences.mean(axis=1) / (differences.std(axis=1, ddof=1) / np.sqrt(cases))
    assert (z > norm.ppf(0.975)).mean() == pytest.approx(0.8, abs=0.03)


def test_forecasters_alike_are_never_told_apart():
    assert cases_needed(0.2, 0.2) == np.inf
    assert blocks_needed(np.zeros(4), np.arange(4)) == np.inf
    assert np.isnan(blocks_needed(np.ones(4), ["a"] * 4))


def test_blocks_needed_count_blocks_and_not_forecasts():
    differences = np.array([0.1, 0.0, 0.2, -0.1, 0.05])
    once = blocks_needed(differences, np.arange(5))
    assert blocks_needed(np.repeat(differences, 12), np.repeat(np.arange(5), 12)) == once
    # Mean 0.05, standard deviation sqrt(0.0125) = 0.1118: (2.80 x 2.236)² = 39.2.
    assert once == 40
