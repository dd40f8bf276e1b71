"""Conditions in the engine against exact inference in a Bayesian network, by pyAgrum.

Two outcomes act on each other, and a hidden common cause, the engine's draws, acts on both. In the
network X_t is what a step brings about from the state before it (its table from the matrix
exponential), A_t and B_t are the state after it. Evidence on A_t is *assume*; an intervention on
A_t, which leaves X_t and B_t alone and acts on the next step, is *make*.
"""

import numpy as np
import pyagrum as gum
import pytest
from scipy.linalg import expm

from model.engine import Condition, joint_probabilities, marginals

STEP, STEPS = 0.5, 4
LOG_HAZARD = np.log([[0.3, 0.8], [1.2, 0.4], [0.9, 2.0]])  # (draws, outcomes) per year
LINK = np.array([[0.0, 1.1], [-0.7, 0.0]])  # A helps B, B hinders A
NAMES = "AB"


def step_table(draw):
    """(state before, state after) over one step; bit 0 of a state is A, bit 1 is B."""
    a, b = np.exp(LOG_HAZARD[draw])
    rates = np.zeros((4, 4))
    rates[0, 1], rates[0, 2] = a, b
    rates[1, 3], rates[2, 3] = b * np.exp(LINK[0, 1]), a * np.exp(LINK[1, 0])
    return expm(STEP * (rates - np.diag(rates.sum(axis=1))))


@pytest.fixture(scope="module")
def network():
    net = gum.BayesNet()
    net.add(gum.LabelizedVariable("cause", "", len(LOG_HAZARD)))
    net.cpt("cause").fillWith([1 / len(LOG_HAZARD)] * len(LOG_HAZARD))
    tables = [step_table(draw) for draw in range(len(LOG_HAZARD))]
    for t in range(1, STEPS + 1):
        net.add(gum.LabelizedVariable(f"X{t}", "", 4))
        net.addArc("cause", f"X{t}")
        for bit, name in enumerate(NAMES):
            net.add(gum.LabelizedVariable(f"{name}{t}", "", 2))
            net.addArc(f"X{t}", f"{name}{t}")
            for state in range(4):
                happened = state >> bit & 1
                net.cpt(f"{name}{t}")[{f"X{t}": state}] = [1 - happened, happened]
            if t > 1:
                net.addArc(f"{name}{t - 1}", f"X{t}")
        for draw, table in enumerate(tables):
            for before in range(4 if t > 1 else 1):
                parents = {f"{n}{t - 1}": before >> bit & 1 for bit, n in enumerate(NAMES)}
                place = {"cause": draw} | (parents if t > 1 else {})
                net.cpt(f"X{t}")[place] = table[before]
    return net


def by_engine(*conditions):
    """Probability of A and of B after each step, (steps, 2), every draw counting by its mass."""
    draws = len(LOG_HAZARD)
    log_hazard = np.repeat(LOG_HAZARD[:, None], STEPS, axis=1)
    link = np.broadcast_to(LINK, (draws, 2, 2))
    given = [Condition(t - 1, kind, NAMES.index(name)) for name, t, kind in conditions]
    joint = joint_probabilities(log_hazard, link, STEP, conditions=given).sum(axis=0)
    return marginals(joint / joint.sum(axis=1, keepdims=True))


def by_evidence(network, evidence):
    inference = gum.LazyPropagation(network)
    inference.setEvidence(evidence)
    inference.makeInference()
    times = range(1, STEPS + 1)
    return np.array([[inference.posterior(f"{n}{t}")[1] for n in NAMES] for t in times])


def test_the_plain_forecast_agrees(network):
    assert np.abs(by_engine() - by_evidence(network, {})).max() < 1e-6


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("t", range(1, STEPS + 1))
@pytest.mark.parametrize("kind, value", [("happened", 1), ("not_happened", 0)])
def test_assuming_agrees_with_evidence(network, name, t, kind, value):
    by_chain = by_engine((name, t, kind))
    assert np.abs(by_chain - by_evidence(network, {f"{name}{t}": value})).max() < 1e-6


def test_assuming_both_ways_agrees_with_evidence(network):
    by_chain = by_engine(("A", 1, "not_happened"), ("A", 3, "happened"), ("B", 2, "happened"))
    assert np.abs(by_chain - by_evidence(network, {"A1": 0, "A3": 1, "B2": 1})).max() < 1e-6


@pytest.mark.parametrize("cause, effect", ["AB", "BA"])
@pytest.mark.parametrize("t", [1, 2])
def test_making_agrees_with_causal_impact(network, cause, effect, t):
    model = gum.CausalModel(network)
    by_chain = by_engine((cause, t, "made"))
    for later in range(t + 1, STEPS + 1):
        doing = f"{cause}{t}"
        _, impact, _ = gum.causalImpact(
            model, on=f"{effect}{later}", doing=doing, values={doing: 1}
        )
        assert by_chain[later - 1, NAMES.index(effect)] == pytest.approx(impact[1], abs=1e-6)


def test_seeing_and_making_differ_here_so_that_the_agreement_means_something(network):
    seen, made = by_engine(("A", 1, "happened")), by_engine(("A", 1, "made"))
    assert np.abs(seen - made).max() > 0.02
