"""Tables of held-out reference cases, on cases made up on purpose."""

import numpy as np
import pandas as pd
import pytest

from model.held_out.class_scores import (
    brier_table,
    calibration_table,
    density_table,
    reliability_table,
    tables,
)
from model.held_out.survival_scores import brier_terms

CASES = 120
RNG = np.random.default_rng(5)
RATE = np.where(np.arange(CASES) % 2, 0.4, 0.1)  # a year; half of the cases are four times as fast
CAME, LOST = RNG.exponential(1 / RATE), RNG.uniform(1, 12, CASES)
YEARS, EVENT = np.minimum(CAME, LOST), (CAME <= LOST).astype(float)
OF = np.where(np.arange(CASES) < 80, "war", "road")


def made_up(rate):
    """Cases and chances of a model that gives each case this rate, beside one rate for all."""
    about = {"way": "case", "class": OF, "dyad": np.arange(CASES) // 2}
    one = EVENT.sum() / YEARS.sum()
    cases = pd.DataFrame(
        about
        | {"case": np.arange(CASES).astype(str), "began": 1990, "years": YEARS, "event": EVENT}
        | {"khat": 0.1, "refitted": False, "by_end": -np.expm1(-rate * YEARS)}
        | {"model": EVENT * np.log(rate) - rate * YEARS}
        | dict.fromkeys(("constant", "pooled"), EVENT * np.log(one) - one * YEARS)
    )
    chances = pd.concat(
        pd.DataFrame(
            about
            | {"case": cases["case"], "years": YEARS, "event": EVENT, "months": months}
            | {"model": -np.expm1(-rate * months / 12)}
            | dict.fromkeys(("kaplan_meier", "constant", "pooled"), -np.expm1(-one * months / 12))
        )
        for months in (12, 60)
    )
    return cases, chances.reset_index(drop=True)


@pytest.fixture(scope="module")
def right():
    return made_up(RATE)


def test_a_model_that_knows_the_fast_from_the_slow_is_better_at_five_years(right):
    rows = brier_table(right[1]).set_index(["class", "months", "baseline"])
    late = rows.loc[("all", 60, "constant")]
    assert (late["cases"], late["dyads"]) == (120, 60)
    assert late["skill"] > 0.05 and late["better_low"] > 0
    # And it is the censored Brier score, each class weighted by itself.
    terms = [
        brier_terms(YEARS[OF == of], EVENT[OF == of], -np.expm1(-RATE[OF == of] * 5), 5.0)
        for of in ("war", "road")
    ]
    assert late["own"] == pytest.approx(np.concatenate(terms).mean())


def test_densities_add_up_and_their_error_is_that_of_a_sum(right):
    rows = density_table(right[0]).set_index(["class", "baseline"])
    whole = rows.loc[("all", "constant")]
    better = right[0]["model"] - right[0]["constant"]
    assert whole["better"] == pytest.approx(better.sum())
    assert whole["error"] == pytest.approx(np.sqrt(120 * better.var()))
    assert whole["low"] < whole["better"] < whole["high"] and whole["low"] > 0
    parts = rows.loc[[("war", "constant"), ("road", "constant")], "better"]
    assert parts.sum() == pytest.approx(whole["better"])


@pytest.mark.parametrize("times, caught", [(1.0, False), (3.0, True), (1 / 3, True)])
def test_chances_too_high_or_too_low_are_caught(times, caught):
    cases, chances = made_up(RATE * times)
    whole = calibration_table(cases).set_index("class").loc["all"]
    assert (whole["p_value"] < 0.01) == caught
    assert (whole["expected"] < whole["low"] or whole["expected"] > whole["high"]) == caught
    # Of four 90 % intervals one may miss by chance.
    rows = reliability_table(chances)
    outside = (rows["said"] < rows["low"]) | (rows["said"] > rows["high"])
    assert len(rows) == 4 and (outside.sum() > 1) == caught


def test_what_came_and_was_expected_by_hand():
    cases = pd.DataFrame(
        {"way": "case", "class": "war", "dyad": ["a", "b"], "event": [1.0, 0.0]}
        | {"by_end": [0.5, 0.2], "khat": [0.3, np.nan], "refitted": [False, True]}
    )
    whole = calibration_table(cases).iloc[0]
    assert whole["expected"] == pytest.approx(np.log(2) - np.log(0.8))
    # Of a Poisson number of which one came the exact 90 % interval is 0.0513 to 4.744.
    assert (whole["low"], whole["high"]) == (
        pytest.approx(0.0513, abs=1e-4),
        pytest.approx(4.744, abs=1e-3),
    )
    assert (whole["came"], whole["khat_worst"], whole["refitted"]) == (1, 0.3, 1)


def test_every_table_is_made(right):
    made = tables(*right)
    assert [*made] == ["brier", "density", "calibration", "reliability", "pit", "cases"]
    assert all(len(table) for table in made.values())
