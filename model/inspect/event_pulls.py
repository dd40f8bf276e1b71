"""Each event's pull on the headlines: the published chance less the chance without the event.

Leave-one-out by reweighting, the same answer as `model.forecast` gives without the event. One event
less changes the levels of the drivers that it speaks to, and nothing else of what the likelihood
reads; so the weights follow from those levels alone. Where they move the log hazard of an outcome
by δ, a week's term y log λ − λ e moves by

    y δ − λ e exp δ + λ e,

deaths are weighed anew, and each draw's future goes on from the changed history with the random
numbers of the run.
"""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import pandas as pd

from model.assumptions import NOTHING
from model.beliefs.reweighting import smoothed
from model.engine import engine
from model.fit import drivers
from model.forecast import monte_carlo
from model.forecast.levels import driver_levels
from model.inspect.leave_one_out import Fitted
from model.inspect.one_thread import one_thread
from model.runs import Run

NUMBERS = "pull mcse khat effective_draws".split()


def event_pulls(
    run: Run, deadline: date, report: Callable[[float], None] = lambda share: None
) -> pd.DataFrame:
    """One row per event known on the as-of day and outcome, in the order of the tables.

    pull: the published chance by `deadline` less the chance without the event, -1..1; mcse: its
    Monte Carlo standard error (both chances share their draws); khat, effective_draws: of the
    event's weights, k-hat up to 0.7 is fine. An event that counts for nothing, as another report of
    the same fact weighs more, has a pull of 0. `report` is given the share done, 0..1, before each
    event; what it raises ends the work.
    """
    fitted = Fitted(run, deadline)
    with one_thread():
        return pulls_of(fitted, fitted.evidence.events["event"].tolist(), report)


def pull_of(fitted: Fitted, event: str) -> pd.DataFrame:
    """One event's rows of `event_pulls`, one per outcome; an unknown event's pull is 0."""
    return pulls_of(fitted, [event])


def pulls_of(
    fitted: Fitted, events: Sequence[str], report: Callable[[float], None] = lambda share: None
) -> pd.DataFrame:
    """The rows of `event_pulls` of some events, in their order."""
    found = [np.empty((0, len(NUMBERS)))]
    for place, event in enumerate(events):
        report(place / len(events))
        found.append(_numbers(fitted, event))
    ids = fitted.run.scenario.outcome_ids
    # one frame in the end: one for each event takes as long as its likelihood
    columns = dict(zip(NUMBERS, np.concatenate(found).T, strict=True))
    of = {"event": [event for event in events for _ in ids], "outcome": ids * len(events)}
    return pd.DataFrame(of | columns)


def _numbers(fitted: Fitted, event: str) -> np.ndarray:
    """(outcomes, NUMBERS) of one event."""
    moved = _histories(fitted, event)
    draws, outcomes = fitted.published.shape
    if not moved:
        return np.tile([0.0, 0.0, 0.0, draws], (outcomes, 1))
    log_weight, khat = smoothed(_log_ratio(fitted, moved))
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    pull, mcse = _difference(fitted, _without(fitted, moved), weight)
    left = monte_carlo.effective_draws(weight, draws)
    return np.column_stack(np.broadcast_arrays(pull, mcse, khat, left))


def _histories(fitted: Fitted, event: str) -> dict[int, np.ndarray]:
    """Place of a driver -> its history without the event, of each driver that it moves.

    A history: mean and noise (times, PARTS) at all times of `fitted`.
    """
    histories = {}
    # another report of the same fact may count in place of this one, and then nothing changes
    for place, rows in fitted.counted.get(event, {}).items():
        driver = fitted.evidence.scenario.driver_ids[place]
        gone = np.isin(np.arange(len(fitted.signals[driver])), rows)
        histories[place] = fitted.histories[place].without(gone, _instead(fitted, event, driver))
    return histories


def _instead(fitted: Fitted, event: str, driver: str) -> list[pd.DataFrame]:
    """The signals that take over where an event that counts is left out: its fact's next report."""
    origin = fitted.origins[event]
    if fitted.reports[origin] == 1:
        return []
    events, codings = fitted.evidence.events, fitted.evidence.codings
    others = events[(events["origin"] == origin) & (events["event"] != event)]
    coded = codings[(codings["driver"] == driver) & codings["event"].isin(others["event"])]
    return [drivers.signals(others, coded, fitted.evidence.scenario.coding)]


def _read_by(fitted: Fitted, moved: dict[int, np.ndarray], kind: str) -> dict[int, np.ndarray]:
    """The histories where the weeks, the months or the flow read them."""
    rows = fitted.rows[kind]
    return {place: history[rows] for place, history in moved.items()}


def _log_ratio(fitted: Fitted, moved: dict[int, np.ndarray]) -> np.ndarray:
    """(draws,): log likelihood without the event less that with it."""
    weeks, months = (_read_by(fitted, moved, kind) for kind in ("week", "month"))
    return fitted.ratio.of_weeks(weeks) + fitted.ratio.of_deaths(months)


def _without(fitted: Fitted, moved: dict[int, np.ndarray]) -> np.ndarray:
    """(draws, outcomes): each draw's chances, going on from its history without the event."""
    path = fitted.futures.paths(_read_by(fitted, moved, "flow"))
    level = driver_levels(fitted.run, NOTHING, fitted.days, path)
    moved_hazard = {"log_hazard": fitted.at_neutral + level @ fitted.run.draws["pull"]}
    return engine.solved(**fitted.asked | moved_hazard, keep=[])[1][:, -1]


def _difference(
    fitted: Fitted, chances: np.ndarray, weight: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(outcomes,) each: published less left out, and its Monte Carlo error.

    chances: (draws, outcomes) without the event. A draw's influence on the difference is what it
    adds to the one mean less what it adds to the other.
    """
    mean = monte_carlo.mean(chances, weight)
    influence = fitted.published - len(weight) * weight[:, None] * (chances - mean)
    chains = fitted.run.manifest["settings"]["chains"]
    return fitted.published.mean(axis=0) - mean, monte_carlo.monte_carlo_error(influence, chains)
