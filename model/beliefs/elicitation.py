"""An interval as a distribution, before it is believed; and what is published of the same thing.

The distribution is the normal of the logarithm with the most entropy among those that hold the
given share in the interval: the family of the model's own priors (`model.fit.priors`), found by
PreliZ.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from model.beliefs.preliz_process import Worker
from model.runs import Run
from model.scenario import Scenario, did_you_mean

WIDEST = 1e4  # the highest end over the lowest
# kind of belief -> where the scenario lists what it is about, and whose draws those are
LISTED_IN = {"effect": "effects", "link": "links", "base_rate": "classes"}
DRAWS_OF = {"effect": "effect", "link": "link_size", "base_rate": "log_rate"}
_PRELIZ = Worker()


@dataclass(frozen=True, eq=False)
class Elicited:
    """A positive quantity (a hazard ratio, a yearly rate) with `mass` of it in low..high.

    median and x are in its units, mean_log and sd_log in natural logs. chance_above_one: 0..1.
    x: (201,) spaced evenly in logs, from the 0.1 % to the 99.9 % quantile. density: (201,) at x,
    per unit of log x, so that areas are right on a log axis. quantiles: (99,), 1 % to 99 %. The
    arrays are read-only.
    """

    low: float
    high: float
    mass: float
    median: float
    mean_log: float
    sd_log: float
    chance_above_one: float
    x: np.ndarray
    density: np.ndarray
    quantiles: np.ndarray


def elicit(low: float, high: float, mass: float = 0.9) -> Elicited:
    """The distribution of an interval; waits for PreliZ to load at the first call.

    low, high: of a hazard ratio or a yearly rate, above 0. mass: the share, 0..1, that lies between
    them. Raises ValueError, one line, for ends that make no interval or span a factor of over
    10,000, and RuntimeError, one line, where PreliZ cannot be had.
    """
    _refuse(low, high, mass)
    return _elicited(float(low), float(high), float(mass))


def warm_up() -> None:
    """Have PreliZ loaded in the background, so that the first `elicit` waits no seconds for it."""
    _PRELIZ.start()


@lru_cache(maxsize=256)
def _elicited(low: float, high: float, mass: float) -> Elicited:
    law = _PRELIZ.ask({"low": low, "high": high, "mass": mass})
    arrays = {name: _read_only(law.pop(name)) for name in ("x", "density", "quantiles")}
    return Elicited(low, high, mass, median=math.exp(law["mean_log"]), **law, **arrays)


def _read_only(values: list[float]) -> np.ndarray:
    array = np.array(values)
    array.flags.writeable = False  # the cache hands the same one to all
    return array


def _refuse(low: float, high: float, mass: float) -> None:
    if not (math.isfinite(low) and math.isfinite(high) and low > 0 and high > 0):
        raise ValueError(
            f"the interval {low:g} to {high:g} is not of a ratio or a rate; "
            "expected two numbers above 0; correct them"
        )
    if low >= high:
        message = f"the interval is upside down, {low:g} is not below {high:g}"
        raise ValueError(f"{message}; expected low, high; swap or correct them")
    if high / low > WIDEST:
        message = f"the interval {low:g} to {high:g} spans a factor of {high / low:.2g}"
        raise ValueError(f"{message}; expected at most {WIDEST:,.0f}; narrow it")
    if not 0 < mass < 1:
        raise ValueError(f"the interval's share is {mass:g}; expected one between 0 and 1, as 0.9")


def published_interval(scenario: Scenario, kind: str, about: str) -> tuple[float, float] | None:
    """The scenario's 90 % interval of an effect or a link (`from -> to`), or of a class's rate.

    kind: effect, link or base_rate. (low, high): hazard ratios, or rates per year one year in; None
    for a link that takes its size from a class. Raises ValueError for what is not in the scenario.
    """
    subject = _listed(scenario, kind)[_place(scenario, kind, about)]
    return subject.rate if kind == "base_rate" else subject.hazard_ratio


def posterior_values(run: Run, kind: str, about: str) -> np.ndarray:
    """(draws,) hazard ratios, or rates per year, of what `published_interval` gives the prior of.

    Raises ValueError for what has none: it is not in the scenario, or takes its size from a class.
    """
    place = _place(run.scenario, kind, about)
    subject = _listed(run.scenario, kind)[place]
    if kind == "link" and subject.hazard_of:
        raise ValueError(
            f"the link {about} takes its size from the class {subject.hazard_of!r}; "
            "ask for that base rate instead"
        )
    return np.exp(run.draws[DRAWS_OF[kind]][:, place])


def _listed(scenario: Scenario, kind: str) -> tuple:
    if kind not in LISTED_IN:
        raise ValueError(f"{kind!r} has no interval; expected one of {', '.join(LISTED_IN)}")
    return getattr(scenario, LISTED_IN[kind])


def _place(scenario: Scenario, kind: str, about: str) -> int:
    subjects = _listed(scenario, kind)
    names = [subject.id if kind == "base_rate" else subject.name for subject in subjects]
    if about not in names:
        raise ValueError(f"no {kind} is called {about!r}; {did_you_mean(about, names)}")
    return names.index(about)
