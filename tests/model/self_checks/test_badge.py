"""The badge: what passes, what does not, from stored results."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from model.held_out import stored_tables
from model.scoring import stored
from model.self_checks import badge
from tests.model import real_evidence
from tests.model.scoring.test_stored import result


def keep(part, **tables):
    """Store a part's tables as `held-out` does, and give the result."""
    scenario = real_evidence.evidence().scenario
    made = stored_tables.result(scenario, real_evidence.AS_OF, {}, tables)
    stored_tables.write(made, stored_tables.path_of(scenario, part))
    return made


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(stored, "FOLDER", tmp_path)
    return tmp_path


def rows():
    return badge.badge(real_evidence.evidence().scenario).set_index("check")


def test_where_nothing_is_stored_there_is_no_badge(folder):
    assert badge.badge(real_evidence.evidence().scenario).empty


def test_as_many_may_lie_outside_as_chance_leaves_outside_in_19_of_20():
    # Of ten 90 % intervals: at most two miss with 0.93, at most three with 0.987.
    assert badge.allowed(10, 0.1) == 3
    assert binom.cdf(2, 10, 0.1) < 0.95 <= binom.cdf(3, 10, 0.1)


@pytest.mark.parametrize("outside, passed", [(3, True), (4, False)])
def test_a_check_with_more_outside_is_not_passed(folder, outside, passed):
    inside = [False] * outside + [True] * (10 - outside)
    made = keep("checks", predictive=pd.DataFrame({"check": badge.CLASS, "inside": inside}))
    row = rows().loc[badge.CLASS]
    assert (row["asked"], row["outside"], row["passed"]) == (10, outside, passed)
    assert row["version"] == made.version


@pytest.mark.parametrize("alarms, passed", [(1, True), (2, False)])
def test_more_than_one_false_alarm_in_twenty_is_not_passed(folder, alarms, passed):
    told = {"outcome": ["all", "war"], "worlds": [20, 20], badge.ALARM: [alarms / 20] * 2}
    keep("null-worlds", alarms=pd.DataFrame(told))
    row = rows().loc[badge.NULL_WORLDS]
    assert (row["asked"], row["outside"], row["allowed"], row["passed"]) == (20, alarms, 1, passed)


def test_simulated_fits_are_held_to_their_band_and_to_their_intervals(folder):
    # Even ranks stay inside and hold 90 % of the truth; ranks all at the middle leave the band and
    # hold it always, which is too often.
    even = np.repeat(np.arange(100), 2)
    made = result(
        ranks={"effect": np.stack([even, np.full(200, 50)], axis=1)},
        names={"effect": ("even", "middle")},
        kept=99,
    )
    stored.write(made, stored.path_of(real_evidence.evidence().scenario))
    table = rows()
    assert table.loc[badge.SIMULATED, ["asked", "outside"]].to_list() == [2, 1]
    assert table.loc[badge.RECOVERY, ["asked", "outside"]].to_list() == [2, 1]
