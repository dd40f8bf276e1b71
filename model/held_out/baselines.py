"""Simple rules beside the model, each taught by the same other cases.

kaplan_meier: the share of the class's other cases that still waited. constant: the class's other
cases' events over their years. pooled: one such rate of all classes together.
"""

import numpy as np
from sksurv.nonparametric import kaplan_meier_estimator

from model.held_out.waits import Waits

RULES = ("kaplan_meier", "constant", "pooled")
WITH_DENSITY = ("constant", "pooled")  # a step curve has none


def readers(event: np.ndarray, *others: np.ndarray) -> tuple[np.ndarray, ...]:
    """Each case once for either of its two readers, who may disagree on whether it counts.

    event: (cases,), 0..1. Returns (2 cases,) bool, and `others` repeated alike; with both readers
    all counts double, so that an ending on which they disagree counts half.
    """
    both = np.concatenate([event > 0.75, event > 0.25])
    return both, *(np.concatenate([other, other]) for other in others)


def waiting(train: Waits, entry: float, ahead: np.ndarray) -> np.ndarray:
    """(times,): Kaplan and Meier's share of `train` still waiting `ahead` years after `entry`.

    Given that they waited up to `entry`; cases that came under watch late count from then on. 1
    throughout where nobody waited so long.
    """
    event, start, end = readers(train.event, train.entry, train.entry + train.years)
    if not len(event):
        return np.ones(len(ahead))
    times, share = kaplan_meier_estimator(event, end, start)
    steps = np.concatenate([[1.0], share])
    at = steps[np.searchsorted(times, np.append(entry + np.asarray(ahead), entry), side="right")]
    return at[:-1] / at[-1] if at[-1] > 0 else np.ones(len(ahead))


def rate(train: Waits) -> float:
    """Events per year watched, half an event in half a year added so that none is impossible."""
    return float((train.event.sum() + 0.5) / (train.years.sum() + 0.5))


def chances(train: Waits, case: Waits, ahead: np.ndarray) -> dict[str, np.ndarray]:
    """Rule -> (times,) chance of having come `ahead` years after entry; case: one."""
    of_class = train.where(train.of == case.of[0])
    return {
        "kaplan_meier": 1.0 - waiting(of_class, case.entry[0], ahead),
        "constant": -np.expm1(-rate(of_class) * ahead),
        "pooled": -np.expm1(-rate(train) * ahead),
    }


def log_densities(train: Waits, case: Waits) -> dict[str, float]:
    """Rule -> log density, per year, of what became of one case, under a constant rate.

    train: the cases that set the rates. case: one row.
    """
    rates = {"constant": rate(train.where(train.of == case.of[0])), "pooled": rate(train)}
    return {
        rule: float(case.event[0] * np.log(of) - of * case.years[0]) for rule, of in rates.items()
    }
