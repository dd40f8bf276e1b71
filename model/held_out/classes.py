"""Reference classes held out: the model and simple rules on cases that neither was given.

Three ways: each case left out by itself (`case`), all cases of the same two sides (`dyad`), and all
that began in 1990 or later, with nothing of the region's record either (`period`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from model.fit import likelihood
from model.fit.observations import gate_caps
from model.fit.priors import Priors, priors
from model.held_out import baselines
from model.held_out.leave_out import Draws, Predicted, left_out, predicted
from model.held_out.waits import Waits, waits, without
from model.runs import Run, Settings
from model.runs.observed import Observed
from model.scenario import Scenario

MONTHS = (3, 6, 12, 24, 60)
SPLIT_DAY = np.datetime64("1990-01-01")
WAYS = ("case", "dyad", "period")
Tell = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Fitting:
    """What refits share: the compiled model, its priors, all the evidence."""

    scenario: Scenario
    prior: Priors
    compiled: object
    observed: Observed

    def draws(self, observed: Observed, settings: Settings) -> Draws:
        """Draws of a fit to this evidence."""
        from model.fit import posterior

        tree = posterior.sample(self.compiled, self.prior, observed, settings)
        return likelihood.parameters(np, posterior.natural(tree, self.prior), observed)

    def draws_without(self, left: np.ndarray, settings: Settings) -> Draws:
        """Draws of a fit without these cases (cases,), with the gates' caps of the rest."""
        rest = without(self.observed, left)
        return self.draws(replace(rest, gate_cap=gate_caps(self.scenario, rest.builds)), settings)


def fitting(run: Run) -> Fitting:
    """Compile the model once for all fits to less than this run's evidence."""
    from model.fit import posterior

    prior = priors(run.scenario)
    compiled = posterior.compile_model(posterior.build(prior, run.observed))
    return Fitting(run.scenario, prior, compiled, run.observed)


def held_out_chances(
    run: Run, settings: Settings, tell: Tell = lambda line: None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cases and chances, as `case_rows` and `chance_rows` have them, of all three ways.

    run: the fit to all cases. settings: of every fit without some. tell: of each fit.
    """
    tell("Compiling the model")
    fit, of = fitting(run), waits(run.evidence, run.observed)
    refit, moves_gate = _Refits(fit, of.id, settings, tell), _sets_the_gate(fit)
    horizons, made = np.array(MONTHS) / 12, {}
    for way, groups in (("case", of.id), ("dyad", of.dyad)):
        says = left_out(run.draws, fit.observed, groups, of.years, horizons, refit, moves_gate)
        made[way] = of, says, [of.where(groups != group) for group in groups]
    tell(f"Fitting cases begun before {SPLIT_DAY}")
    made["period"] = _later_cases(fit, of, settings, horizons)
    return (
        pd.concat([case_rows(way, *parts) for way, parts in made.items()], ignore_index=True),
        pd.concat([chance_rows(way, *parts) for way, parts in made.items()], ignore_index=True),
    )


@dataclass(frozen=True, eq=False)
class _Refits:
    """Draws without some cases, each fit made once: two sides with one case are left out twice."""

    fit: Fitting
    names: np.ndarray
    settings: Settings
    tell: Tell
    made: dict[bytes, Draws] = field(default_factory=dict)

    def __call__(self, left: np.ndarray) -> Draws:
        if left.tobytes() not in self.made:
            self.tell(f"Fitting without {', '.join(self.names[left])}")
            self.made[left.tobytes()] = self.fit.draws_without(left, self.settings)
        return self.made[left.tobytes()]


def _sets_the_gate(fit: Fitting) -> np.ndarray:
    """(cases,): whether leaving the case out alone moves the shortest building time of its class.

    The likelihood takes that time as known, so no weight can take a case out of it.
    """
    builds, caps = fit.observed.builds, fit.observed.gate_cap
    shortest = (builds.event == 1) & (builds.time <= caps[builds.class_])
    return np.concatenate([np.zeros(len(fit.observed.cases.id), bool), shortest])


def _later_cases(
    fit: Fitting, of: Waits, settings: Settings, horizons: np.ndarray
) -> tuple[Waits, Predicted, list[Waits]]:
    """Cases begun in 1990 or later, by a fit to the earlier ones alone and by rules from these."""
    later = of.began >= SPLIT_DAY
    earlier_cases = without(fit.observed, later)
    caps = gate_caps(fit.scenario, earlier_cases.builds)
    draws = fit.draws(replace(_without_record(earlier_cases), gate_cap=caps), settings)
    tested = without(fit.observed, ~later)
    says = predicted(draws, tested, of.years[later], horizons)
    train = of.where(~later)
    return of.where(later), says, [train] * int(later.sum())


def _without_record(observed: Observed) -> Observed:
    """The evidence with no week of the region's own record: it is later than 1990."""
    weeks = observed.weeks
    empty = replace(weeks, event=np.zeros_like(weeks.event), exposure=np.zeros_like(weeks.exposure))
    return replace(observed, weeks=empty)


def case_rows(way: str, of: Waits, says: Predicted, train: list[Waits]) -> pd.DataFrame:
    """One row per case: way, case, class, dyad, began (year), years, event, khat, refitted,
    by_end, and log_density of the model and of each rule that has one."""
    rules = [
        baselines.log_densities(others, of.where([place])) for place, others in enumerate(train)
    ]
    return pd.DataFrame(
        {
            "way": way,
            "case": of.id,
            "class": of.of,
            "dyad": of.dyad,
            "began": of.began.astype("M8[Y]").astype(int) + 1970,
            "years": of.years,
            "event": of.event,
            "khat": says.khat,
            "refitted": says.refitted,
            "by_end": says.by_end,
            "model": says.log_density,
        }
    ).join(pd.DataFrame(rules))


def chance_rows(way: str, of: Waits, says: Predicted, train: list[Waits]) -> pd.DataFrame:
    """One row per case and months ahead: way, case, class, dyad, years, event, months, and the
    chance, 0..1, of having come by then: of the `model` and of each of `baselines.RULES`."""
    ahead = np.array(MONTHS) / 12
    rows = []
    for place, others in enumerate(train):
        case = of.where([place])
        chances = {"model": says.chance[place]} | baselines.chances(others, case, ahead)
        about = {"way": way, "case": case.id[0], "class": case.of[0], "dyad": case.dyad[0]}
        about |= {"years": case.years[0], "event": case.event[0]}
        rows.append(pd.DataFrame(about | {"months": MONTHS} | chances))
    return pd.concat(rows, ignore_index=True)
