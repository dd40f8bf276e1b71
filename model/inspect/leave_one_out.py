"""A run beside its evidence, and what of both no one event changes: for leaving events out."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from model.assumptions import NOTHING
from model.evidence import Evidence
from model.fit import drivers
from model.fit.observations import WEEK_DAYS
from model.forecast.levels import driver_levels
from model.forecast.solve import asked_of_engine, shortest_grid, solve
from model.inspect.pulls.likelihood_ratio import LikelihoodRatio
from model.inspect.pulls.shifted_futures import ShiftedFutures
from model.inspect.pulls.signal_history import SignalHistory
from model.runs import Run
from model.scenario import MONTH_DAYS


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
    def counted(self) -> dict[str, dict[int, list[int]]]:
        """Event that counts -> place of a driver -> which of its signals are the event's."""
        counted: dict[str, dict[int, list[int]]] = {}
        for place, table in enumerate(self.signals.values()):
            for row, event in enumerate(table["event"].tolist()):
                counted.setdefault(event, {}).setdefault(place, []).append(row)
        return counted

    @cached_property
    def origins(self) -> dict[str, str]:
        """Event -> the fact that it reports."""
        events = self.evidence.events
        return dict(zip(events["event"], events["origin"], strict=True))

    @cached_property
    def reports(self) -> Counter[str]:
        """How many events report each fact."""
        return Counter(self.origins.values())

    @cached_property
    def histories(self) -> list[SignalHistory]:
        """Each driver's history, of which signals can be taken out."""
        observed = self.run.observed
        tables = {"week": observed.weeks, "month": observed.months, "flow": observed.history}
        noise = np.empty((len(self.all_times), *observed.history.noise.shape[1:]))
        for kind, table in tables.items():
            noise[self.rows[kind]] = table.noise
        return [
            SignalHistory(self.signals[driver.id], driver, self.all_times, noise[:, :, place])
            for place, driver in enumerate(self.evidence.scenario.drivers)
        ]

    @cached_property
    def rows(self) -> dict[str, np.ndarray]:
        """Where the times of a kind, as `times` has it, stand in `all_times`."""
        return {kind: self.all_times.get_indexer(times) for kind, times in self.times.items()}

    @cached_property
    def ratio(self) -> LikelihoodRatio:
        return LikelihoodRatio(self.run)

    @cached_property
    def futures(self) -> ShiftedFutures:
        # no further than the deadline: these months are the first of the run's own future
        return ShiftedFutures(self.run, int(self.days[-1] // MONTH_DAYS) + 2)

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
