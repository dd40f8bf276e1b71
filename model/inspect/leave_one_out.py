"""A run beside its evidence, and what of both no one event changes: for leaving events out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.special import gammaln

from model.assumptions import NOTHING
from model.evidence import Evidence
from model.fit import drivers, likelihood
from model.fit.observations import WEEK_DAYS
from model.forecast.solve import shortest_grid, solve
from model.runs import Run


@dataclass(frozen=True, eq=False)
class Fitted:
    """A run, and what of it no event changes: found once, used for each event."""

    run: Run
    deadline: date

    @property
    def evidence(self) -> Evidence:
        return self.run.evidence

    @cached_property
    def times(self) -> dict[str, pd.DatetimeIndex]:
        """The evenings at which a week, a month and the flow read the levels."""
        observed, day = self.run.observed, pd.Timedelta(days=1)
        weeks = WEEK_DAYS * pd.to_timedelta(np.arange(len(observed.weeks.mean)), unit="D")
        starts = pd.Timestamp(self.run.scenario.record_from) + weeks
        months = pd.DatetimeIndex(observed.months.start)
        return {
            "week": starts - day,
            "month": months - day,
            "flow": pd.DatetimeIndex(observed.history.day),
        }

    @cached_property
    def all_times(self) -> pd.DatetimeIndex:
        week, month, flow = self.times.values()
        return week.union(month).union(flow)

    @cached_property
    def signals(self) -> dict[str, pd.DataFrame]:
        """Driver -> its signals, see `drivers.signals`."""
        evidence = self.evidence
        found = drivers.signals(evidence.events, evidence.codings, evidence.scenario.coding)
        return {id: found[found["driver"] == id] for id in evidence.scenario.driver_ids}

    @cached_property
    def origins(self) -> dict[str, str]:
        """Event -> the fact that it reports."""
        events = self.evidence.events
        return dict(zip(events["event"], events["origin"], strict=True))

    @cached_property
    def acts(self) -> np.ndarray:
        """(drivers, outcomes): whether a driver has an effect on an outcome."""
        return self.run.observed.structure.effect_place.any(axis=0)

    @cached_property
    def pulls(self) -> tuple[np.ndarray, np.ndarray]:
        """What the drivers add to log hazards, (draws, weeks, outcomes) and (draws, months, …)."""
        return likelihood.driver_pulls(np, self.run.draws, self.run.observed)

    @cached_property
    def expected(self) -> np.ndarray:
        """(outcomes, draws, weeks): λ e, what a week is expected to bring."""
        draws, observed = self.run.draws, self.run.observed
        weeks = replace(observed.weeks, event=np.zeros_like(observed.weeks.event))
        quiet = replace(observed, weeks=weeks)
        terms = likelihood.record_terms(np, draws, quiet, self.pulls[0])
        return np.ascontiguousarray(np.moveaxis(-terms, -1, 0))

    @cached_property
    def expected_in_all(self) -> np.ndarray:
        """(outcomes, draws): λ e over all weeks."""
        return self.expected.sum(axis=2)

    @cached_property
    def levels(self) -> dict[tuple[str, int], np.ndarray]:
        """(kind, place of a driver) -> its levels (draws, times); filled as they are asked for."""
        return {}

    def level(self, place: int, mean: np.ndarray, noise: np.ndarray) -> np.ndarray:
        """(draws, times): a driver's levels of this mean (times, 1) and noise (times, …, 1)."""
        own = {"coder_noise": self.run.draws["coder_noise"][:, :, [place]]}
        return likelihood.levels(np, own, mean, noise)[:, :, 0]

    def level_before(self, kind: str, place: int) -> np.ndarray:
        """(draws, times): a driver's levels with all events."""
        if (kind, place) not in self.levels:
            table = {"week": self.run.observed.weeks, "month": self.run.observed.months}[kind]
            found = self.level(place, table.mean[:, [place]], table.noise[:, :, [place]])
            self.levels[kind, place] = found
        return self.levels[kind, place]

    @cached_property
    def gammaln(self) -> Callable:
        return _remembered(gammaln)

    @cached_property
    def deaths(self) -> np.ndarray:
        """(draws,): log likelihood of all months' deaths."""
        return self.deaths_under(self.pulls[1])

    def deaths_under(self, pull: np.ndarray) -> np.ndarray:
        """(draws,): the same with other levels, which add `pull` (draws, months, outcomes)."""
        draws, observed = self.run.draws, self.run.observed
        return likelihood.death_terms(np, draws, observed, pull, self.gammaln).sum(axis=1)

    @cached_property
    def raw(self) -> np.ndarray:
        """(draws, months, drivers): raw levels of each draw's own history, month by month."""
        noise, history = self.run.draws["coder_noise"], self.run.observed.history
        return history.mean + np.einsum("ncd,tcd->ntd", noise, history.noise)

    @cached_property
    def days(self) -> list[int]:
        return shortest_grid(self.run, NOTHING, self.deadline)

    @cached_property
    def published(self) -> np.ndarray:
        """(draws, outcomes): each draw's chances by the deadline."""
        return solve(self.run, NOTHING, self.days).happened[:, -1]


def _remembered(function: Callable) -> Callable:
    """`function` of an array, remembered: the log gammas of counts and sizes never change."""
    known = {}

    def answer(values: np.ndarray) -> np.ndarray:
        key = values.tobytes()
        if key not in known:
            known[key] = function(values)
        return known[key]

    return answer
