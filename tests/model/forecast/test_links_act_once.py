"""A link acts once, whatever happened before: against a chain written here, solved by expm."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product

import numpy as np
import pytest
from scipy.linalg import expm

from model.assumptions import NOTHING
from model.forecast.solve import _log_hazard, grid, solve
from tests.model.forecast.suppositions import OUTCOMES, happened, supposing
from tests.slow_cases import slow

DRAWS = 20
OFFENSIVE, TURKISH = OUTCOMES.index("renewed_offensive"), OUTCOMES.index("turkish_involvement")
AGAIN = (OFFENSIVE, TURKISH)  # their links fade
EARLIER, NOT_YET, RECENT, PAST = "earlier", "not yet", "recent", "past"
YEAR_END = date(2023, 12, 31)
MADE_ON = date(2023, 10, 21)  # the end of the first month, a month on


@pytest.fixture(scope="module")
def twenty(fitted):
    """Twenty draws, spread over all chains."""
    chosen = np.linspace(0, 3999, DRAWS).astype(int)
    few = {
        name: {key: values[chosen] for key, values in getattr(fitted, name).items()}
        for name in ("draws", "paths")
    }
    return replace(fitted, **few)


def ratios(run, draw):
    """(outcome, outcome) -> the hazard ratio of a link: its own, or its class's over the first."""
    scenario, draws = run.scenario, run.draws
    rate = dict(zip(scenario.class_ids, np.exp(draws["log_rate"][draw]), strict=True))
    sizes = iter(np.exp(draws["link"][draw]))
    return {
        (OUTCOMES.index(link.from_), OUTCOMES.index(link.to)): next(sizes)
        if link.hazard_of is None
        else rate[link.hazard_of] / rate[scenario.outcome(link.to).clocks[0].classes[0]]
        for link in scenario.links
    }


def half_life(run, k):
    return run.scenario.outcomes[k].link_half_life_days / 365.25


WAYS = [
    {OFFENSIVE: (EARLIER, NOT_YET, RECENT, PAST), TURKISH: (NOT_YET, RECENT, PAST)}.get(
        k, (NOT_YET, RECENT)
    )
    for k in range(len(OUTCOMES))
]
STATES = list(product(*WAYS))
NUMBER = {state: n for n, state in enumerate(STATES)}


def generator(run, hazard, ratio):
    """Rates between the states: what acts is an earlier occurrence or a recent one, never both."""
    G = np.zeros((len(STATES), len(STATES)))
    for state in STATES:
        for k, now in enumerate(state):
            moved = {}
            if now in (EARLIER, NOT_YET):
                acting = [j for j, way in enumerate(state) if way in (EARLIER, RECENT)]
                factors = [ratio.get((j, k), 1.0) for j in acting]
                moved[RECENT] = hazard[k] * np.prod(factors)
            if k in AGAIN and now in (EARLIER, RECENT):
                moved[NOT_YET if now == EARLIER else PAST] = np.log(2) / half_life(run, k)
            for way, rate in moved.items():
                G[NUMBER[state], NUMBER[(*state[:k], way, *state[k + 1 :])]] = rate
    G[np.diag_indices(len(STATES))] = -G.sum(axis=1)
    return G


def make_the_offensive(p):
    """Where it has not come about since the as-of day, it does now."""
    moved = np.zeros_like(p)
    for state, mass in zip(STATES, p, strict=True):
        is_new = state[OFFENSIVE] in (EARLIER, NOT_YET)
        way = RECENT if is_new else state[OFFENSIVE]
        moved[NUMBER[(*state[:OFFENSIVE], way, *state[OFFENSIVE + 1 :])]] += mass
    return moved


def exact(run, days, made_at=None):
    """(draws, outcomes): chance of each by the last of `days`; offensive made at the day given."""
    log_hazard = _log_hazard(run, NOTHING, days, None)
    left = 0.5 ** ((run.as_of - date(2022, 9, 13)).days / 365.25 / half_life(run, OFFENSIVE))
    chances = []
    for draw in range(DRAWS):
        p = np.zeros(len(STATES))
        quiet = [NOT_YET] * len(OUTCOMES)
        p[NUMBER[tuple(quiet)]] = 1 - left
        quiet[OFFENSIVE] = EARLIER
        p[NUMBER[tuple(quiet)]] = left
        ratio = ratios(run, draw)
        for step, (start, end) in enumerate(pairwise(days)):
            G = generator(run, np.exp(log_hazard[draw, step]), ratio)
            p = p @ expm(G * (end - start) / 365.25)
            if end == made_at:
                p = make_the_offensive(p)
        has = [[way in (RECENT, PAST) for way in state] for state in STATES]
        chances.append(p @ np.array(has, float))
    return np.array(chances)


@pytest.mark.parametrize(
    "made", [slow(False, id="published"), pytest.param(True, id="an offensive made")]
)
def test_the_forecast_is_the_chain_in_which_a_link_acts_once(twenty, made):
    made_on = [happened("renewed_offensive", None, on=MADE_ON, verb="make")] if made else []
    assumptions = supposing(*made_on)
    last = (YEAR_END - twenty.as_of).days
    days = [day for day in grid(twenty, assumptions, YEAR_END) if day <= last]
    shipped = solve(twenty, assumptions, days).happened[:, -1]
    expected = exact(twenty, days, (MADE_ON - twenty.as_of).days if made else None)
    assert shipped == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("days_on", [1, 30, 61, 180])
def test_with_an_offensive_made_allies_join_no_faster_than_while_disputes_are_fought(thin, days_on):
    """While the link acts the class's hazard holds: at most that rate over all the time left.

    The hazard holds what drivers, the departure and other links do; the link adds its ratio once.
    """
    day = thin.as_of + timedelta(days=days_on)
    assumptions = supposing(happened("renewed_offensive", None, on=day, verb="make"))
    deadline = date(2024, 9, 21)
    last = (deadline - thin.as_of).days
    days = [d for d in grid(thin, assumptions, deadline) if d <= last]
    chance = solve(thin, assumptions, days).happened[:, -1, TURKISH]
    assert (chance <= bound(thin, days) + 1e-9).all()


def bound(run, days):
    """(draws,): chance at the hazard with the offensive's link and all that raise it acting."""
    calm = np.exp(_log_hazard(run, NOTHING, days, None)[:, :, TURKISH])
    exposure = (calm * np.diff(days) / 365.25).sum(axis=1)
    factors = []
    for draw in range(len(exposure)):
        links = {ends: value for ends, value in ratios(run, draw).items() if ends[1] == TURKISH}
        factors.append(np.prod([max(value, 1.0) for value in links.values()]))
    return 1 - np.exp(-exposure * factors)
