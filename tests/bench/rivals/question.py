"""The question that all contestants answer: Russia's commitment made -1.5, what by 24 months on?"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from model.assumptions import Assumptions, DriverAssumption, OutcomeAssumption
from model.engine import engine
from model.forecast import solve
from model.forecast.levels import driver_levels
from model.runs import Run
from model.scenario import MONTH_DAYS, YEAR_DAYS

DRIVER, LEVEL, MONTHS = "russian_commitment", -1.5, 24
MADE = DriverAssumption(id=DRIVER, level=LEVEL)
QUESTION = Assumptions(drivers=(MADE,))


@dataclass(frozen=True, eq=False)
class Question:
    """The question as arrays, for contestants that know nothing of runs.

    log_base: (draws, months, outcomes), log hazard per year at neutral drivers. path: (draws,
    months, drivers), levels in -2..+2: of the driver its own, of the others with what follows from
    its being made, which is no rival's to find. pull: (draws, drivers, outcomes), log
    hazard ratio per unit. link: (draws, outcomes, outcomes). fade: (outcomes,) half-lives in years.
    step: (months,) years. driver: the number of the driver that is made to be at `LEVEL`.
    """

    log_base: np.ndarray
    path: np.ndarray
    pull: np.ndarray
    link: np.ndarray
    fade: np.ndarray
    step: np.ndarray
    driver: int

    @property
    def log_hazard(self) -> np.ndarray:
        """(draws, months, outcomes), with the driver at its level and before any link acts."""
        level = self.path.copy()
        level[:, :, self.driver] = LEVEL
        return self.log_base + level @ self.pull

    def chances(self, linked: bool = True) -> np.ndarray:
        """The engine's answer: (draws, outcomes) by the deadline; without links if not `linked`."""
        link = self.link if linked else np.zeros_like(self.link)
        joint = engine.joint_probabilities(self.log_hazard, link, self.step, self.fade)
        return engine.marginals(joint[:, -1])


def nothing_earlier(run: Run) -> Run:
    """The same run as if nothing that happened before acted still: rivals have no level for it."""
    fading = {o.id for o in run.scenario.outcomes if o.link_half_life_days is not None}
    happened = {k: [] if k in fading else days for k, days in run.manifest["happened"].items()}
    return replace(run, manifest=run.manifest | {"happened": happened})


def shortened(run: Run, months: int = MONTHS) -> Run:
    """The run as if its scenario looked only `months` ahead and nothing earlier acted still."""
    run = nothing_earlier(run)
    scenario = run.scenario.model_copy(update={"horizon_months": months})
    path = run.paths["raw_path"][:, : months + 1]
    evidence = replace(run.evidence, scenario=scenario)
    return replace(run, evidence=evidence, paths=run.paths | {"raw_path": path})


def thinned(run: Run, draws: int) -> Run:
    """The same run with about this many of its draws, evenly spread over the chains."""
    every = max(len(run.paths["raw_path"]) // draws, 1)
    fewer = {
        name: {key: values[::every] for key, values in getattr(run, name).items()}
        for name in ("draws", "paths")
    }
    return replace(run, **fewer)


def deadline(run: Run) -> date:
    """The last day of the 24th month after the as-of date."""
    return run.as_of + timedelta(days=round(MONTHS * MONTH_DAYS))


def with_outcome(run: Run) -> Assumptions:
    """The question once it is also learned that fighting was renewed within two months."""
    by = run.as_of + timedelta(days=round(2 * MONTH_DAYS))
    seen = OutcomeAssumption(id="renewed_offensive", by=by)
    return Assumptions(drivers=(MADE,), outcomes=(seen,))


def question(run: Run) -> Question:
    """The question for a run of 24 months (`shortened`)."""
    days, driver = solve.grid(run, QUESTION, deadline(run)), run.scenario.driver_ids.index(DRIVER)
    path = driver_levels(run, QUESTION, days)
    path[:, :, driver] = driver_levels(run, Assumptions(), days)[:, :, driver]
    return Question(
        log_base=solve._log_base(run, tuple(days)),
        path=path,
        pull=run.draws["pull"],
        link=solve.link_matrix(run),
        fade=solve._fade(run),
        step=np.diff(days) / YEAR_DAYS,
        driver=driver,
    )
