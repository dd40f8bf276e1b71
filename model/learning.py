"""Learning that a driver is at a level: what else must then be so.

The raw driver levels of one draw are a vector autoregression with known lag,

    z(m) = decay z(m - 1) + flow + shock(m),

the shocks normal with the draw's covariance. Learning z_d(m) on some months is a linear condition
on the shocks. A simulated path becomes a path given what was learned by adding the gap,
spread over the shocks as their covariance says (Matheron's rule; Journel and Huijbregts 1978), and
the draw gains the weight of its density at what was learned.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from scipy.special import chdtrc, ndtr

from model.assumptions import DriverAssumption
from model.drivers import monthly_decay, unsaturate
from model.months import learned_month
from model.store import Run


@dataclass(frozen=True, eq=False)
class Learned:
    """What was learned, as each draw sees it.

    distance: (draws,) squared Mahalanobis distance. score: (draws, parts), how many standard
    deviations each number lies above the draw's expectation. How surprising it is needs no more;
    `log_density` and `path` are found when first asked for.
    """

    distance: np.ndarray
    score: np.ndarray
    find_log_density: Callable[[], np.ndarray]
    find_path: Callable[[], np.ndarray]

    @cached_property
    def log_density(self) -> np.ndarray:
        """(draws,): of what was learned, as each draw gives it."""
        return self.find_log_density()

    @cached_property
    def path(self) -> np.ndarray:
        """(draws, months, drivers): the raw paths given what was learned."""
        return self.find_path()

    @property
    def tail(self) -> float:
        """Chance, averaged over draws, of something at least as far out as what was learned.

        Of several numbers together: by their Mahalanobis distance, and never more than of one.
        """
        parts = self.score.shape[1]
        above, below = ndtr(-self.score).mean(axis=0), ndtr(self.score).mean(axis=0)
        alone = float(np.minimum(above, below).min())
        return alone if parts == 1 else min(alone, float(chdtrc(parts, self.distance).mean()))


def learn(run: Run, assumed: list[DriverAssumption]) -> Learned:
    """Condition the drivers' paths on the dated levels of `assumed`.

    A level learned within a month counts at the month's end; there are no months before the first.
    """
    raw, cov = run.paths["raw_path"], _flow_covariance(run)
    seen = [(d, m, z) for a in assumed for d, m, z in _seen(run, a, raw.shape[1] - 1)]
    of = np.array([d for d, _, _ in seen])
    reach = np.stack([_reach(run, d, m, raw.shape[1]) for d, m, _ in seen])
    gram = cov[:, of[:, None], of] * (reach @ reach.T)
    expected = np.stack([_expected(run, d, m) for d, m, _ in seen], axis=1)
    above = np.array([z for _, _, z in seen]) - expected
    distance = (above * _solved(gram, above)).sum(axis=1)
    score = above / np.sqrt(np.einsum("nii->ni", gram))
    return Learned(
        distance,
        score,
        find_log_density=lambda: -0.5 * (distance + np.linalg.slogdet(2 * np.pi * gram)[1]),
        find_path=lambda: _path(run, seen, reach, gram),
    )


def _solved(matrix: np.ndarray, values: np.ndarray) -> np.ndarray:
    """(draws, parts): each draw's `values` with its matrix undone."""
    if matrix.shape[1] == 1:
        return values / matrix[:, 0]
    return np.linalg.solve(matrix, values[:, :, None])[:, :, 0]


@lru_cache(maxsize=8)
def _flow_covariance(run: Run) -> np.ndarray:
    """(draws, drivers, drivers): covariance of a month's shocks."""
    root = run.paths["flow_root"].astype(float)
    return root @ root.swapaxes(1, 2)


def _path(run: Run, seen, reach: np.ndarray, gram: np.ndarray) -> np.ndarray:
    """The run's raw paths with each gap to what was seen spread over the months that reach it."""
    raw = run.paths["raw_path"]
    gap = np.stack([z - raw[:, m, d].astype(float) for d, m, z in seen], axis=1)
    cov = _flow_covariance(run)[:, :, [d for d, _, _ in seen]]
    shocks = np.einsum("nki,im,ni->nmk", cov, reach, _solved(gram, gap))
    return raw.astype(float) + _spread(run, shocks)


def _seen(run: Run, assumed: DriverAssumption, last: int) -> list[tuple[int, int, float]]:
    """(driver, month, raw level) of each dated level."""
    d = run.scenario.driver_ids.index(assumed.id)
    dated = assumed.levels(run.as_of)
    months = [(learned_month(run.as_of, day, last), level) for day, level in dated]
    kept = dict(months)  # of two levels in one month the later one counts
    return [(d, month, float(unsaturate(level))) for month, level in kept.items()]


def _reach(run: Run, d: int, month: int, months: int) -> np.ndarray:
    """(months,): what a unit shock of each month leaves of driver d at `month`."""
    decay = monthly_decay(run.scenario.drivers)[d]
    age = month - np.arange(months)
    return np.where((age >= 0) & (np.arange(months) > 0), decay ** np.maximum(age, 0), 0.0)


def _expected(run: Run, d: int, month: int) -> np.ndarray:
    """(draws,): the raw level that each draw expects of driver d at `month`."""
    decay = monthly_decay(run.scenario.drivers)[d]
    flow = run.paths["flow_mean"][:, d].astype(float)
    now = run.paths["raw_path"][:, 0, d].astype(float)
    return decay**month * now + flow * (1 - decay**month) / (1 - decay)


def _spread(run: Run, shocks: np.ndarray) -> np.ndarray:
    """What extra shocks (draws, months, drivers) add to the levels of their month and the later."""
    decay = monthly_decay(run.scenario.drivers)
    added = shocks.copy()
    for month in range(1, added.shape[1]):
        added[:, month] += decay * added[:, month - 1]
    return added
