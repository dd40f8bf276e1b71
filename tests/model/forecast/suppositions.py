"""Assumption sets in few words, and what is asked of the forecasts under them."""

from datetime import date

import numpy as np

from model.assumptions import Assumptions, Belief, DriverAssumption, OutcomeAssumption

DEADLINE = date(2023, 12, 31)
DAY = date(2023, 11, 1)
OUTCOMES = (
    "peace_treaty corridor_open turkish_involvement renewed_offensive russian_withdrawal csto_exit"
).split()
DRIVERS = (
    "russian_commitment azerbaijani_coercion azerbaijani_leverage armenian_concession "
    "armenian_diversification turkish_backing iranian_deterrence western_mediation "
    "negotiation_momentum corridor_progress"
).split()


def supposing(*settings):
    """A set of these drivers, outcomes and beliefs."""
    kinds = {"drivers": DriverAssumption, "outcomes": OutcomeAssumption, "beliefs": Belief}
    return Assumptions(
        **{
            name: tuple(setting for setting in settings if isinstance(setting, kind))
            for name, kind in kinds.items()
        }
    )


def happened(id, by=DEADLINE, **fields):
    return OutcomeAssumption(id=id, by=by, **fields)


def level(id, value, **fields):
    return DriverAssumption(id=id, level=value, **fields)


def chances(answer):
    return answer.outcomes.set_index("outcome")["probability"]


def chance(answer, outcome):
    return chances(answer)[outcome]


def curve(answer, outcome):
    curves = answer.curves[answer.curves["outcome"] == outcome]
    return curves.set_index("date")["probability"]


def in_joint(answer, *outcomes):
    included = answer.joint["happened"].map(lambda state: set(outcomes) <= set(state))
    return answer.joint.loc[included, "probability"].sum()


def assert_sane(answer):
    """Proper probabilities, a joint that sums to one and agrees with the marginals."""
    joint, by_outcome = answer.joint["probability"], chances(answer)
    assert np.isfinite(joint).all() and (joint >= 0).all() and abs(joint.sum() - 1) < 1e-9
    numbers = answer.outcomes[["probability", "low", "high", "mcse"]].to_numpy()
    assert np.isfinite(numbers).all() and (numbers >= 0).all() and (numbers <= 1).all()
    for outcome in OUTCOMES:
        assert abs(in_joint(answer, outcome) - by_outcome[outcome]) < 1e-9
        by_day = answer.curves[answer.curves["outcome"] == outcome]
        values = by_day[["probability", "low", "high"]].to_numpy()
        assert np.isfinite(values).all() and (values >= 0).all() and (values <= 1).all()
        assert (np.diff(values[:, 0]) >= -1e-12).all(), outcome
