"""Learning that a driver is at a level: what else must then be so.

The raw driver levels of one draw are a vector autoregression with known lag,

    z(m) = B z(m - 1) + flow(m),

where B holds what a month leaves of each level and what influences add (`model.fit.step`), the
flows normal around a mean, which the draw's history leaves partly unknown and which wanders, so
that they go together (`model.fit.flow`, `common`). Learning z_d(m) on some months is a linear
condition on the flows. A simulated path becomes a path given what was learned by adding the gap,
spread over the flows as their covariance says (Matheron's rule; Journel and Huijbregts 1978), and
the draw gains the weight of its density at what was learned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr, ndtri

from model.assumptions import DriverAssumption
from model.fit.drivers import unsaturate
from model.fit.flow import common, expected
from model.fit.futures import step_of, unknown_mean
from model.forecast.levels import followed, free_shares
from model.runs import Run
from model.runs.remembered import per_run
from model.scenario.months import learned_month

TINY, FEWEST = 1e-12, 1e-300  # keep a root of what is all but one number, and a quantile, finite


@dataclass(frozen=True, eq=False)
class Learned:
    """What was learned, as each draw sees it.

    seen: (driver, month, raw level) of each number learned, `numbers` in all. settings: the drivers
    that are set. going_along: (draws, numbers, months, drivers), the covariance of each number with
    a month's shocks. gram: (draws, numbers, numbers), of the numbers. above: (draws, numbers), how
    far each lies above the draw's expectation. How surprising it is needs little; the rest is found
    when first asked for.
    """

    run: Run
    seen: list[tuple[int, int, float]]
    settings: tuple[DriverAssumption, ...]
    going_along: np.ndarray
    gram: np.ndarray
    above: np.ndarray

    @cached_property
    def distance(self) -> np.ndarray:
        """(draws,): squared Mahalanobis distance from the draw's expectation."""
        return (self.above * _solved(self.gram, self.above)).sum(axis=1)

    @property
    def score(self) -> np.ndarray:
        """(draws, numbers): how many standard deviations each lies above what is expected."""
        return self.above / np.sqrt(np.einsum("nii->ni", self.gram))

    @cached_property
    def log_density(self) -> np.ndarray:
        """(draws,): log density of the raw levels that were learned, as each draw gives it."""
        return -0.5 * (self.distance + np.linalg.slogdet(2 * np.pi * self.gram)[1])

    @cached_property
    def path(self) -> np.ndarray:
        """(draws, months, drivers): the raw paths given what was learned, to the horizon's end."""
        return self.path_to(self.run.paths["raw_path"].shape[1])

    def path_to(self, months: int) -> np.ndarray:
        """(draws, months, drivers): the start of `path`.

        Each gap to what was learned is spread over the months that reach it.
        """
        needed = max(months, self.pulled.shape[1])
        flows = common(needed, unknown_mean(self.run))[:months, : self.pulled.shape[1]]
        raw = self.run.paths["raw_path"][:, :months].astype(float)
        return raw + _spread(self.run, flows @ self.pulled)

    @cached_property
    def pulled(self) -> np.ndarray:
        """(draws, months, drivers): the gaps to what was learned as shocks of the months before."""
        places, months = _places(self.seen)
        raw = self.run.paths["raw_path"][:, : max(months) + 1]
        before = followed(self.run, self.settings, raw)[:, months, places].astype(float)
        gap = np.array([z for _, _, z in self.seen]) - before
        return np.einsum("nk,nkmd->nmd", _solved(self.gram, gap), self.going_along)

    @property
    def tail(self) -> float:
        """Chance (0..1, averaged over draws) that the drivers get as far out as what was learned.

        Each number on its nearer side; several numbers all at once, so that one number more can
        only make it smaller.
        """
        score = self.score
        above, below = ndtr(-score).mean(axis=0), ndtr(score).mean(axis=0)
        alone = np.minimum(above, below)
        side = np.where(above <= below, 1.0, -1.0)
        sd = side * np.sqrt(np.einsum("nii->ni", self.gram))
        together = beyond(score * side, self.gram / (sd[:, :, None] * sd[:, None, :]))
        # of one number the two are the same
        return min(float(alone.min()), float(together.mean()))


def beyond(least: np.ndarray, correlation: np.ndarray) -> np.ndarray:
    """(draws,): chance that standard normals all reach `least`, one random answer for each draw.

    least: (draws, numbers); correlation: (draws, numbers, numbers). Right on average: one normal
    after the other is drawn beyond its end, given those before (the simulator of Geweke,
    Hajivassiliou and Keane; Train, Discrete Choice Methods with Simulation, 2nd ed., section 5.6).
    """
    root = np.linalg.cholesky(correlation + TINY * np.eye(least.shape[1]))
    normals, chance = np.zeros(least.shape), np.ones(len(least))
    # the same uniforms whatever comes later: one number more only multiplies by its own chance
    uniforms = np.random.default_rng(0).random(least.T.shape)
    for k, uniform in enumerate(uniforms):
        given = (root[:, k, :k] * normals[:, :k]).sum(axis=1)
        reached = ndtr((given - least[:, k]) / root[:, k, k])
        chance *= reached
        normals[:, k] = -ndtri(np.maximum(uniform * reached, FEWEST))
    return chance


def learn(
    run: Run, assumed: Sequence[DriverAssumption], settings: Sequence[DriverAssumption] = ()
) -> Learned:
    """Condition the drivers' paths on the dated levels (-2..2) of `assumed`, at least one.

    A level learned within a month counts at the month's end; there are no months before the first.
    settings: every driver that is set, made or assumed: while it is, what it is set to acts on the
    others in place of its own path.
    """
    seen = [number for a in assumed for number in _seen(run, a)]
    last = max(month for _, month, _ in seen)
    free = free_shares(run, settings, last + 1)
    reach = np.concatenate([_reach(run, d, month, free) for d, month, _ in seen], axis=1)
    # months go together, so a number hangs on the flows of all of them
    spread = common(last + 1, unknown_mean(run)) @ reach
    along = reach @ _shock_covariance(run)[:, None]
    draws, numbers = along.shape[:2]
    spread = spread.reshape(len(spread), numbers, -1)
    gram = along.reshape(draws, numbers, -1) @ spread.swapaxes(1, 2)
    places, months = _places(seen)
    above = np.array([z for _, _, z in seen]) - _expected(run, settings, last)[:, months, places]
    return Learned(run, seen, tuple(settings), along, gram, above)


def _solved(matrix: np.ndarray, values: np.ndarray) -> np.ndarray:
    """(draws, numbers): each draw's `values` with its matrix undone."""
    # a division for each draw, where `solve` would factorise thousands of matrices of one number
    if matrix.shape[1] == 1:
        return values / matrix[:, 0]
    return np.linalg.solve(matrix, values[:, :, None])[:, :, 0]


@per_run(size=8)
def _shock_covariance(run: Run) -> np.ndarray:
    """(draws, drivers, drivers): covariance of a month's shocks."""
    root = run.paths["flow_root"].astype(float)
    return root @ root.swapaxes(1, 2)


def _seen(run: Run, assumed: DriverAssumption) -> list[tuple[int, int, float]]:
    """(driver, month, raw level) of each dated level."""
    d = run.scenario.driver_ids.index(assumed.id)
    dated, last = assumed.levels(run.as_of), run.paths["raw_path"].shape[1] - 1
    months = [(learned_month(run.as_of, day, last), level) for day, level in dated]
    by_month = dict(months)  # of two levels in one month the later one counts
    return [(d, month, float(unsaturate(level))) for month, level in by_month.items()]


def _places(seen: list[tuple[int, int, float]]) -> tuple[list[int], list[int]]:
    """The drivers and the months of the numbers learned."""
    return [d for d, _, _ in seen], [month for _, month, _ in seen]


def _reach(run: Run, d: int, month: int, free: np.ndarray) -> np.ndarray:
    """(draws or 1, 1, months, drivers): what a unit flow of each month leaves of d at `month`.

    free: (months, drivers) as in `free_shares`.
    """
    step = step_of(run)
    reach = np.zeros((len(step.adds), 1, *free.shape))
    reach[:, :, month, d] = 1.0
    # month 0 is the as-of day, which the fit has settled: no flow of it is left to move
    for earlier in range(month - 1, 0, -1):
        reach[:, :, earlier] = step.before(reach[:, :, earlier + 1], free[earlier])
    return reach


def _expected(run: Run, settings: Sequence[DriverAssumption], last: int) -> np.ndarray:
    """(draws, last + 1, drivers): the raw levels that each draw expects."""
    step, mean = step_of(run), run.paths["flow_mean"].astype(float)
    path = [run.paths["raw_path"][:, 0].astype(float)]
    for left in expected(last + 1)[1:]:
        path.append(step.after(path[-1]) + left * mean)
    return followed(run, settings, np.stack(path, axis=1))


def _spread(run: Run, flows: np.ndarray) -> np.ndarray:
    """(draws, months, drivers): what extra flows add to the levels of their month and later."""
    step = step_of(run)
    added = flows.copy()  # the sum runs in place, and the caller's flows stay flows
    for month in range(1, added.shape[1]):
        added[:, month] += step.after(added[:, month - 1])
    return added
