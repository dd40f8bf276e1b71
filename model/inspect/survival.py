"""A reference class as survival curves: what its cases did, and what the fit says of them."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from model.fit import likelihood
from model.fit.clocks import running
from model.forecast.monte_carlo import draw_interval
from model.runs import Run
from model.scenario import YEAR_DAYS

POINTS = 80
FROM_THE_START = 0.01  # years waited at entry, up to which a case counts as watched throughout


@dataclass(frozen=True, eq=False)
class Survival:
    """Of one class with durations.

    seen: years, survival (0..1) of the Kaplan-Meier estimate, one row per step. fitted: years,
    survival, low, high of the posterior (90 % interval), averaged over the class's own cases;
    region: the same for a case like the region. entry: the years that nearly all cases had waited
    when they came under observation, from which survival is counted; cases and events: those after
    it, an ending on which its readers disagree as half an event.
    """

    seen: pd.DataFrame
    fitted: pd.DataFrame
    region: pd.DataFrame
    cases: int
    events: float
    entry: float


def classes_with_durations(run: Run) -> tuple[str, ...]:
    """The ids of the classes that have cases with a duration, in the order of the scenario."""
    ids = run.scenario.class_ids
    places = [*run.observed.cases.class_, *run.observed.builds.class_]
    return tuple(id for place, id in enumerate(ids) if place in places)


def survival(run: Run, of: str) -> Survival:
    """The curves of class `of`, in years. Raises ValueError where it has no cases with a duration.

    Kaplan and Meier (1958, JASA 53:457).
    """
    if of not in classes_with_durations(run):
        raise ValueError(f"the class {of!r} has no cases with a duration")
    years, event, traits, entry = _cases(run, of)
    times, waiting = _kaplan_meier(years, event)
    seen = pd.DataFrame({"years": [entry, *times], "survival": [1.0, *waiting]})
    at = np.linspace(entry, years.max(), POINTS)
    everyone = _fitted(run, of, at, entry, traits)
    # traits are distances from the region's own: a case with noughts is like the region
    like_region = _fitted(run, of, at, entry, np.zeros((1, traits.shape[1])))
    return Survival(seen, everyone, like_region, len(years), float(event.sum()), entry)


def _kaplan_meier(years: np.ndarray, event: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The cases' times, ascending, and the share still waiting after each.

    event: (cases,), by how much each ending counts, 0..1; SciPy's ecdf takes whole ones only.
    """
    times = np.unique(years)
    at_risk = (years >= times[:, None]).sum(axis=1)
    ended = (event * (years == times[:, None])).sum(axis=1)
    return times, np.cumprod(1.0 - ended / at_risk)


def waited(run: Run, of: str) -> float | None:
    """Years since the region's clock of this class started, None where no clock names it."""
    for outcome in run.scenario.outcomes:
        ran = running(run.scenario, outcome, run.as_of, run.as_of)
        if of in ran.clock.classes:
            return _years_since(ran.began, run.as_of)
    return None


def _years_since(start: date, day: date) -> float:
    return (day - start).days / YEAR_DAYS


def _cases(run: Run, of: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Years, event (0..1), traits (cases, traits) of a class, and the years of entry."""
    place = run.scenario.class_ids.index(of)
    builds = run.observed.builds.rows(run.observed.builds.class_ == place)
    if len(builds.id):
        return builds.time, builds.event, builds.traits, 0.0
    cases = run.observed.cases.rows(run.observed.cases.class_ == place)
    # one start for all: the curve cannot begin before nearly all cases were watched
    waited_at_entry = float(np.median(np.exp(cases.log_entry)))
    entry = waited_at_entry if waited_at_entry > FROM_THE_START else 0.0
    cases = cases.rows(np.exp(cases.log_time) > entry)
    return np.exp(cases.log_time), cases.event, cases.traits, entry


def _fitted(run: Run, of: str, at: np.ndarray, entry: float, traits: np.ndarray) -> pd.DataFrame:
    """Posterior survival at `at` (years), averaged over cases of these traits."""
    survived = _survived(run, of, at, traits) / _survived(run, of, np.array([entry]), traits)
    by_draw = survived.mean(axis=1)
    low, high = draw_interval(by_draw)
    return pd.DataFrame({"years": at, "survival": by_draw.mean(axis=0), "low": low, "high": high})


def _survived(run: Run, of: str, at: np.ndarray, traits: np.ndarray) -> np.ndarray:
    """(draws, cases, times): probability of waiting longer than `at` years."""
    place = run.scenario.class_ids.index(of)
    rates = run.draws["log_rate"][:, place, None] + run.draws["trait"] @ traits.T
    rates, shape = rates[:, :, None], run.draws["shape"][:, place, None, None]
    if run.scenario.reference_class(of).gate_share is not None:
        after = at - run.draws["gate"][:, place, None, None]
        return np.exp(-likelihood.staged_cumulative(np, rates, after))
    log_time = np.log(np.maximum(at, 1e-6))  # half a minute, as nought has no logarithm
    return np.exp(-likelihood.weibull_cumulative(np, rates, shape, log_time))
