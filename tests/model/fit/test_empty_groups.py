"""A scenario may have no link, no shape or no trait: a group of parameters is then empty."""

from types import SimpleNamespace

import numpy as np
import pytest
import xarray as xr

from model.fit import diagnostics, posterior

CHAINS, DRAWS = 4, 200


@pytest.fixture
def tree():
    """Draws of one group of two parameters, and of one of none."""
    random = np.random.default_rng(1)
    draws = {"standard_rate": (CHAINS, DRAWS, 2), "standard_shape": (CHAINS, DRAWS, 0)}
    values = {
        name: (("chain", "draw", f"{name}_dim_0"), random.normal(size=shape))
        for name, shape in draws.items()
    }
    flat = {
        name: (("chain", "draw"), np.zeros((CHAINS, DRAWS), dtype=kind))
        for name, kind in (("diverging", bool), ("n_steps", float))
    }
    return xr.DataTree.from_dict(
        {"posterior": xr.Dataset(values), "sample_stats": xr.Dataset(flat)}
    )


def test_draws_come_back_in_their_own_units_with_a_row_a_draw_though_a_group_is_empty(tree):
    prior = SimpleNamespace(
        location={"rate": np.array([1.0, 2.0]), "shape": np.zeros(0)},
        scale={"rate": np.array([0.5, 0.5]), "shape": np.ones(0)},
    )
    natural = posterior.natural(tree, prior)
    assert {name: values.shape for name, values in natural.items()} == {
        "rate": (CHAINS * DRAWS, 2),
        "shape": (CHAINS * DRAWS, 0),
    }
    first = tree["posterior"]["standard_rate"].values[0, 0]
    np.testing.assert_array_equal(natural["rate"][0], [1.0, 2.0] + 0.5 * first)


def test_the_gate_judges_the_groups_that_have_parameters(tree):
    headlines = np.random.default_rng(2).uniform(size=(CHAINS, DRAWS, 1))
    diagnosis = diagnostics.diagnose(tree, headlines, ["rain"])
    assert diagnosis["rhat"] < 1.05 and set(diagnosis["ess_bulk_by_outcome"]) == {"rain"}


def test_a_parameter_that_no_chain_moves_is_held_back_by_the_gate(tree):
    tree["posterior"]["standard_rate"].values[..., 1] = 0.0  # R-hat of a constant is not defined
    headlines = np.random.default_rng(2).uniform(size=(CHAINS, DRAWS, 1))
    diagnosis = diagnostics.diagnose(tree, headlines, ["rain"])
    assert np.isnan(diagnosis["rhat"]) and "R-hat is nan" in diagnosis["failures"][0]
