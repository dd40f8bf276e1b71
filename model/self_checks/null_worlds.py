"""Null worlds: histories in which nothing happened. How loud is the model in them?

Each is the region's own with every event's day given to another at random, so that as much is
reported, but nothing builds up; no outcome came about, no truce or switch started a clock anew, and
no month was deadlier than a quiet one. The model is fitted to it and asked what it expects.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from model.evidence import Evidence
from model.forecast import forecast
from model.refit import fitted
from model.runs import Settings
from model.scenario import Scenario

ALARMS = (0.2, 0.5)  # chances at which a reader might act
MONTHS = 12


def null_world(evidence: Evidence, rng: np.random.Generator) -> Evidence:
    """Evidence of a history in which nothing happened, as of the same day."""
    days = evidence.events[["date", "known_on"]]
    shuffled = days.iloc[rng.permutation(len(days))].set_index(days.index)
    resolutions = evidence.resolutions.assign(status="open", date=pd.NaT)
    return replace(
        evidence,
        scenario=quiet(evidence.scenario),
        events=evidence.events.assign(**shuffled),
        clashes=evidence.clashes.iloc[:0],
        resolutions=resolutions,
        deaths=_quiet_months(evidence.deaths, rng),
    )


def quiet(scenario: Scenario) -> Scenario:
    """The scenario with the first clock of each outcome alone, and every switch never turned."""
    outcomes = tuple(
        outcome.model_copy(update={"clocks": outcome.clocks[:1]}) for outcome in scenario.outcomes
    )
    switches = tuple(switch.model_copy(update={"turns": ()}) for switch in scenario.switches)
    return scenario.model_copy(update={"outcomes": outcomes, "switches": switches})


def _quiet_months(deaths: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The table with every month's deaths drawn from the less deadly half of its place's months."""
    if deaths.empty:
        return deaths
    drawn = [
        rows.assign(deaths=rng.choice(np.sort(rows["deaths"])[: (len(rows) + 1) // 2], len(rows)))
        for _, rows in deaths.groupby("place")
    ]
    return pd.concat(drawn).loc[deaths.index].assign(unassigned_in_year=0.0)


def chances(
    evidence: Evidence,
    worlds: int,
    settings: Settings,
    tell: Callable[[str], None] = lambda line: None,
    seed: int = 0,
) -> pd.DataFrame:
    """world, outcome, chance (0..1, within `MONTHS` months): one row per world and outcome.

    Each world is fitted with `settings`; world n is the same whatever `worlds` is.
    """
    tables = []
    for number in range(worlds):
        tell(f"Fitting null world {number + 1} of {worlds}")
        world = null_world(evidence, np.random.default_rng([seed, number]))
        run = fitted(world, replace(settings, seed=settings.seed + number))
        answer = forecast(run, deadline=_deadline(world)).outcomes
        rows = {"world": number, "outcome": answer["outcome"], "chance": answer["probability"]}
        tables.append(pd.DataFrame(rows))
    return pd.concat(tables, ignore_index=True)


def _deadline(evidence: Evidence):
    return (pd.Timestamp(evidence.as_of) + pd.DateOffset(months=MONTHS)).date()


def false_alarms(worlds: pd.DataFrame) -> pd.DataFrame:
    """outcome (`all` first), worlds, mean, highest, and above_20, above_50: the shares of worlds
    (of worlds and outcomes, for all) whose chance within a year passes that many percent.

    worlds: rows of `chances`.
    """
    parts = [("all", worlds), *worlds.groupby("outcome", sort=False)]
    rows = [
        {
            "outcome": outcome,
            "worlds": group["world"].nunique(),
            "mean": group["chance"].mean(),
            "highest": group["chance"].max(),
        }
        | {f"above_{alarm:.0%}".rstrip("%"): (group["chance"] > alarm).mean() for alarm in ALARMS}
        for outcome, group in parts
    ]
    return pd.DataFrame(rows)
