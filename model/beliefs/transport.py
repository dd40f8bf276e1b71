"""Draws carried along with a changed prior, so that reweighting has little left to do.

Reweighting alone starves: the draws stay where the old prior put them. Each parameter whose prior
changed is first moved as if prior and posterior were normal: their precisions give what the data
said, to which the new prior is added. The rest is importance sampling, with the map's Jacobian
(Paananen, Piironen, Buerkner and Vehtari 2021, Statistics and Computing 31:16).
"""

import numpy as np

from model.fit.priors import Priors


def carried(
    draws: dict[str, np.ndarray], old: Priors, new: Priors
) -> tuple[dict[str, np.ndarray], float]:
    """The free parameters (draws, ...) moved from one prior to another, and the log Jacobian.

    draws: parameter -> (draws, ...). Parameters whose prior is the same stay as they are. Both
    priors hold the same parameters.
    """
    before, after = _vector(old.location, old.scale), _vector(new.location, new.scale)
    changed = np.flatnonzero((before != after).any(axis=0))
    values = _matrix({name: draws[name] for name in old.location})
    if not len(changed):
        return {name: draws[name] for name in old.location}, 0.0
    values[:, changed], log_jacobian = _moved(
        values[:, changed], before[:, changed], after[:, changed]
    )
    return _parameters(values, draws, old.location), log_jacobian


def _moved(values: np.ndarray, before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, float]:
    """An affine map from the normal fitted to `values` to the one that the new prior would give."""
    mean = values.mean(axis=0)
    # reshaped: NumPy gives the covariance of one parameter no axes
    of_data = _likelihood_precision(np.cov(values.T).reshape(len(mean), -1), before[1])
    precision = of_data + np.diag(before[1] ** -2)
    new_precision = of_data + np.diag(after[1] ** -2)
    shift = after[0] / after[1] ** 2 - before[0] / before[1] ** 2
    new_mean = np.linalg.solve(new_precision, precision @ mean + shift)
    old_root, new_root = np.linalg.cholesky(precision), np.linalg.cholesky(new_precision)
    matrix = np.linalg.solve(new_root.T, old_root.T)
    return new_mean + (values - mean) @ matrix.T, float(np.linalg.slogdet(matrix)[1])


def _likelihood_precision(covariance: np.ndarray, prior_scale: np.ndarray) -> np.ndarray:
    """The precision of the likelihood: posterior less prior, never below nothing."""
    gain, axes = np.linalg.eigh(np.linalg.inv(covariance) - np.diag(prior_scale**-2))
    # a prior that the draws' own noise makes look wider than the posterior must not count backwards
    return (axes * np.maximum(gain, 0.0)) @ axes.T


def _vector(location: dict, scale: dict) -> np.ndarray:
    """(2, parameters): locations above scales."""
    return np.stack(
        [np.concatenate([v.ravel() for v in values.values()]) for values in (location, scale)]
    )


def _matrix(draws: dict[str, np.ndarray]) -> np.ndarray:
    return np.concatenate([v.reshape(len(v), -1) for v in draws.values()], axis=1)


def _parameters(values: np.ndarray, draws: dict, location: dict) -> dict[str, np.ndarray]:
    ends = np.cumsum([centre.size for centre in location.values()])
    columns = np.split(values, ends[:-1], axis=1)
    return {
        name: block.reshape(draws[name].shape)
        for name, block in zip(location, columns, strict=True)
    }
