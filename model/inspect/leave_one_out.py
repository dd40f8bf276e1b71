"""A run beside its evidence, and what of both no one event changes: for leaving events out."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from model.assumptions import NOTHING
from model.evidence import Evidence
from model.fit import drivers, likelihood
from model.fit.observations import WEEK_DAYS
from model.forecast.levels import driver_levels
from model.forecast.solve import asked_of_engine, shortest_grid, solve
from model.inspect.again import Again
from model.runs import Run


@dataclass(frozen=True, eq=False)
class Fitted:
    """A run, and what of it no event changes: worked out once, used for each event.

    deadline: the day by which the chances are asked.
    """

    run: Run
    deadline: date

    @property
    def evidence(self) -> Evidence:
        """What the run was fitted to."""
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
        """Every evening of `times` once, ascending."""
        week, month, flow = self.times.values()
        return week.union(month).union(flow)

    @cached_property
    def signals(self) -> dict[str, pd.DataFrame]:
        """Driver -> its signals, see `drivers.signals`."""
        evidence = self.evidence
        table = drivers.signals(evidence.events, evidence.codings, evidence.scenario.coding)
        return {id: table[table["driver"] == id] for id in evidence.scenario.driver_ids}

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
        # weeks without events have the term -λ e, so no second text of the hazard is needed
        weeks = replace(observed.weeks, event=np.zeros_like(observed.weeks.event))
        quiet = replace(observed, weeks=weeks)
        terms = likelihood.record_terms(np, draws, quiet, self.pulls[0])
        # outcomes first and in one piece each, as they are read one by one for every event
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
        # as `likelihood.levels` has it, by one product of matrices: it is most of an event's work
        raw = self.run.draws["coder_noise"][:, :, place] @ noise[:, :, 0].T
        raw += mean[:, 0]
        return drivers.saturate(raw)

    def level_before(self, kind: str, place: int) -> np.ndarray:
        """(draws, times): a driver's levels with all events; kind: `week` or `month`."""
        if (kind, place) not in self.levels:
            table = {"week": self.run.observed.weeks, "month": self.run.observed.months}[kind]
            mean, noise = table.mean[:, [place]], table.noise[:, :, [place]]
            self.levels[kind, place] = self.level(place, mean, noise)
        return self.levels[kind, place]

    @cached_property
    def log_gammas(self) -> Again:
        """SciPy's functions; the counts and sizes of which log gammas are asked never change."""
        return Again(special)

    @cached_property
    def deaths(self) -> np.ndarray:
        """(draws,): log likelihood of all months' deaths."""
        return self.deaths_under(self.pulls[1])

    def deaths_under(self, pull: np.ndarray) -> np.ndarray:
        """(draws,): the same with other levels, which add `pull` (draws, months, outcomes)."""
        draws, observed, gammaln = (
            self.run.draws,
            self.run.observed,
            self.log_gammas.again().gammaln,
        )
        return likelihood.death_terms(np, draws, observed, pull, gammaln).sum(axis=1)

    @cached_property
    def raw(self) -> np.ndarray:
        """(draws, months, drivers): raw levels of each draw's own history, month by month."""
        noise, history = self.run.draws["coder_noise"], self.run.observed.history
        return history.mean + np.einsum("ncd,tcd->ntd", noise, history.noise)

    @cached_property
    def days(self) -> list[int]:
        """The days after the as-of day at which the chances are solved, the last the deadline."""
        return shortest_grid(self.run, NOTHING, self.deadline)

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What the engine is asked of the run as it is; of it only the log hazards change."""
        return asked_of_engine(self.run, NOTHING, self.days)

    @cached_property
    def at_neutral(self) -> np.ndarray:
        """(draws, steps, outcomes): log hazards with every driver at 0."""
        own = driver_levels(self.run, NOTHING, self.days) @ self.run.draws["pull"]
        return self.asked["log_hazard"] - own

    @cached_property
    def published(self) -> np.ndarray:
        """(draws, outcomes): each draw's chances by the deadline."""
        return solve(self.run, NOTHING, self.days).happened[:, -1]
