"""Learning that a driver is at a level: what else must then be so.

The raw driver levels of one draw are a vector autoregression with known lag,

    z(m) = decay z(m - 1) + flow(m),

the flows normal around the draw's mean, which wanders, so that they go together (`model.fit.flow`,
`common`). Learning z_d(m) on some months is a linear condition on the flows. A simulated path
becomes a path given what was learned by adding the gap, spread over the flows as their covariance
says (Matheron's rule; Journel and Huijbregts 1978), and the draw gains the weight of its density at
what was learned.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import chdtrc, ndtr

from model.assumptions import DriverAssumption
from model.fit.drivers import monthly_decay, unsaturate
from model.fit.flow import common, expected
from model.runs import Run
from model.runs.remembered import per_run
from model.scenario.months import learned_month


@dataclass(frozen=True, eq=False)
class Learned:
    """What was learned, as each draw sees it.

    seen: (driver, month, raw level) of each number learned, `numbers` in all. reach: (numbers,
    months), what a unit flow of each month leaves of a number. gram: (draws, numbers, numbers),
    their covariance. above: (draws, numbers), how far each lies above the draw's expectation.
    How surprising it is needs little; the rest is found when first asked for.
    """

    run: Run
    seen: list[tuple[int, int, float]]
    reach: np.ndarray
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
        """(draws, months, drivers): the raw paths given what was learned.

        Each gap to it is spread over the months that reach it.
        """
        raw = self.run.paths["raw_path"]
        gap = np.stack([z - raw[:, m, d].astype(float) for d, m, z in self.seen], axis=1)
        cov = _shock_covariance(self.run)[:, :, [d for d, _, _ in self.seen]]
        months = _solved(self.gram, gap)[:, :, None] * (self.reach @ common(raw.shape[1]))
        return raw.astype(float) + _spread(self.run, (cov @ months).swapaxes(1, 2))

    @property
    def tail(self) -> float:
        """Chance (0..1, averaged over draws) of something at least as far out as what was learned.

        Of several numbers together: by their Mahalanobis distance, and never more than of one.
        """
        score, numbers = self.score, len(self.seen)
        above, below = ndtr(-score).mean(axis=0), ndtr(score).mean(axis=0)
        alone = float(np.minimum(above, below).min())
        return alone if numbers == 1 else min(alone, float(chdtrc(numbers, self.distance).mean()))


def learn(run: Run, assumed: list[DriverAssumption]) -> Learned:
    """Condition the drivers' paths on the dated levels (-2..2) of `assumed`, at least one.

    A level learned within a month counts at the month's end; there are no months before the first.
    """
    months, cov = run.paths["raw_path"].shape[1], _shock_covariance(run)
    seen = [(d, m, z) for a in assumed for d, m, z in _seen(run, a, months - 1)]
    drivers = np.array([d for d, _, _ in seen])
    reach = np.stack([_reach(run, d, m, months) for d, m, _ in seen])
    gram = cov[:, drivers[:, None], drivers] * (reach @ common(months) @ reach.T)
    expected = np.stack([_expected(run, d, m) for d, m, _ in seen], axis=1)
    above = np.array([z for _, _, z in seen]) - expected
    return Learned(run, seen, reach, gram, above)


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


def _seen(run: Run, assumed: DriverAssumption, last: int) -> list[tuple[int, int, float]]:
    """(driver, month, raw level) of each dated level."""
    d = run.scenario.driver_ids.index(assumed.id)
    dated = assumed.levels(run.as_of)
    months = [(learned_month(run.as_of, day, last), level) for day, level in dated]
    by_month = dict(months)  # of two levels in one month the later one counts
    return [(d, month, float(unsaturate(level))) for month, level in by_month.items()]


def _reach(run: Run, d: int, month: int, months: int) -> np.ndarray:
    """(months,): what a unit flow of each month leaves of driver d at `month`."""
    decay = monthly_decay(run.scenario.drivers)[d]
    # month 0 is the as-of day, which the fit has settled: no flow of it is left to move
    age = month - np.arange(months)
    return np.where((age >= 0) & (np.arange(months) > 0), decay ** np.maximum(age, 0), 0.0)


def _expected(run: Run, d: int, month: int) -> np.ndarray:
    """(draws,): the raw level that each draw expects of driver d at `month`."""
    decay = monthly_decay(run.scenario.drivers)[d]
    mean = run.paths["flow_mean"][:, d].astype(float)
    now = run.paths["raw_path"][:, 0, d].astype(float)
    flows = _reach(run, d, month, month + 1) @ expected(month + 1)
    return decay**month * now + flows * mean


def _spread(run: Run, flows: np.ndarray) -> np.ndarray:
    """(draws, months, drivers): what extra flows add to the levels of their month and later."""
    decay = monthly_decay(run.scenario.drivers)
    added = flows.copy()  # the sum runs in place, and the caller's flows stay flows
    for month in range(1, added.shape[1]):
        added[:, month] += decay * added[:, month - 1]
    return added
