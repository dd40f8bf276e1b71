"""A made-up run and its forecasts, so that pages can be put into states a fit seldom gives."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import permutations, product

import numpy as np
import pandas as pd

from model.assumptions import NOTHING, Assumptions
from model.evidence import Evidence, load_evidence
from model.forecast import Forecast
from model.forecast.answer import as_json
from model.forecast.basis import Basis
from model.scenario import SCENARIO_FOLDER, load_scenario

SCENARIO = load_scenario(SCENARIO_FOLDER)
CHANCES = (0.06, 0.012, 0.02, 0.26, 0.08, 0.02)  # made up
LEVEL = 0.44  # every driver's, in 2023; the opposite from 2024 on


@dataclass(frozen=True, eq=False)
class MadeUpRun:
    """What the pages read of a run."""

    as_of: date
    settled: tuple[str, ...] = ()
    id: str = "madeup123456"
    scenario = SCENARIO

    @cached_property
    def evidence(self) -> Evidence:
        return load_evidence(SCENARIO_FOLDER, self.as_of)

    @property
    def manifest(self) -> dict:
        return {
            "counts": {"events": 3, "origins": 2, "reference_cases": 5},
            "diagnostics": {"rhat": 1.0012, "draws": 4000},
        }

    @property
    def published(self) -> dict:
        return as_json(forecast(self))


class MadeUpForecast(Forecast):
    """A forecast whose curves need no fit."""

    @cached_property
    def curves(self) -> pd.DataFrame:
        return _curves(self.basis.run, self.outcomes["probability"].to_numpy())


def fitted_levels(run: MadeUpRun) -> dict[str, float]:
    return dict.fromkeys(SCENARIO.driver_ids, LEVEL if run.as_of.year == 2023 else -LEVEL)


def half_year_ranges(run: MadeUpRun) -> dict[str, tuple[float, float]]:
    return dict.fromkeys(SCENARIO.driver_ids, (LEVEL - 1, LEVEL + 1))


def forecast(run: MadeUpRun, assumptions: Assumptions = NOTHING, deadline=None) -> Forecast:
    """The made-up chances; each driver set adds a point to every outcome not settled."""
    chances = np.array(CHANCES) + 0.01 * len(assumptions.drivers)
    chances[[id in run.settled for id in SCENARIO.outcome_ids]] = 1.0
    deadline = deadline or date(run.as_of.year, 12, 31)
    return MadeUpForecast(
        basis=Basis(run),
        as_of=run.as_of,
        deadline=deadline,
        assumptions=assumptions,
        effective_draws=4000.0,
        outcomes=_outcomes(run, chances, deadline),
        joint=_joint(chances),
    )


def conditional_table(run: MadeUpRun, deadline: date, day: date) -> pd.DataFrame:
    """Every outcome twice as likely once another one has happened."""
    chances = dict(zip(SCENARIO.outcome_ids, CHANCES, strict=True))
    pairs = [(a, b) for a, b in permutations(chances, 2) if not {a, b} & set(run.settled)]
    table = pd.DataFrame(pairs, columns=["given", "outcome"])
    published = table["outcome"].map(chances)
    then = {name: 2 * published for name in ("assumed", "made", "made_after")}
    known = {"published": published, "published_after": published}
    return table.assign(**known, **then, mcse_published=0.0004, mcse_assumed=0.002, mcse_made=0.002)


def build_up(run: MadeUpRun, deadline: date) -> pd.DataFrame:
    """Half of each chance is the base rate, a quarter the first driver, a quarter the links."""
    parts = (
        ("base", "", 0, 0.5),
        ("region", "", 0.5, 0.5),
        ("driver", SCENARIO.driver_ids[0], 0.5, 0.75),
    )
    parts += ("links", "", 0.75, 1.0), ("published", "", 0, 1.0)
    rows = [
        (outcome, part, id, before * chance, after * chance, (after - before) * chance, 0.002)
        for outcome, chance in zip(SCENARIO.outcome_ids, CHANCES, strict=True)
        for part, id, before, after in parts
    ]
    return pd.DataFrame(rows, columns="outcome part id before after share mcse".split())


def movement(previous: MadeUpRun, now: MadeUpRun, deadline: date) -> pd.DataFrame:
    """Every outcome a point likelier: one less for time passing, two more for news."""
    chances = np.array(CHANCES)
    return pd.DataFrame(
        {
            "outcome": SCENARIO.outcome_ids,
            "before": chances - 0.01,
            "now": chances,
            "time_passing": -0.01,
            "news": 0.02,
            "change_mcse": 0.002,
        }
    )


def _outcomes(run: MadeUpRun, chances: np.ndarray, deadline: date) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "outcome": SCENARIO.outcome_ids,
            "title": [outcome.title for outcome in SCENARIO.outcomes],
            "lead": [outcome.lead for outcome in SCENARIO.outcomes],
            "deadline": deadline,
            "probability": chances,
            "low": chances / 4,
            "high": np.minimum(1.0, 2 * chances),
            "mcse": 0.002,
            "settled_on": [
                pd.Timestamp(2021, 3, 4) if id in run.settled else pd.NaT
                for id in SCENARIO.outcome_ids
            ],
        }
    )


def _joint(chances: np.ndarray) -> pd.DataFrame:
    states = [bits[::-1] for bits in product([0, 1], repeat=len(chances))]
    happened = np.array(states, dtype=bool)
    ids = np.array(SCENARIO.outcome_ids)
    return pd.DataFrame(
        {
            "state": range(len(states)),
            "happened": [tuple(ids[bits]) for bits in happened],
            "probability": np.where(happened, chances, 1 - chances).prod(axis=1),
            "mcse": 0.002,
        }
    )


def _curves(run: MadeUpRun, chances: np.ndarray) -> pd.DataFrame:
    years = np.arange(4)
    rows = [
        pd.DataFrame(
            {
                "outcome": outcome.id,
                "title": outcome.title,
                "date": [run.as_of + timedelta(days=365 * int(year)) for year in years],
                "probability": 1 - (1 - chance) ** years,
                "low": 1 - (1 - chance / 4) ** years,
                "high": 1 - (1 - min(1.0, 2 * chance)) ** years,
            }
        )
        for outcome, chance in zip(SCENARIO.outcomes, chances, strict=True)
    ]
    return pd.concat(rows, ignore_index=True)
