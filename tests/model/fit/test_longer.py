"""A run that may not be served yet is sampled for longer and thinned; others are left alone."""

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from model.fit import longer
from model.runs.settings import QUICK, STANDARD


def tree(values, diverging=None):
    """A run of one parameter: values (chains, draws)."""
    met = np.zeros(values.shape, bool) if diverging is None else diverging
    posterior = xr.Dataset({"a": (("chain", "draw"), values)})
    stats = xr.Dataset({"diverging": (("chain", "draw"), met)})
    return xr.DataTree.from_dict({"posterior": posterior, "sample_stats": stats})


def chains(apart):
    """Four chains of 1,000 independent draws, the last `apart` standard deviations off."""
    draws = np.random.default_rng(1).standard_normal((4, 1000))
    return draws + np.array([0, 0, 0, apart])[:, None]


@pytest.mark.parametrize(("apart", "disagree"), [(0.0, False), (1.0, True)])
def test_chains_disagree_where_one_stands_apart(apart, disagree):
    # between-chain variance 1/4 of a unit at 1 sd: R-hat is near the root of 1.25
    assert longer.chains_disagree(tree(chains(apart))) is disagree


def test_one_chain_cannot_disagree():
    assert not longer.chains_disagree(tree(chains(1.0)[:1]))


def test_one_divergence_is_enough():
    met = np.zeros((4, 1000), bool)
    assert not longer.diverged(tree(chains(0.0), met))
    met[2, 7] = True
    assert longer.diverged(tree(chains(0.0), met))


def test_a_run_for_a_look_and_a_single_chain_are_not_meant_to_be_served():
    assert longer.is_meant_to_be_served(STANDARD)
    assert not longer.is_meant_to_be_served(QUICK)
    assert not longer.is_meant_to_be_served(replace(STANDARD, chains=1))


def test_each_fourth_draw_is_kept_and_no_divergence_is_lost():
    values = np.arange(16.0).reshape(2, 8)
    met = np.zeros((2, 8), bool)
    met[1, 5] = True  # in the second stretch of the second chain
    kept = longer.thinned(tree(values, met), every=4)
    assert kept["posterior"]["a"].values.tolist() == [[3, 7], [11, 15]]
    assert kept["sample_stats"]["diverging"].values.tolist() == [[False, False], [False, True]]


def test_only_the_chains_that_met_a_divergence_are_exchanged():
    met = np.zeros((4, 3), bool)
    met[1, 0] = met[3, 2] = True
    first = tree(np.arange(12.0).reshape(4, 3), met)
    again = tree(-np.arange(6.0).reshape(2, 3))
    places = longer.diverging_chains(first)
    assert places.tolist() == [1, 3]
    kept = longer.exchanged(first, places, again)
    expected = [[0, 1, 2], [0, -1, -2], [6, 7, 8], [-3, -4, -5]]
    assert kept["posterior"]["a"].values.tolist() == expected
    assert not longer.diverged(kept)
    assert longer.diverged(first)  # what was handed in is as it was
