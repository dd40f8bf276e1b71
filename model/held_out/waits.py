"""Reference cases that waited, and what draws of the posterior say of their wait.

Time counts from a case's entry: what it had waited before anybody watched is given. A case counts
as an event by as much as its two readers found it one: 1, 0.5 or 0.
"""

import re
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from model.evidence import Evidence
from model.fit import likelihood
from model.fit.observations import NO_TIME
from model.runs.observed import Observed

YEAR_OF_TITLE = re.compile(r"\s+\d{4}$")


@dataclass(frozen=True, eq=False)
class Waits:
    """All (cases,), those of the fit's `cases` first, then those of its `builds`.

    of: the reference class. dyad: who they are between. began: the day the wait began. entry:
    years waited before the watch. years: watched after it. event: 0..1, whether it came at the end.
    """

    id: np.ndarray
    of: np.ndarray
    dyad: np.ndarray
    began: np.ndarray
    entry: np.ndarray
    years: np.ndarray
    event: np.ndarray

    def __len__(self) -> int:
        return len(self.id)

    def where(self, chosen: np.ndarray) -> "Waits":
        """These cases alone; chosen: places or a mask."""
        return Waits(**{name: values[chosen] for name, values in vars(self).items()})


def waits(evidence: Evidence, observed: Observed) -> Waits:
    """The cases with a duration that a fit to this evidence is given, (cases,) each field.

    observed: the arrays of that fit. entry, years: in years; event: 0..1.
    """
    cases, builds = observed.cases, observed.builds
    entry = np.concatenate([np.exp(cases.log_entry), np.zeros(len(builds.id))])
    time = np.concatenate([np.exp(cases.log_time), builds.time])
    id = np.concatenate([cases.id, builds.id])
    rows = evidence.cases.set_index("case").loc[id]
    return Waits(
        id=id,
        of=np.array(evidence.scenario.class_ids)[np.concatenate([cases.class_, builds.class_])],
        dyad=np.array([dyad(title) for title in rows["title"]]),
        began=rows["start"].to_numpy("M8[D]"),
        entry=np.where(entry > 2 * NO_TIME, entry, 0.0),
        years=time - entry,
        event=np.concatenate([cases.event, builds.event]),
    )


def dyad(title: str) -> str:
    """The two sides that a case's title begins with, in alphabetical order.

    "Israel and Egypt, Sinai 1956" and "Egypt against Israel 1967" are both "Egypt and Israel".
    """
    sides = YEAR_OF_TITLE.sub("", title.partition(",")[0])
    return " and ".join(sorted(re.split(" and | against ", sides)))


def log_densities(draws: dict[str, np.ndarray], observed: Observed) -> np.ndarray:
    """(draws, cases): log likelihood of each case, in the order of `waits`."""
    terms = (
        likelihood.case_terms(np, draws, observed.cases),
        likelihood.build_terms(np, draws, observed.builds),
    )
    return np.concatenate(terms, axis=1)


def log_survival(
    draws: dict[str, np.ndarray], observed: Observed, years: np.ndarray | float
) -> np.ndarray:
    """(draws, cases): log of the chance to wait `years` (cases,) or more after entry."""
    years = np.broadcast_to(years, len(observed.cases.id) + len(observed.builds.id))
    of_cases, of_builds = np.split(years, [len(observed.cases.id)])
    # a case that was watched for so long and is still open has this very likelihood
    entry = np.exp(observed.cases.log_entry)
    cases = replace(
        observed.cases,
        log_time=np.log(np.maximum(entry + of_cases, NO_TIME)),
        event=np.zeros(len(entry)),
    )
    builds = replace(observed.builds, time=of_builds, event=np.zeros(len(of_builds)))
    return log_densities(draws, replace(observed, cases=cases, builds=builds))


def without(observed: Observed, left_out: np.ndarray) -> Observed:
    """The evidence less these cases (cases,), a mask; the gates' caps stay as they are."""
    of_cases, of_builds = np.split(left_out, [len(observed.cases.id)])
    return replace(
        observed,
        cases=observed.cases.rows(~of_cases),
        builds=observed.builds.rows(~of_builds),
    )


def by_class(table: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """(`all`, every row), then each class with its rows; table: with a column `class`."""
    return [("all", table), *table.groupby("class", sort=False)]
