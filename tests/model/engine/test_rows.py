"""What rows of draws are given that no processor has."""

import numpy as np
import pytest
from numba import njit

from model.engine.rows import LANES, exp, load, store


@njit
def exponentials(rows):
    for r in range(len(rows)):
        store(rows, r, exp(rows, load(rows, r)))


def test_exp_of_a_row_is_exp_to_two_rounding_errors_and_finite_beyond_what_has_one():
    ordinary = np.concatenate([np.linspace(-50, 50, 4990), [0.0, 1e-9, -1e-300, 299.0, -299.0]])
    x = np.concatenate([ordinary, [710.0, np.inf, -710.0, -np.inf, 0.5]]).reshape(-1, 1)
    rows = np.ascontiguousarray(np.repeat(x, LANES, axis=1))
    exponentials(rows)
    assert rows[: len(ordinary), 3] == pytest.approx(np.exp(ordinary), rel=4 * np.finfo(float).eps)
    assert np.isfinite(rows).all() and (rows[-3:-1] < 1e-100).all()
