"""A region's own record simulated week by week: what happens acts on the weeks that follow."""

from dataclasses import dataclass, field, replace

import numpy as np

from model.fit.drivers import saturate
from model.fit.structure import centres, waiting_class
from model.runs.observed import Weeks
from model.scenario import YEAR_DAYS, Scenario
from model.scoring.design import Classes, Design, Free

WEEK_DAYS = 7


def record(free: Free, classes: Classes, of: Design, rng: np.random.Generator) -> Weeks:
    """The weeks of a record: in each, every outcome happens at its hazard and links act.

    Returns event and exposure (weeks, outcomes), in years, and acting (weeks, links), 0..1.
    """
    weeks, scenario = of.observed.weeks, of.scenario
    hazard, ratios = unlinked_hazards(free, classes, of), link_ratios(free, classes, scenario)
    happened = _Happened(scenario)
    rows = [
        happened.in_week(week, now, ratios, years, rng)
        for week, (now, years) in enumerate(zip(hazard, _years(weeks), strict=True))
    ]
    event, exposure, acting = (np.array(column) for column in zip(*rows, strict=True))
    return replace(weeks, event=event, exposure=exposure, acting=acting)


def _years(weeks: Weeks) -> np.ndarray:
    # the last week may be short; an outcome that is asked again is exposed in every week
    longest = weeks.exposure.max(axis=1)
    return np.where(longest > 0, longest, WEEK_DAYS / YEAR_DAYS)


def unlinked_hazards(free: Free, classes: Classes, of: Design) -> np.ndarray:
    """Hazards per year (weeks, outcomes) before any link acts."""
    weeks, scenario = of.observed.weeks, of.scenario
    level = saturate(weeks.mean + np.einsum("tcd,cd->td", weeks.noise, free["coder_noise"]))
    time, rate = np.exp(weeks.log_time), classes.rate[weeks.class_]
    shape = classes.shape[weeks.class_]
    hazard = np.where(time < 1, rate / shape, rate * time ** (shape - 1))
    hazard = hazard * np.exp(free["departure"])
    for size, effect in zip(free["effect"], scenario.effects, strict=True):
        k, d = scenario.outcome_ids.index(effect.to), scenario.driver_ids.index(effect.from_)
        typical = _typical(free, scenario, effect)[weeks.clock[:, k]]
        hazard[:, k] *= np.exp(size * (level[:, d] - typical))
    return hazard


def _typical(free: Free, scenario: Scenario, effect) -> np.ndarray:
    """(clocks,): the level from which an effect counts while each clock runs; 0 if none is named"""
    clocks = sum(len(outcome.clocks) for outcome in scenario.outcomes)
    level = np.zeros(clocks)
    for value, centre in zip(free["centre"], centres(scenario), strict=True):
        if (centre.driver, centre.outcome) == (effect.from_, effect.to):
            level[centre.clock] = value
    return level


def link_ratios(free: Free, classes: Classes, scenario: Scenario) -> np.ndarray:
    """(links,): the hazard ratio of each; one that names a class makes that class's hazard act."""
    sizes = iter(np.exp(free["link"]))
    rate = dict(zip(scenario.class_ids, classes.rate, strict=True))
    ratios = []
    for link in scenario.links:
        if link.hazard_of is None:
            ratios.append(next(sizes))
        else:
            instead_of = waiting_class(scenario, scenario.outcome(link.to).clocks[0])
            ratios.append(rate[link.hazard_of] / rate[instead_of])
    return np.array(ratios)


@dataclass
class _Happened:
    """What has happened so far; last: outcome -> its latest day, counted from the first week's."""

    scenario: Scenario
    last: dict[str, float] = field(default_factory=dict)

    def in_week(self, week: int, now, ratios, years: float, rng) -> tuple:
        """Events (outcomes,), exposure (outcomes,) and acting (links,) of a week, then past.

        now: hazards per year (outcomes,) before links. Raises nothing; keeps what happens.
        """
        acting = np.array([self.acts(link, week) for link in self.scenario.links])
        hazard = now.copy()
        for link, ratio, chance in zip(self.scenario.links, ratios, acting, strict=True):
            hazard[self.scenario.outcome_ids.index(link.to)] *= 1 + chance * (ratio - 1)
        exposed = [o.happens_again or o.id not in self.last for o in self.scenario.outcomes]
        exposure = np.where(exposed, years, 0.0)
        event = rng.poisson(hazard * exposure).astype(float)
        for outcome, times in zip(self.scenario.outcomes, event, strict=True):
            if times:
                self.last[outcome.id] = WEEK_DAYS * (week + rng.uniform())
        again = [outcome.happens_again for outcome in self.scenario.outcomes]
        return np.where(again, event, np.minimum(event, 1.0)), exposure, acting

    def acts(self, link, week: int) -> float:
        """The chance, 0..1, that a link still acts when a week begins."""
        if link.from_ not in self.last:
            return 0.0
        age = WEEK_DAYS * week - self.last[link.from_]
        half_life = self.scenario.outcome(link.from_).link_half_life_days or np.inf
        return 0.5 ** (age / half_life)
