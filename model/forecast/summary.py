"""From the joint probabilities of every draw to the tables of a forecast."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from model.forecast import monte_carlo
from model.forecast.solve import Solution, settled
from model.runs import Run


def outcome_table(run: Run, solution: Solution, at: int, deadline: date) -> pd.DataFrame:
    """One row per outcome: its id, title, lead, deadline, probability, low, high, mcse, settled_on.

    at: the step that ends on `deadline`. probability (0..1) is the mean over draws, low and high
    bound the 90 % interval over draws, mcse is the Monte Carlo standard error of the probability;
    settled_on is the day it happened, NaT if it has not.
    """
    by_draw = solution.happened[:, at]
    low, high = monte_carlo.draw_interval(by_draw, solution.weight)
    state = settled(run)
    chains = run.manifest["settings"]["chains"]
    rows = {
        "outcome": run.scenario.outcome_ids,
        "title": [outcome.title for outcome in run.scenario.outcomes],
        "lead": [outcome.lead for outcome in run.scenario.outcomes],
        "deadline": deadline,
        "probability": _mean(by_draw, solution.weight),
        "low": low,
        "high": high,
        "mcse": monte_carlo.monte_carlo_error(by_draw, chains, solution.weight),
        "settled_on": [
            pd.Timestamp(run.manifest["happened"][id][0]) if state >> k & 1 else pd.NaT
            for k, id in enumerate(run.scenario.outcome_ids)
        ],
    }
    return pd.DataFrame(rows)


def _mean(by_draw: np.ndarray, weight: np.ndarray | None) -> np.ndarray:
    """Mean probability over draws; weights that sum to a rounding error over 1 give no more."""
    return np.minimum(monte_carlo.mean(by_draw, weight), 1.0)


def joint_table(run: Run, solution: Solution) -> pd.DataFrame:
    """One row per set of outcomes (2**outcomes): state, happened, probability, mcse.

    state: its bits are the outcomes that happened, and `happened` their ids; the probabilities sum
    to 1.
    """
    joint, ids = solution.joint, run.scenario.outcome_ids
    states = range(joint.shape[1])
    mean = monte_carlo.mean(joint, solution.weight)
    chains = run.manifest["settings"]["chains"]
    return pd.DataFrame(
        {
            "state": states,
            "happened": [tuple(id for k, id in enumerate(ids) if s >> k & 1) for s in states],
            # the engine's rounding errors are undone, so that readers may add up rows and get 1
            "probability": mean / mean.sum(),
            "mcse": monte_carlo.monte_carlo_error(joint, chains, solution.weight),
        }
    )


def curve_table(run: Run, solution: Solution) -> pd.DataFrame:
    """One row per outcome and step edge: outcome, title, date, probability, low, high.

    Cumulative probabilities in 0..1, from the as-of date on, with the 90 % interval over draws.
    """
    outcomes, times = run.scenario.outcomes, len(solution.days)
    low, high = monte_carlo.draw_interval(solution.happened, solution.weight)
    numbers = {
        "probability": _mean(solution.happened, solution.weight),
        "low": low,
        "high": high,
    }
    start = [settled(run) >> k & 1 for k in range(len(outcomes))]
    return pd.DataFrame(
        {
            "outcome": np.repeat([outcome.id for outcome in outcomes], times),
            "title": np.repeat([outcome.title for outcome in outcomes], times),
            "date": [run.as_of + timedelta(days=day) for day in solution.days] * len(outcomes),
        }
        | {name: np.vstack([start, values]).T.ravel() for name, values in numbers.items()}
    )
