"""The self-checks as a badge: what was asked of each, what it allows, whether it passed.

Each check is passed where no more of what it asks lies outside than chance leaves outside in 19 of
20 right models, as if its questions were independent of each other.
"""

from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import binom

from model.held_out import stored_tables
from model.scenario import Scenario
from model.scoring import calibration, stored

COLUMNS = ["check", "asked", "outside", "allowed", "passed", "made", "version"]
CHANCE = 0.95  # of passing, for a right model
SIMULATED, RECOVERY, NULL_WORLDS = "simulated worlds", "recovery", "null worlds"
CLASS, RECORD, DEATHS = "class survival", "weekly record", "monthly deaths"
ALARM = "above_50"  # a chance that would be called likelier than not
MOST_ALARMS = 0.05  # share of null worlds and outcomes


def badge(scenario: Scenario) -> pd.DataFrame:
    """One row per check that is stored: check, asked, outside, allowed, passed, made, version.

    asked, outside: how many questions, and how many of them lie outside; of null worlds one per
    world and outcome, a false alarm outside. made, version: of the stored result. Raises ValueError
    for a file of another form.
    """
    checks, nulls = (stored_tables.path_of(scenario, name) for name in ("checks", "null-worlds"))
    rows = [*_calibrated(stored.path_of(scenario)), *_checked(checks), *_alarmed(nulls)]
    return pd.DataFrame(rows, columns=COLUMNS)


def allowed(asked: int, chance: float) -> int:
    """How many of `asked` may lie outside, each with a probability of `chance`, 0..1, to pass."""
    return int(binom.ppf(CHANCE, asked, chance))


def _calibrated(path: Path) -> list[tuple]:
    if not path.exists():
        return []
    result = stored.read(path)
    table = calibration.verdicts(result)
    asked, about = len(table), (result.made, result.version)
    # of as many fits a right 90 % interval holds the truth in a binomial number
    ends = binom.ppf([0.025, 0.975], result.fits, 0.9) / result.fits
    missed = int((~table["held"].between(*ends)).sum())
    return [
        _row(SIMULATED, asked, int((~table["inside"]).sum()), allowed(asked, 0.05), about),
        _row(RECOVERY, asked, missed, allowed(asked, 0.05), about),
    ]


def _checked(path: Path) -> list[tuple]:
    if not path.exists():
        return []
    result = stored_tables.read(path)
    about = result.made, result.version
    return [
        _row(check, len(rows), int((~rows["inside"]).sum()), allowed(len(rows), 0.1), about)
        for check, rows in result.tables["predictive"].groupby("check", sort=False)
    ]


def _alarmed(path: Path) -> list[tuple]:
    if not path.exists():
        return []
    result = stored_tables.read(path)
    alarms = result.tables["alarms"].set_index("outcome")
    asked = int(alarms["worlds"].iloc[1:].sum())
    heard = round(float(alarms.loc["all", ALARM]) * asked)
    most = int(np.floor(MOST_ALARMS * asked))
    return [_row(NULL_WORLDS, asked, heard, most, (result.made, result.version))]


def _row(check: str, asked: int, outside: int, most: int, about: tuple) -> tuple:
    return check, asked, outside, most, outside <= most, *about
