"""What exhibits and documents are made of: a run and assumptions, computed when asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from briefing.material.provenance import Provenance, Tier, hash_of, keeps_back
from briefing.words.yardsticks import ICD_203
from model.assumptions import NOTHING, Assumptions, files
from model.changes import kept
from model.changes.difference import NOT_COMPARED, Difference
from model.evidence import Evidence, coded_events
from model.explain.build_up import build_up
from model.explain.built_in import built_in
from model.explain.conditional import conditional_table
from model.explain.indicators import indicators
from model.explain.movement import movement
from model.forecast import Forecast, basis_id, forecast
from model.forecast.levels import fitted_levels
from model.record.published.resolution import resolved
from model.record.published.stored import Stored, stored
from model.runs import Run
from model.scenario import Scenario, default_deadline

RECORDS = ("history", "published")  # charts and tables of the track record
WALKED = ("history",)  # those that show the walk-forward too
COMPARED = "why_moved"  # the chart of what moved a run from the one before


@dataclass(frozen=True, eq=False)
class Material:
    """A run, what is assumed on top of it, and by when; tables are made when first asked for.

    deadline: the default one of the run's day unless given, so never None of what was made. since:
    the run of an earlier as-of day that changes are told from, None where there is none.
    yardstick: whose likelihood words are used. kept: the track record, and difference: what moved
    the run from the one before, each None for what is stored when it is first asked for. Computing
    raises what `model.forecast.forecast` raises.
    """

    run: Run
    assumptions: Assumptions = NOTHING
    deadline: date | None = None
    since: Run | None = None
    yardstick: str = ICD_203
    kept: Stored | None = None
    difference: Difference | None = None

    def __post_init__(self):
        if self.deadline is None:
            # Frozen to everybody else; the default needs the run, so no field default can hold it.
            object.__setattr__(self, "deadline", default_deadline(self.run.as_of))

    @property
    def scenario(self) -> Scenario:
        return self.run.scenario

    @property
    def as_of(self) -> date:
        return self.run.as_of

    @cached_property
    def published(self) -> Forecast:
        """The forecast with nothing assumed."""
        return forecast(self.run, NOTHING, self.deadline)

    @cached_property
    def answer(self) -> Forecast:
        """The forecast under the assumptions; the published one if there are none."""
        if self.assumptions.is_empty:
            return self.published
        return forecast(self.run, self.assumptions, self.deadline)

    @cached_property
    def record(self) -> Stored:
        """What is stored of the track record; raises LedgerError where that cannot be read."""
        return stored(self.scenario) if self.kept is None else self.kept

    @cached_property
    def why_moved(self) -> Difference:
        """What moved the chances by this deadline from the run before, as `diff` found it.

        `NOT_COMPARED` where that is not kept. Raises ValueError where it is damaged.
        """
        known = kept.kept(self.run.id) if self.difference is None else self.difference
        return known if known and known.deadline == self.deadline else NOT_COMPARED

    @cached_property
    def resolved(self) -> pd.DataFrame:
        """What was published as of the run's day or earlier, and what became of it by that day."""
        rows = self.record.of(self.scenario.id).forecasts
        return resolved(rows[rows["as_of"] <= self.as_of], self.evidence)

    @property
    def evidence(self) -> Evidence:
        """What the run was fitted to."""
        return self.run.evidence

    @cached_property
    def events(self) -> pd.DataFrame:
        """The coded events; see `model.evidence.event_table`."""
        return coded_events(self.evidence)

    @property
    def levels(self) -> Mapping[str, float]:
        """Each driver's level on the as-of day, -2..2, by its id."""
        return fitted_levels(self.run)

    @cached_property
    def sets(self) -> dict[str, Assumptions]:
        """The built-in sets of the run, by name."""
        return built_in(self.run)

    @cached_property
    def data_date(self) -> date:
        """The last day something in the evidence became known."""
        return self.evidence.events["known_on"].max().date()

    @cached_property
    def moved(self) -> pd.DataFrame | None:
        """What moved since the earlier run; None without one. See `model.explain.movement`."""
        return None if self.since is None else movement(self.since, self.run, self.deadline)

    @cached_property
    def conditional(self) -> pd.DataFrame:
        """If A, then B, on the default day and by the deadline; see `model.explain.conditional`."""
        return conditional_table(self.run, self.deadline)

    @cached_property
    def build_up(self) -> pd.DataFrame:
        """What each published chance is made of; see `model.explain.build_up`."""
        return build_up(self.run, self.deadline)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """What should move the first open outcome that leads; see `model.explain.indicators`."""
        first = self.published.leading["outcome"].iloc[0]
        return indicators(self.run, first, self.deadline)

    @property
    def set_name(self) -> str:
        """What the set is called, as text; one that was changed is not called as a built-in one."""
        name = self.assumptions.name.strip()
        original = self.sets.get(name)
        if original is None or hash_of(original) == hash_of(self.assumptions):
            return name
        return f"{name} (edited)"

    def titles(self) -> dict[str, str]:
        """Titles of the outcomes still open, by id, in the scenario's order."""
        rows = self.published.open
        return dict(zip(rows["outcome"], rows["title"], strict=True))

    def provenance(self, kind: str, tier: Tier = Tier.full, **more) -> Provenance:
        """What a file made of this says of itself; `more` are further fields of it."""
        kept_back = keeps_back(tier, self.assumptions)
        return Provenance(
            kind=kind,
            run=self.run.id,
            answered_by=basis_id(self.run, self.assumptions),
            scenario=self.scenario.id,
            as_of=self.as_of,
            data_date=self.data_date,
            deadline=self.deadline,
            yardstick=self.yardstick,
            tier=tier,
            assumptions_hash=hash_of(self.assumptions),
            assumptions=None if kept_back else files.to_link(self.assumptions),
            since=self.since.id if self.since else None,
            record=self._record_mark(kind, more.get("name", "")),
            difference=self._difference_mark(kind, more.get("name", "")),
            **more,
        )

    def _record_mark(self, kind: str, name: str) -> str:
        """The state of the record that a file tells of; "" where it tells of none."""
        if name in WALKED:
            return self.record.mark
        # what was walked stands in no deck: a new walk-forward must not make it another
        tells = kind in ("deck", "brief") or name in RECORDS
        return replace(self.record, walked=Stored().walked).mark if tells else ""

    def _difference_mark(self, kind: str, name: str) -> str:
        """Which difference a file tells of; "" where it tells of none."""
        return kept.mark(self.why_moved) if kind == "deck" or name == COMPARED else ""
