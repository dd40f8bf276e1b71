"""The design of evidence: what stays as it is while what happened in it is made anew."""

from dataclasses import dataclass

import numpy as np

from model.evidence import Evidence
from model.fit.observations import observations
from model.runs.observed import Observed
from model.scenario import YEAR_DAYS, Scenario

Free = dict[str, np.ndarray]  # parameter -> one draw of it, as `priors` names and shapes them


@dataclass(frozen=True, eq=False)
class Design:
    """What of the evidence is kept while what happened in it is made anew.

    watched, built: (cases,) and (builds,) years from the start for which each case can be watched.
    """

    scenario: Scenario
    observed: Observed
    watched: np.ndarray
    built: np.ndarray


@dataclass(frozen=True, eq=False)
class Classes:
    """Yearly rate one year in, Weibull shape (1 where there is none), gate in years: (classes,)."""

    rate: np.ndarray
    shape: np.ndarray
    gate: np.ndarray


def design(evidence: Evidence) -> Design:
    """The design of real evidence, cut at its day.

    A case that ended could be watched to the as-of day; one that did not, for as long as it was.
    """
    observed = observations(evidence)
    start = evidence.cases.drop_duplicates("case").set_index("case")["start"]
    to_date = (np.datetime64(evidence.as_of) - start).dt.days / YEAR_DAYS

    def watched(table, time):
        ever = to_date.loc[table.id].to_numpy()
        return np.where(table.event > 0, np.maximum(ever, time), time)

    cases, builds = observed.cases, observed.builds
    return Design(
        scenario=evidence.scenario,
        observed=observed,
        watched=watched(cases, np.exp(cases.log_time)),
        built=watched(builds, builds.time),
    )


def by_class(free: Free, of: Design) -> Classes:
    """Each class's rate, shape and gate, from the parameters."""
    kinds = of.scenario.classes
    shape, gate = np.ones(len(kinds)), np.zeros(len(kinds))
    shape[[c.shape is not None for c in kinds]] = np.exp(free["log_shape"])
    gated = [c.gate_share is not None for c in kinds]
    gate[gated] = of.observed.gate_cap[gated] / (1 + np.exp(-free["gate_logit"]))
    return Classes(np.exp(free["log_rate"]), shape, gate)
