"""Scores of cases that were not all watched long enough: by hand, and beside the library."""

import numpy as np
import pytest
from scipy.stats import chi2
from sksurv.metrics import brier_score
from sksurv.nonparametric import kaplan_meier_estimator
from sksurv.util import Surv

from model.held_out.survival_scores import brier_terms, d_calibration, pit_curve, share_come

YEARS, EVENT = np.array([1.0, 2, 3, 4]), np.array([1.0, 0, 1, 0])


def test_the_censored_brier_score_by_hand():
    # By 2.5 years. One of the three still watched is lost at 2, so 2/3 are kept from then on. The
    # first came: 0.4²; the second says nothing; the last two had not: 0.3² and 0.2², over 2/3.
    terms = brier_terms(YEARS, EVENT, np.array([0.6, 0.5, 0.3, 0.2]), 2.5)
    assert terms == pytest.approx([0.16, 0, 0.135, 0.06])


def test_the_censored_brier_score_is_the_librarys():
    rng = np.random.default_rng(1)
    came, lost, said = rng.exponential(3, 80), rng.exponential(4, 80), rng.uniform(size=80)
    years, event = np.minimum(came, lost), (came <= lost).astype(float)
    watched = Surv.from_arrays(event > 0, years)
    _, (score,) = brier_score(watched, watched, 1 - said, 2.0)
    assert brier_terms(years, event, said, 2.0).mean() == pytest.approx(score)


def test_a_case_on_which_readers_disagree_counts_half_either_way():
    said = np.full(4, 0.3)
    half = EVENT.copy()
    half[0] = 0.5
    # Not lost before 2.5 by one reader, lost at 1 by the other: half its 0.7² over the chance to be
    # kept, and the others' over theirs. Of the eight rows one is lost at 1 and two at 2: the share
    # kept is 6/7 at 1 (events first: 7 were left), then 4/6 of it.
    kept = 6 / 7, 6 / 7 * 4 / 6
    terms = brier_terms(YEARS, half, said, 2.5)
    assert terms == pytest.approx([0.49 / 2 / kept[0], 0, 0.09 / kept[1], 0.09 / kept[1]])


def test_where_nobody_was_watched_so_long_there_is_no_score():
    assert np.isnan(brier_terms(YEARS, EVENT, np.full(4, 0.3), 4.0)).all()


def test_d_calibration_by_hand():
    # Two halves. Events at 0.2 and 0.9; one open at 0.6, all of it above; one open at 0.25, of
    # which a third lies in the lower half: 4/3 and 8/3 where 2 and 2 are expected.
    p, shares = d_calibration(np.array([0.2, 0.9, 0.6, 0.25]), np.array([1, 1, 0, 0]), bins=2)
    assert shares == pytest.approx([1 / 3, 2 / 3])
    assert p == pytest.approx(chi2.sf(2 * (2 / 3) ** 2 / 2, 1))


@pytest.mark.parametrize("times, caught", [(1.0, False), (2.0, True), (0.5, True)])
def test_waits_that_are_thought_too_short_or_too_long_are_caught(times, caught):
    rng = np.random.default_rng(2)
    came, lost = rng.exponential(3, 300), rng.exponential(4, 300)
    years, event = np.minimum(came, lost), (came <= lost).astype(float)
    said = -np.expm1(-years * times / 3)  # the rate is 1/3
    p, _ = d_calibration(said, event, bins=10)
    assert (p < 0.01) == caught
    # And whether the band of the PIT's curve leaves the diagonal somewhere in the middle.
    curve = pit_curve(said, event).query("0.2 < share < 0.8")
    outside = (curve["low"] > curve["share"]) | (curve["high"] < curve["share"])
    assert (outside.mean() > 0.5) == caught


def test_the_curves_interval_is_that_of_the_cases_and_not_of_their_readings():
    rng = np.random.default_rng(3)
    at, event = rng.uniform(size=40), rng.uniform(size=40) < 0.7
    times, waiting, ends = kaplan_meier_estimator(event, at, conf_level=0.9, conf_type="log-log")
    curve = pit_curve(at, event.astype(float)).iloc[1:]
    assert curve["share"].to_numpy() == pytest.approx(times)
    assert curve["below"].to_numpy() == pytest.approx(1 - waiting)
    middle = (waiting < 1) & (waiting > 0)
    assert curve["low"].to_numpy()[middle] == pytest.approx(1 - ends[1][middle])
    assert curve["high"].to_numpy()[middle] == pytest.approx(1 - ends[0][middle])


def test_the_share_that_came_by_hand():
    # Of four one came at 1, then three are at risk; one is lost at 2, so at 3 one of two comes.
    assert share_come(YEARS, EVENT, 2.5)[0] == pytest.approx(1 / 4)
    assert share_come(YEARS, EVENT, 3.5)[0] == pytest.approx(1 - 3 / 4 / 2)
    assert np.isnan(share_come(YEARS, EVENT, 4.5)).all()


def test_where_nothing_came_yet_the_interval_still_has_an_upper_end():
    # Nothing by half a year in four cases: 1 - 0.05 ** (1/4).
    assert share_come(YEARS, EVENT, 0.5) == pytest.approx((0, 0, 1 - 0.05**0.25))
