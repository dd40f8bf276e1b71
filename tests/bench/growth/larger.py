"""The region made larger: more outcomes, draws, events, cases or drivers, of the same kind."""

from dataclasses import replace

import numpy as np
import pandas as pd

from model.runs import Run

MONTH = 1 / 12  # years
HALF_LIVES = {0: 0.25, 1: 0.5}  # years: the links of two outcomes fade, as the region's do
ACTING = (
    0.06  # chance that links of the first one's last occurrence act still, as on the default day
)
LINKS_EACH = 14 / 6  # that an outcome sends in the region


def network(outcomes: int, draws: int, months: int) -> dict:
    """What the engine is asked of so many outcomes: as densely linked as the region's, two fading.

    Hazards of 0.02 to 1 per year that move a little each month; every outcome acts on the first.
    """
    rng = np.random.default_rng(0)
    base = rng.uniform(np.log(0.02), 0.0, (draws, 1, outcomes))
    sends = np.zeros((outcomes, outcomes), dtype=bool)
    sends[1:, 0] = True  # so that no outcome is apart
    others = np.flatnonzero(~sends & ~np.eye(outcomes, dtype=bool))
    more = round(LINKS_EACH * outcomes) - (outcomes - 1)
    sends.flat[rng.permutation(others)[:more]] = True
    return {
        "log_hazard": base + 0.1 * rng.normal(size=(draws, months, outcomes)),
        "link": rng.normal(0, 0.5, (draws, outcomes, outcomes)) * sends,
        "step": MONTH,
        "fade": np.array([HALF_LIVES.get(k, np.inf) for k in range(outcomes)]),
        "start": 0,
        "acting": np.array([ACTING] + [0.0] * (outcomes - 1)),
    }


def more_draws(run: Run, times: int) -> Run:
    """The run with each draw so many times over, as if so many chains more had been sampled."""
    again = {
        name: {key: np.concatenate([values] * times) for key, values in getattr(run, name).items()}
        for name in ("draws", "paths")
    }
    settings = run.manifest["settings"]
    settings = settings | {"chains": settings["chains"] * times}
    return replace(run, **again, manifest=run.manifest | {"settings": settings})


def more_events(run: Run, times: int) -> Run:
    """The run with its events and codings so many times over, each a day earlier than the last."""
    evidence = run.evidence
    events = [_earlier(evidence.events, copy) for copy in range(times)]
    codings = [
        evidence.codings.assign(event=_named(evidence.codings, copy)) for copy in range(times)
    ]
    more = {
        "events": pd.concat(events, ignore_index=True),
        "codings": pd.concat(codings, ignore_index=True),
    }
    return replace(run, evidence=replace(evidence, **more))


def _earlier(events: pd.DataFrame, copy: int) -> pd.DataFrame:
    days = pd.Timedelta(days=copy)
    return events.assign(
        event=_named(events, copy),
        origin=events["origin"] + (f"-{copy}" if copy else ""),
        date=events["date"] - days,
        known_on=events["known_on"] - days,
    )


def _named(rows: pd.DataFrame, copy: int) -> pd.Series:
    return rows["event"] + (f"-{copy}" if copy else "")


def more_cases(run: Run, times: int) -> Run:
    """The run with its reference cases so many times over."""
    cases = run.observed.cases
    again = np.tile(np.arange(len(cases.event)), times)
    return replace(run, observed=replace(run.observed, cases=cases.rows(again)))


def histories(drivers: int, draws: int, months: int) -> tuple[np.ndarray, np.ndarray]:
    """Raw levels (draws, months, drivers) of so many drivers, and what a month leaves of each."""
    rng = np.random.default_rng(0)
    return rng.normal(0, 0.8, (draws, months, drivers)), np.full(drivers, 0.88)
