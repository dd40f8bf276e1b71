"""The flow: a month's new events in raw driver levels, whose mean wanders and comes back.

    flow(m) = mean(m) + shock(m),             shock(m) ~ Normal(0, Sigma),
    mean(m) = KEEP mean(m - 1) + step(m),     step(m) ~ Normal(0, (1 - KEEP**2) SPREAD Sigma),

so a month's mean is Normal(0, SPREAD Sigma), and two months' flows go together by SPREAD times KEEP
to the power of the months between them. Sigma is inverse Wishart. The posterior is known in closed
form (Gelman et al., Bayesian Data Analysis, 3rd ed., section 3.6, with months that depend on each
other; West and Harrison, Bayesian Forecasting and Dynamic Models, 2nd ed., chapter 16). One exact
draw of it belongs to each posterior draw.
"""

from dataclasses import dataclass

import numpy as np

from model.fit.step import Step

# Judged, with the record's futures in view: README, under "Future drivers", says how far. Drivers
# are scaled so that a level means as much of each, so a month's shock is of like size in all ten:
# each learns its own from its months, from a prior that knows it to a fifth.
PRIOR_LEVEL = 0.5  # prior sd of a driver that nothing but shocks moves
PRIOR_FREEDOM = 16  # beyond the number of drivers
KEEP = 0.5 ** (1 / 24)  # half of a mean is gone in two years
SPREAD = 0.4  # variance of the mean in variances of a shock


@dataclass(frozen=True)
class Flow:
    """A month's new events in raw levels, as each draw has them.

    mean: (draws, drivers), expected of the mean of the month that ends with the as-of day; unknown:
    the variance left of it, in units of the shocks' covariance. root: (draws, drivers, drivers),
    root @ root.T is that covariance.
    """

    mean: np.ndarray
    root: np.ndarray
    unknown: float = 0.0

    @property
    def covariance(self) -> np.ndarray:
        """(draws, drivers, drivers)."""
        return self.root @ self.root.swapaxes(1, 2)


@dataclass(frozen=True)
class Given:
    """What a history of flows leaves.

    mean: (draws, drivers) of the last month. scatter: (draws, drivers, drivers) and freedom,
    Sigma's inverse Wishart.
    """

    mean: np.ndarray
    scatter: np.ndarray
    freedom: int


def draw_flow(raw: np.ndarray, step: Step, rng: np.random.Generator) -> Flow:
    """One exact posterior draw of the flow for each history, given what a month leaves of it.

    Of the covariance, that is: the mean given it is normal, and left to whoever asks for a future.
    raw: (draws, months + 1, drivers) raw levels a month apart.
    """
    given = posterior(raw[:, 1:] - step.after(raw[:, :-1]), step.decay)
    root = _inverse_wishart_root(given.scatter, given.freedom, rng)
    return Flow(given.mean, root, unknown(raw.shape[1] - 1))


def posterior(flows: np.ndarray, decay: np.ndarray) -> Given:
    """The closed form for flows (draws, months, drivers), the last month last."""
    months = flows.shape[1]
    whiten = whitening(months)
    independent = whiten @ flows
    mean = np.einsum("m,nmd->nd", _gain(whiten), independent)
    scatter = independent.swapaxes(1, 2) @ independent
    return Given(mean, *_shocks(scatter, months, decay))


def unknown(months: int) -> float:
    """The variance, in units of Sigma, that so many months of flows leave of the last's mean."""
    gain = _gain(whitening(months))
    return float(SPREAD - gain @ gain)


def _gain(whiten: np.ndarray) -> np.ndarray:
    """(months,): what a unit of each independent flow adds to the mean of the last month."""
    return whiten @ (SPREAD * KEEP ** _apart(len(whiten))[-1])


def draw_shocks(
    scatter: np.ndarray, months: int, decay: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """(draws, drivers, drivers): a root of Sigma drawn given the scatter of whitened flows."""
    return _inverse_wishart_root(*_shocks(scatter, months, decay), rng)


def _shocks(scatter: np.ndarray, months: int, decay: np.ndarray) -> tuple[np.ndarray, int]:
    """Scatter and freedom of Sigma's inverse Wishart, given the scatter of whitened flows."""
    # on average what keeps a driver's sd at the prior level, while its raw level decays
    prior = (PRIOR_FREEDOM - 1) * PRIOR_LEVEL**2 * (1 - decay**2)
    return np.diag(prior) + scatter, len(decay) + PRIOR_FREEDOM + months


def whitening(months: int) -> np.ndarray:
    """(months, months): makes the flows of past months independent, each with covariance Sigma."""
    shared = SPREAD * KEEP ** _apart(months)
    return np.linalg.inv(np.linalg.cholesky(np.eye(months) + shared))


def _apart(months: int) -> np.ndarray:
    """(months, months): how many months lie between any two."""
    return np.abs(np.subtract.outer(np.arange(months), np.arange(months)))


def _inverse_wishart_root(
    scatter: np.ndarray, freedom: int, rng: np.random.Generator
) -> np.ndarray:
    """Square roots of inverse-Wishart draws (Bartlett's decomposition)."""
    draws, size, _ = scatter.shape
    bartlett = np.tril(rng.standard_normal((draws, size, size)), -1)
    rows = np.arange(size)
    bartlett[:, rows, rows] = np.sqrt(rng.chisquare(freedom - rows, size=(draws, size)))
    return np.linalg.cholesky(scatter) @ np.linalg.inv(bartlett).swapaxes(1, 2)


def simulate(
    now: np.ndarray, flow: Flow, step: Step, months: int, rng: np.random.Generator
) -> np.ndarray:
    """Raw levels (draws, months, drivers) at the start of each future month; the first is `now`.

    now: (draws, drivers).
    """
    # months first: of two futures with one seed, the shorter is the start of the longer
    shift, *normals = rng.standard_normal((months, 2, *now.shape, 1))
    mean = flow.mean + np.sqrt(flow.unknown) * (flow.root @ shift[0])[..., 0]
    path, sd = [now], np.sqrt((1 - KEEP**2) * SPREAD)
    for wandered, shock in normals:
        mean = KEEP * mean + sd * (flow.root @ wandered)[..., 0]
        path.append(step.after(path[-1]) + mean + (flow.root @ shock)[..., 0])
    return np.stack(path, axis=1)


def common(months: int, unknown: float) -> np.ndarray:
    """(months, months): covariance of the flows of any two months to come, in units of Sigma.

    Month 0 is the as-of day, whose flow has been and whose mean is known but for the variance
    `unknown`; from there on the mean takes steps.
    """
    ahead = np.arange(months)
    left = np.where(ahead > 0, KEEP**ahead, 0.0)
    steps = SPREAD * (KEEP ** _apart(months) - KEEP ** np.add.outer(ahead, ahead))
    return np.eye(months) + steps + unknown * np.outer(left, left)


def expected(months: int) -> np.ndarray:
    """(months,): the share of the as-of day's mean that is left in each month to come."""
    return KEEP ** np.arange(months)
