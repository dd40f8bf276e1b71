"""The sampler's own account, and which reference cases weigh most."""

import numpy as np
import pandas as pd
import pytest

from model.assumptions import Assumptions
from model.beliefs.density import fit_inputs, log_density
from model.beliefs.reweighting import reweighted
from model.inspect.case_weight import case_weights
from model.inspect.convergence import convergence
from model.inspect.sampler import chain_table, energies, parameter_draws, thin_factor


def test_an_energy_is_a_draws_potential_plus_its_kinetic_part(fitted):
    prior, observed = fit_inputs(fitted.evidence)
    kinetic = energies(fitted)["energy"] + log_density(fitted.draws, prior, observed)
    # up to a constant: half a chi-squared of as many degrees as parameters, variance size / 2
    size = sum(values.size for values in prior.location.values())
    assert kinetic.var() == pytest.approx(size / 2, rel=0.12)
    assert abs(kinetic.skew() - np.sqrt(8 / size)) < 0.15


def test_a_chains_bfmi_is_its_mean_squared_step_over_its_variance(fitted):
    table = energies(fitted)
    for row in chain_table(fitted).itertuples():
        energy = table.loc[table["chain"] == row.chain, "energy"].to_numpy()
        by_hand = (np.diff(energy) ** 2).sum() / ((energy - energy.mean()) ** 2).sum()
        assert row.bfmi == pytest.approx(by_hand, rel=0.01)
        assert (row.draws, row.divergences) == (len(energy), 0)
    sampled = fitted.manifest["diagnostics"]["steps_per_draw"]
    # a tree of depth n takes up to 2**n - 1 steps
    depth = fitted.sampling["depth"]
    assert (2.0 ** (depth - 1)).mean() <= sampled < (2.0**depth).mean()
    assert chain_table(fitted)["depth"].tolist() == pytest.approx(depth.mean(axis=1).tolist())


def test_a_parameters_draws_are_the_runs(fitted):
    draws = parameter_draws(fitted, "departure: Peace treaty")
    assert draws["value"].tolist() == fitted.draws["departure"][:, 0].tolist()
    assert draws["chain"].value_counts().tolist() == [1000] * 4
    assert set(convergence(fitted)["parameter"]) >= {"departure: Peace treaty"}


def test_draws_that_carry_over_stand_apart_and_independent_ones_do_not():
    chance = np.random.default_rng(5)
    shocks = chance.normal(size=(4, 1000))
    carried = shocks.copy()
    for step in range(1, 1000):  # autocorrelation 0.6: (1 + 0.6) / (1 - 0.6) = 4 draws count as one
        carried[:, step] += 0.6 * carried[:, step - 1]
    carried[3] += 20  # a chain elsewhere does not change how its draws carry over
    chain, draw = np.indices(shocks.shape) + 1
    table = pd.DataFrame({"chain": chain.ravel(), "draw": draw.ravel()})
    assert thin_factor(table.assign(value=shocks.ravel())) <= 2
    assert thin_factor(table.assign(value=carried.ravel())) in (4, 5)


@pytest.mark.parametrize(
    ("of", "case"),
    [("war_end_to_agreement", "UCDP-422-1965"), ("text_to_signature", "TXT-romania-moldova-2000")],
)
def test_a_cases_weight_is_that_of_leaving_it_out(fitted, of, case):
    row = case_weights(fitted, of).set_index("case").loc[case]
    left = reweighted(fitted, Assumptions.model_validate({"left_out": [{"case": case}]}))
    log_rate = fitted.draws["log_rate"][:, fitted.scenario.class_ids.index(of)]
    weight = np.exp(left.log_weight) / np.exp(left.log_weight).sum()
    assert row["ratio"] == pytest.approx(np.exp(log_rate.mean() - weight @ log_rate), rel=1e-6)
    assert row["khat"] == pytest.approx(left.khat, abs=1e-6)


def test_the_heaviest_case_stands_first_and_one_that_came_about_early_raises_the_rate(fitted):
    table = case_weights(fitted, "war_end_to_agreement")
    assert np.log(table["ratio"]).abs().is_monotonic_decreasing
    cases = fitted.observed.cases
    mine = cases.class_ == fitted.scenario.class_ids.index("war_end_to_agreement")
    early = mine & (cases.event > 0) & (np.exp(cases.log_time) < 0.5)
    assert (table.set_index("case").loc[cases.id[early], "ratio"] > 1).all()
    assert len(table) == mine.sum()
