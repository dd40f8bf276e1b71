"""The pieces of work, their sizes and targets. What is prepared is not timed."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.assumptions import Assumptions
from model.beliefs.density import log_likelihood
from model.engine import solved
from model.engine.pairs import pairs
from model.fit import flow
from model.fit.priors import priors
from model.fit.step import Step
from model.forecast import forecast
from model.inspect.event_pulls import pulls_of
from model.inspect.leave_one_out import Fitted
from model.inspect.one_thread import one_thread
from model.runs import Run, store
from model.scenario import default_deadline
from tests.bench.growth import larger
from tests.bench.rivals.question import MADE

DRAWS, MONTHS = 4000, 24
PULLED = 3  # events of which the pull is measured; what all take is computed from them
Call = Callable[[], object]


@dataclass(frozen=True)
class Work:
    """A piece of work at one size.

    what: in words. of: how much of what. prepare: given the arguments and the run's id it returns
    the call that is measured. each: how many such calls the row stands for. limit: the target, in
    seconds by the clock, or of CPU where `of_cpu`; None where none is set.
    """

    what: str
    of: str
    prepare: Callable[..., Call]
    arguments: tuple
    each: float = 1.0
    limit: float | None = None
    of_cpu: bool = False


def engine(_run: str, outcomes: int, draws: int = DRAWS) -> Call:
    """The probabilities of all sets of outcomes, month by month."""
    asked = larger.network(outcomes, draws, MONTHS)
    return lambda: solved(**asked, keep=[MONTHS - 1])


def if_then(_run: str, outcomes: int, draws: int = DRAWS) -> Call:
    """Every pair of outcomes, over four months, the one by the end of the first."""
    asked = larger.network(outcomes, draws, 4)
    return lambda: pairs(**asked, day=0)


def update(run: str, times: int) -> Call:
    """From one driver's setting to all tables, by the end of the run's year."""
    more = larger.more_draws(_loaded(run), times)
    return lambda: forecast(more, Assumptions(drivers=(MADE,))).curves


def pull(run: str, times: int) -> Call:
    """The pulls of a few events, from the oldest to the newest."""
    more = larger.more_events(_loaded(run), times)
    fitted = Fitted(more, default_deadline(more.as_of))
    events = more.evidence.events["event"]
    some = events.iloc[np.linspace(0, len(events) - 1, PULLED).astype(int)].tolist()

    def call() -> pd.DataFrame:
        with one_thread():
            return pulls_of(fitted, some)

    return call


def density(run: str, times: int) -> Call:
    """The log likelihood of all draws, which the answer to a belief takes."""
    more = larger.more_cases(_loaded(run), times)
    prior = priors(more.scenario)
    return lambda: log_likelihood(more.draws, prior, more.observed)


def futures(_run: str, drivers: int, draws: int = DRAWS) -> Call:
    """The drivers' futures over 36 months, from histories of 60."""
    raw, decay = larger.histories(drivers, draws, 60)

    def call() -> np.ndarray:
        rng, step = np.random.default_rng(0), Step(decay)
        return flow.simulate(raw[:, -1], flow.draw_flow(raw, step, rng), step, 37, rng)

    return call


def _loaded(run: str) -> Run:
    return store.load(run)


def works(run: str) -> list[Work]:
    """All of them, in the order of the table."""
    events = len(_loaded(run).evidence.events)
    return [
        *(
            Work("engine, 24 months", f"{k} outcomes", engine, (k,), limit=limit)
            for k, limit in ((6, 0.030), (8, None), (10, 0.150))
        ),
        *(
            Work("if-then, all pairs", f"{k} outcomes", if_then, (k,), limit=limit)
            for k, limit in ((6, None), (8, None), (10, 3.0))
        ),
        *(Work("update, all tables", f"{DRAWS * n:,} draws", update, (n,)) for n in (1, 2, 4)),
        *(
            Work(
                "event pulls, all", f"{events * n:,} events", pull, (n,), events * n / PULLED, *rest
            )
            for n, *rest in ((1, 10.0, True), (6,), (20, 120.0))
        ),
        *(Work("log likelihood, all draws", f"cases × {n}", density, (n,)) for n in (1, 4, 16)),
        *(Work("futures of the drivers", f"{k} drivers", futures, (k,)) for k in (10, 20, 40)),
    ]
