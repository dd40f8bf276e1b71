"""A fitted run: what it was fitted to, its draws, and the forecast it published."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from model.evidence import Evidence
from model.runs.observed import Observed
from model.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Run:
    """A fitted run, its arrays read-only.

    manifest: id, as_of, made, settings, counts, diagnostics, `served` (did it pass the gate).
    evidence: what it was fitted to, with the scenario; a run is asked, never today's files.
    draws: parameter -> (draws, ...), chain after chain, as `likelihood.parameters` names them.
    paths: raw_path (draws, months, drivers) and the flow behind it, as `drivers.futures` has them.
    observed: what the fit was given. published: the forecast of the empty set, as JSON.
    sampling: the sampler's account of each draw, (chains, draws); see `model.fit.diagnostics`.
    """

    manifest: dict
    evidence: Evidence
    draws: dict[str, np.ndarray]
    paths: dict[str, np.ndarray]
    observed: Observed
    published: dict
    sampling: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits, see `model.runs.identity`."""
        return self.manifest["id"]

    @property
    def scenario(self) -> Scenario:
        """The scenario as it was when the run was fitted."""
        return self.evidence.scenario

    @cached_property
    def as_of(self) -> date:
        """The day up to which the evidence was known."""
        return date.fromisoformat(self.manifest["as_of"])
