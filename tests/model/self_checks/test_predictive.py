"""Posterior predictive checks: what the model makes, beside what was seen."""

import numpy as np
import pytest

from model.self_checks import predictive
from model.self_checks.predictive import CLASS, DEATHS, RECORD, predictive_checks
from tests.model import real_evidence


@pytest.fixture(scope="module")
def table(thin):
    return predictive_checks(thin.draws, thin.evidence, worlds=20).set_index(["check", "about"])


def test_what_was_seen_is_the_evidences(table):
    weeks, months = real_evidence.observed().weeks, real_evidence.observed().months
    scenario = real_evidence.evidence().scenario
    seen = table.loc[RECORD, "seen"]
    assert seen.to_dict() == dict(zip(scenario.outcome_ids, weeks.event.sum(axis=0), strict=True))
    assert table.loc[(DEATHS, "mean"), "seen"] == pytest.approx(months.deaths.mean())


def test_every_class_with_durations_is_compared_at_five_horizons(table):
    classes = {about.split(",")[0] for about in table.loc[CLASS].index}
    assert len(classes) == 5 and len(table.loc[CLASS]) == 25
    assert (table["low"] <= table["middle"]).all() and (table["middle"] <= table["high"]).all()


def test_the_share_that_came_is_kaplan_and_meiers_by_hand():
    # One of four at 1; one is lost at 2; at 3 one of two: 1 - 3/4 x 1/2.
    years, event = np.array([1.0, 2, 3, 4]), np.array([1.0, 0, 1, 0])
    assert predictive._share_come(years, event, 3.5) == pytest.approx(1 - 3 / 8)
    assert predictive._share_come(years, event, 0.5) == 0


def test_a_world_that_the_model_cannot_make_is_found(thin):
    # Deaths a thousandfold: what was seen lies far below all that is made.
    draws = thin.draws | {"death_level": thin.draws["death_level"] + np.log(1000)}
    rows = predictive_checks(draws, thin.evidence, worlds=20).set_index(["check", "about"])
    mean = rows.loc[(DEATHS, "mean")]
    assert not mean["inside"] and mean["position"] == 0 and mean["seen"] < mean["low"]
