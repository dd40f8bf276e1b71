"""A walk-forward of made-up numbers, small enough to read."""

from datetime import date

import numpy as np
import pandas as pd

from model.record.resolution import Known
from model.record.walk import walk_scores
from model.record.walk.forecasters import deadlines
from model.record.walk.misses import misses
from model.record.walk.resolved import resolved
from model.record.walk.stored_walk import About, WalkForward

LAST = date(2024, 12, 31)
CAME = {"rain": [date(2024, 3, 1)], "hail": []}
KNOWN = Known(CAME, dict.fromkeys(CAME, LAST), again=frozenset(CAME))
DAYS = [date(2024, month, 1) for month in range(1, 7)]


def walk_forward() -> WalkForward:
    """Six days, two outcomes: rain came on 1 March 2024, hail did not."""
    forecasts = resolved(_said(), KNOWN)
    rows = walk_scores.scorable(forecasts, KNOWN)
    keys = rows[["outcome", "as_of", "term"]]
    wet = keys.assign(set="wet", probability=np.where(rows["outcome"] == "rain", 0.9, 0.1))
    pairs = keys[keys["outcome"] == "rain"].assign(
        given="rain", outcome="hail", given_probability=0.5, probability=0.2
    )
    fits = pd.DataFrame({"as_of": DAYS, "run": "abc", "seconds": 2.0, "cpu_seconds": 2.0})
    fits = fits.assign(rhat=1.004, ess_bulk=900.0, ess_tail=800.0, divergences=0, failures="")
    fits.loc[0, "failures"] = "R-hat is 1.012, above 1.01: the chains disagree"
    settings = {"draws": 500, "tune": 300, "chains": 4, "seed": 1}
    return WalkForward(
        About(date(2025, 1, 2), "0123456789ab", LAST, settings),
        forecasts,
        fits,
        misses(rows),
        walk_scores.scores(rows),
        walk_scores.skills(rows),
        walk_scores.transfer(rows),
        walk_scores.set_scores(wet, rows),
        walk_scores.conditional_scores(pairs, rows),
    )


def _said() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    rows = [
        {"outcome": outcome, "as_of": day, "term": term, "deadline": deadline}
        for day in DAYS
        for term, deadline in deadlines(day).items()
        for outcome in ("rain", "hail")
    ]
    table = pd.DataFrame(rows)
    chance = rng.uniform(0.05, 0.6, len(table)).round(3)
    ours = {"probability": chance, "low": chance / 2, "high": chance + 0.2, "mcse": 0.004}
    rules = {"drivers_off": 0.2, "own_record": 0.3, "class_rate": 0.25}
    return table.assign(**ours, **rules, last_value=0.3, crowd=np.nan)
