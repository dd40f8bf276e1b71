"""The record's forecasts: what was said as of past days, beside what simple rules would have said.

Forecasts of past days are no proof of foresight: the priors were written after the events.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from model.evidence import Evidence
from model.fit.clocks import running
from model.fit.observations import occurrences, told_until
from model.fit.structure import waiting_class
from model.forecast import forecast
from model.runs import Run
from model.scenario import YEAR_DAYS

DAYS = tuple(
    map(
        date.fromisoformat,
        "2022-03-01 2022-09-20 2023-09-21 2024-03-01 2025-03-20 2025-08-15 2025-12-20".split(),
    )
)
MONTHS = (3, 6, 12, 18, 24)
MODEL = "probability"
FORECASTERS = [MODEL, "drivers_off", "own_record", "constant_class"]


def forecasts(run: Run, months: Iterable[int] = MONTHS) -> pd.DataFrame:
    """as_of, months, deadline, outcome and each forecaster's probability, of what is still open.

    drivers_off: the same fit with every effect of a driver at nought. own_record: a constant rate
    from the region's own record. constant_class: the rate of the class of the outcome's clock, one
    year in, without its shape, links, drivers or the region's departure. low, high: the model's
    90 % interval.
    """
    off = replace(run, draws=run.draws | {"pull": np.zeros_like(run.draws["pull"])})
    return pd.concat([_by_deadline(run, off, ahead) for ahead in months], ignore_index=True)


def _by_deadline(run: Run, off: Run, ahead: int) -> pd.DataFrame:
    deadline = (pd.Timestamp(run.as_of) + pd.DateOffset(months=ahead)).date()
    table = forecast(run, deadline=deadline).outcomes
    rows = table[table["settled_on"].isna()].set_index("outcome")
    without = forecast(off, deadline=deadline).outcomes.set_index("outcome")["probability"]
    years = (deadline - run.as_of).days / YEAR_DAYS
    return pd.DataFrame(
        {
            "as_of": run.as_of,
            "months": ahead,
            "deadline": deadline,
            "outcome": rows.index,
            MODEL: rows["probability"].to_numpy(),
            "low": rows["low"].to_numpy(),
            "high": rows["high"].to_numpy(),
            "drivers_off": without[rows.index].to_numpy(),
            "own_record": [own_record(run, outcome, years) for outcome in rows.index],
            "constant_class": [constant_class(run, outcome, years) for outcome in rows.index],
        }
    )


def own_record(run: Run, outcome: str, years: float) -> float:
    """Chance within `years` at the rate of the region's own record, half an event in half a year
    added: 1 - exp(-(n + 0.5) / (exposure + 0.5) years)."""
    exposure = (run.as_of - run.scenario.record_from).days / YEAR_DAYS
    rate = (len(run.manifest["happened"][outcome]) + 0.5) / (exposure + 0.5)
    return float(-np.expm1(-rate * years))


def constant_class(run: Run, outcome: str, years: float) -> float:
    """Chance within `years` at the class's rate one year in, over the run's draws."""
    ran = running(run.scenario, run.scenario.outcome(outcome), run.as_of, run.as_of)
    place = run.scenario.class_ids.index(waiting_class(run.scenario, ran.clock))
    return float(-np.expm1(-np.exp(run.draws["log_rate"][:, place]) * years).mean())


def decided(table: pd.DataFrame, known: Evidence) -> pd.DataFrame:
    """The forecasts whose deadline lies within the record, with `happened`: whether it came.

    The record of an outcome ends where its table is no longer collected.

    table: of `forecasts`. known: the evidence as of the record's last day.
    """
    told = {outcome.id: told_until(known, outcome) for outcome in known.scenario.outcomes}
    rows = table[table["deadline"] <= table["outcome"].map(told)]
    came = {id: [day.date() for day in days] for id, days in occurrences(known).items()}
    return rows.assign(happened=_happened(rows, came))


def _happened(rows: pd.DataFrame, came: Mapping[str, list[date]]) -> list[bool]:
    return [
        any(row.as_of < day <= row.deadline for day in came[row.outcome])
        for row in rows.itertuples()
    ]
