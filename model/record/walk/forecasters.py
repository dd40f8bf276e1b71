"""What was said of each outcome as of a day, and what simple rules would have said.

Forecasts of past days are no proof of foresight: the priors were written after the events.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from model.assumptions import NOTHING, Assumptions
from model.explain.built_in import built_in
from model.fit.clocks import running
from model.fit.structure import waiting_class
from model.forecast import Refused, answered
from model.runs import Run
from model.scenario import YEAR_DAYS, default_deadline

MONTHS = {f"{ahead} months": ahead for ahead in (3, 6, 12, 24)}
YEAR_END = "year end"
TERMS = (*MONTHS, YEAR_END)
MODEL = "probability"
RULES = ("drivers_off", "own_record", "class_rate")  # computed with the model's; see `forecasts`
NUMBERS = (MODEL, "low", "high", "mcse", *RULES)


def deadlines(as_of: date) -> dict[str, date]:
    """Term -> its deadline: 3, 6, 12 and 24 months on, and the year's end.

    The year's end is the next year's where fewer than 30 days are left.
    """
    later = {
        name: (pd.Timestamp(as_of) + pd.DateOffset(months=ahead)).date()
        for name, ahead in MONTHS.items()
    }
    return later | {YEAR_END: default_deadline(as_of)}


def forecasts(run: Run) -> pd.DataFrame:
    """One row per outcome and term: outcome, as_of, term, deadline and `NUMBERS`.

    Probabilities in 0..1; NaN of an outcome that had happened for good, of which nothing is asked.
    drivers_off: the same fit with every effect of a driver at nought. own_record: a constant rate
    from the region's own record. class_rate: the rate of the class of the outcome's clock, one year
    in, without its shape, links, drivers or the region's departure. low, high: the model's 90 %
    interval; mcse: its Monte Carlo standard error.
    """
    off = replace(run, draws=run.draws | {"pull": np.zeros_like(run.draws["pull"])})
    parts = [_by_deadline(run, off, *at) for at in deadlines(run.as_of).items()]
    return pd.concat(parts, ignore_index=True)


def _by_deadline(run: Run, off: Run, term: str, deadline: date) -> pd.DataFrame:
    table = answered(run, NOTHING, deadline).outcomes
    without = answered(off, NOTHING, deadline).outcomes["probability"]
    years = (deadline - run.as_of).days / YEAR_DAYS
    ids = table["outcome"]
    numbers = table[["probability", "low", "high", "mcse"]].assign(
        drivers_off=without,
        own_record=[own_record(run, outcome, years) for outcome in ids],
        class_rate=[class_rate(run, outcome, years) for outcome in ids],
    )
    head = {"outcome": ids, "as_of": run.as_of, "term": term, "deadline": deadline}
    still_open = table["settled_on"].isna()
    return pd.concat([pd.DataFrame(head), numbers.where(still_open, np.nan)], axis=1)


def own_record(run: Run, outcome: str, years: float) -> float:
    """Chance within `years` at the rate of the region's own record, half an event in half a year
    added: 1 - exp(-(n + 0.5) / (exposure + 0.5) years)."""
    exposure = (run.as_of - run.scenario.record_from).days / YEAR_DAYS
    rate = (len(run.manifest["happened"][outcome]) + 0.5) / (exposure + 0.5)
    return float(-np.expm1(-rate * years))


def class_rate(run: Run, outcome: str, years: float) -> float:
    """Chance within `years` at the class's rate one year in, over the run's draws."""
    ran = running(run.scenario, run.scenario.outcome(outcome), run.as_of, run.as_of)
    place = run.scenario.class_ids.index(waiting_class(run.scenario, ran.clock))
    return float(-np.expm1(-np.exp(run.draws["log_rate"][:, place]) * years).mean())


def under_sets(run: Run) -> pd.DataFrame:
    """One row per built-in set, outcome and term: set, outcome, as_of, term, probability.

    The set as a forecaster: what it says if it is taken as true. NaN where too few draws are left
    for an answer, and of an outcome that had happened for good.
    """
    rows = [
        {"set": name, "outcome": outcome, "as_of": run.as_of, "term": term, MODEL: chance}
        for name, supposed in sorted(built_in(run).items())
        for term, deadline in deadlines(run.as_of).items()
        for outcome, chance in _under(run, supposed, deadline)
    ]
    return pd.DataFrame(rows, columns=["set", "outcome", "as_of", "term", MODEL])


def _under(run: Run, supposed: Assumptions, deadline: date) -> Iterator[tuple[str, float]]:
    try:
        table = answered(run, supposed, deadline).outcomes
    except Refused:
        yield from ((outcome, np.nan) for outcome in run.scenario.outcome_ids)
        return
    chances = table["probability"].where(table["settled_on"].isna())
    yield from zip(table["outcome"], chances.tolist(), strict=True)


def conditionals(run: Run) -> pd.DataFrame:
    """One row per ordered pair of open outcomes and term: given, outcome, as_of, term,
    given_probability, probability.

    probability: P(outcome by the deadline | `given` by the same deadline), from the joint table;
    given_probability: P(given by the deadline), 0..1.
    """
    rows = [
        {"given": given, "outcome": outcome, "as_of": run.as_of, "term": term} | chances
        for term, deadline in deadlines(run.as_of).items()
        for given, outcome, chances in _pairs(run, deadline)
    ]
    columns = ["given", "outcome", "as_of", "term", "given_probability", MODEL]
    return pd.DataFrame(rows, columns=columns)


def _pairs(run: Run, deadline: date) -> Iterator[tuple[str, str, Mapping[str, float]]]:
    answer = answered(run, NOTHING, deadline)
    ids, joint = list(answer.open["outcome"]), answer.joint
    has = {id: np.array([id in happened for happened in joint["happened"]]) for id in ids}
    chance = joint["probability"].to_numpy()
    for given in ids:
        alone = float(chance[has[given]].sum())
        for outcome in ids:
            if outcome != given and alone > 0:
                both = float(chance[has[given] & has[outcome]].sum())
                yield given, outcome, {"given_probability": alone, MODEL: both / alone}
