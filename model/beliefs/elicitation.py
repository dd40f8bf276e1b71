"""An interval as a distribution, before it is believed; and what is published of the same thing.

The distribution is the normal of the logarithm with the most entropy among those that hold the
given share in the interval: the family of the model's own priors (`model.fit.priors`), found by
PreliZ. What an influence adds may be below 0: it is a normal of the levels themselves, whose middle
and spread the interval gives.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import stats

from model.assumptions import Belief
from model.assumptions.assumptions import size_of
from model.beliefs.believed import LISTED_IN
from model.beliefs.preliz_process import Worker
from model.runs import Run
from model.scenario import Scenario, did_you_mean

WIDEST = 1e4  # the highest end over the lowest
# kind of belief -> whose draws those are: logs, but of influences, which stand in the paths
DRAWS_OF = {"effect": "effect", "link": "link_size", "base_rate": "log_rate"}
QUANTILES = np.linspace(0.01, 0.99, 99)
TAILS = (0.001, 0.999)
POINTS = 201
_PRELIZ = Worker()


@dataclass(frozen=True, eq=False)
class Elicited:
    """A quantity with `mass` of it in low..high: a hazard ratio, a yearly rate, levels a month.

    median and x are in its units. mean and sd: of the normal, in natural logs of ratios and rates,
    else in levels a month. chance_above: 0..1, that a ratio is above 1, or that levels are above 0.
    x: (201,) from the 0.1 % to the 99.9 % quantile, evenly in the normal's units. density: (201,)
    at x, per unit of the normal, so that areas are right on a log axis. quantiles: (99,), 1 % to
    99 %. The arrays are read-only.
    """

    low: float
    high: float
    mass: float
    median: float
    mean: float
    sd: float
    chance_above: float
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


def elicit_adds(low: float, high: float, mass: float = 0.9) -> Elicited:
    """The distribution of what an influence adds, levels a month; else as in `elicit`.

    Raises ValueError for ends that make no interval.
    """
    _refuse_order(low, high)
    law = stats.norm((low + high) / 2, (high - low) / (2 * stats.norm.ppf((1 + mass) / 2)))
    x = np.linspace(*law.ppf(TAILS), POINTS)
    arrays = {"x": x, "density": law.pdf(x), "quantiles": law.ppf(QUANTILES)}
    centre, sd = float(law.mean()), float(law.std())
    numbers = float(low), float(high), float(mass), centre, centre, sd, float(law.sf(0.0))
    return Elicited(*numbers, **{name: _read_only(values) for name, values in arrays.items()})


def elicited(belief: Belief) -> Elicited:
    """The distribution of a belief's interval; raises what `elicit` does."""
    return (elicit_adds if belief.kind == "influence" else elicit)(*belief.interval)


def warm_up() -> None:
    """Have PreliZ loaded in the background, so that the first `elicit` waits no seconds for it."""
    _PRELIZ.start()


@lru_cache(maxsize=256)
def _elicited(low: float, high: float, mass: float) -> Elicited:
    law = _PRELIZ.ask({"low": low, "high": high, "mass": mass})
    arrays = {name: _read_only(law.pop(name)) for name in ("x", "density", "quantiles")}
    mean, sd, above = law["mean_log"], law["sd_log"], law["chance_above_one"]
    return Elicited(low, high, mass, math.exp(mean), mean, sd, above, **arrays)


def _read_only(values: Sequence[float] | np.ndarray) -> np.ndarray:
    array = np.array(values)
    array.flags.writeable = False  # the cache hands the same one to all
    return array


def _refuse(low: float, high: float, mass: float) -> None:
    if not (math.isfinite(low) and math.isfinite(high) and low > 0 and high > 0):
        raise ValueError(
            f"the interval {low:g} to {high:g} is not of a ratio or a rate; "
            "expected two numbers above 0; correct them"
        )
    _refuse_order(low, high)
    if high / low > WIDEST:
        message = f"the interval {low:g} to {high:g} spans a factor of {high / low:.2g}"
        raise ValueError(f"{message}; expected at most {WIDEST:,.0f}; narrow it")
    if not 0 < mass < 1:
        raise ValueError(f"the interval's share is {mass:g}; expected one between 0 and 1, as 0.9")


def _refuse_order(low: float, high: float) -> None:
    if low >= high:
        message = f"the interval is upside down, {low:g} is not below {high:g}"
        raise ValueError(f"{message}; expected low, high; swap or correct them")


def published_interval(scenario: Scenario, kind: str, about: str) -> tuple[float, float] | None:
    """The scenario's 90 % interval of an effect, link, influence (`from -> to`) or class's rate.

    kind: effect, link, influence or base_rate. (low, high): hazard ratios, levels a month, or rates
    per year one year in; None for a link that takes its size from a class. Raises ValueError for
    what is not in the scenario.
    """
    subject = _listed(scenario, kind)[_place(scenario, kind, about)]
    return getattr(subject, size_of(kind))


def posterior_values(run: Run, kind: str, about: str) -> np.ndarray:
    """(draws,) of what `published_interval` gives the prior of, in the same units.

    Raises ValueError for what has none: it is not in the scenario, or takes its size from a class.
    """
    place = _place(run.scenario, kind, about)
    subject = _listed(run.scenario, kind)[place]
    if kind == "link" and subject.hazard_of:
        raise ValueError(
            f"the link {about} takes its size from the class {subject.hazard_of!r}; "
            "ask for that base rate instead"
        )
    if kind == "influence":
        return run.paths["adds"][:, place].astype(float)
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
