"""Leaving cases out by weights, beside the posterior without them, which is known exactly."""

from dataclasses import replace

import numpy as np
import pytest

from model.held_out.leave_out import left_out
from model.runs.observed import Cases
from tests.model import real_evidence

YEARS, EVENT = np.array([0.5, 1.0, 2.0, 3.0, 4.0, 6.0]), np.array([1.0, 1, 0, 1, 0, 0])
SHAPE, RATE = 2.0, 2.0  # of a gamma prior of the hazard, which is constant
DYADS = np.array(["a", "a", "b", "c", "c", "d"])
HORIZONS = [1.0, 5.0]


def observed():
    cases = Cases(
        class_=np.zeros(6, int),
        log_time=np.log(YEARS),
        log_entry=np.full(6, np.log(1e-9)),
        event=EVENT,
        traits=np.zeros((6, 0)),
        id=np.array([f"c{place}" for place in range(6)]),
    )
    real = real_evidence.observed()
    none = real.builds.rows(np.zeros(len(real.builds.id), bool))
    return replace(real, cases=cases, builds=replace(none, traits=np.zeros((0, 0))))


def posterior(left, seed=0):
    """Draws of the hazard given all cases but those of the mask: a gamma distribution again."""
    shape, rate = SHAPE + EVENT[~left].sum(), RATE + YEARS[~left].sum()
    draws = np.random.default_rng(seed).gamma(shape, 1 / rate, size=4000)
    gate = np.zeros((4000, 1))
    return {
        "log_rate": np.log(draws)[:, None],
        "shape": np.ones((4000, 1)),
        "gate": gate,
        "trait": np.zeros((4000, 0)),
    }


def exact(groups):
    """log density and chances by 1 and 5 years of each case, its group left out, as integrals."""
    rows = []
    for place, group in enumerate(groups):
        left = groups == group
        a, b = SHAPE + EVENT[~left].sum(), RATE + YEARS[~left].sum()
        t, came = YEARS[place], EVENT[place]
        log_density = a * np.log(b) - a * np.log(b + t) + came * np.log(a / (b + t))
        rows.append([log_density, *(1 - (b / (b + h)) ** a for h in HORIZONS)])
    return np.array(rows)


@pytest.mark.parametrize("groups", [np.arange(6).astype(str), DYADS], ids=["case", "dyad"])
def test_weights_give_what_the_posterior_without_the_cases_gives(groups):
    nobody = np.zeros(6, bool)
    said = left_out(posterior(nobody), observed(), groups, YEARS, HORIZONS, None, nobody)
    assert not said.refitted.any() and (said.khat < 0.7).all()
    truth = exact(groups)
    # Monte Carlo error of 4,000 draws is 0.004 or less; importance weights add as much again.
    assert said.log_density == pytest.approx(truth[:, 0], abs=0.03)
    assert said.chance == pytest.approx(truth[:, 1:], abs=0.02)


def test_what_no_weights_can_leave_out_is_refitted_with_its_whole_group():
    must = np.array([False, True, False, False, False, False])
    asked = []

    def refit(left):
        asked.append(left.tolist())
        return posterior(left, seed=1)

    said = left_out(posterior(0 * must > 0), observed(), DYADS, YEARS, HORIZONS, refit, must)
    assert asked == [[True, True, False, False, False, False]]
    assert said.refitted.tolist() == asked[0]
    assert not np.isnan(said.khat).any()  # what the weights would have been worth is still told
    assert said.chance == pytest.approx(exact(DYADS)[:, 1:], abs=0.02)
