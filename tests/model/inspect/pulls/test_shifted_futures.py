"""Futures under another history are those that the fit draws for it, by the same random numbers."""

import numpy as np
import pytest

from model.fit.futures import drawn
from model.inspect.pulls.shifted_futures import ShiftedFutures

MONTHS = 6


def moved_history(run, places):
    """Place -> mean and components of a driver whose months moved by up to a tenth or so."""
    history, rng = run.observed.history, np.random.default_rng(0)
    own = {d: np.column_stack([history.mean[:, d], history.noise[:, :, d]]) for d in places}
    return {d: parts + 0.1 * rng.normal(size=parts.shape) for d, parts in own.items()}


def by_the_fit(run, moved):
    """(draws, months, drivers), drawn from the raw levels of each draw."""
    mean, noise = run.observed.history.mean.copy(), run.observed.history.noise.copy()
    for d, parts in moved.items():
        mean[:, d], noise[:, :, d] = parts[:, 0], parts[:, 1:]
    raw = mean + np.einsum("ncd,tcd->ntd", run.draws["coder_noise"], noise)
    return drawn(run.scenario, raw, MONTHS, run.manifest["settings"]["seed"])["raw_path"]


@pytest.mark.parametrize("places", [[], [0], [2, 7]])
def test_they_are_those_of_the_fit(fitted, places):
    moved = moved_history(fitted, places)
    found = ShiftedFutures(fitted, MONTHS).paths(moved)
    # they are kept in singles, whose numbers under 4 are 2.4e-7 apart
    assert np.abs(found - by_the_fit(fitted, moved)).max() < 3e-7


def test_without_a_change_they_begin_the_runs_own(fitted):
    found = ShiftedFutures(fitted, MONTHS).paths({})
    assert np.abs(found - fitted.paths["raw_path"][:, :MONTHS]).max() < 5e-7
