"""A run as an ArviZ tree and as a netCDF file, read by ArviZ and by h5py without help from here."""

from dataclasses import replace

import arviz as az
import h5py
import numpy as np
import pandas as pd
import plotly.io as pio
import pytest
import xarray as xr
from arviz_stats.base import array_stats
from scipy.special import logsumexp

from model.beliefs import density
from model.fit import likelihood
from model.fit.priors import Priors, priors
from model.inspect import labelled, posterior_tree
from model.inspect.prior_sensitivity import log_parts, sensitivity


@pytest.fixture(scope="module")
def tree(fitted):
    return posterior_tree.to_datatree(fitted)


@pytest.fixture(scope="module")
def file(fitted, tmp_path_factory):
    path = tmp_path_factory.mktemp("posterior") / "fit.nc"
    posterior_tree.write(path, fitted)
    return path


@pytest.fixture(scope="module")
def read(file):
    with az.from_netcdf(file) as read:
        yield read.load()


def test_the_file_holds_the_tree_as_it_is(tree, file, read):
    assert set(read.children) == {
        "posterior",
        "prior",
        "log_prior",
        "sample_stats",
        "log_likelihood",
        "observed_data",
    }
    xr.testing.assert_equal(read, tree)
    assert read.attrs == tree.attrs
    assert [path.name for path in file.parent.iterdir()] == ["fit.nc"]


def test_a_reader_that_knows_nothing_but_hdf5_finds_the_draws_and_their_run(fitted, file):
    with h5py.File(file) as stored:
        rates = stored["posterior/log_rate"][:]
        assert stored.attrs["run"] == fitted.id
        assert stored["posterior/rate"].attrs["units"] == "1/year"
    assert rates.shape == (4, 1000, len(fitted.scenario.classes))
    assert rates[2, 7].tolist() == fitted.draws["log_rate"][2007].tolist()  # chain after chain


def test_a_summarys_mean_is_the_mean_of_the_draws(fitted, read):
    table = az.summary(read, var_names=["log_rate", "log_effect", "coder_noise"], round_to="none")
    for name, kind, ids in (
        ("log_rate", "log_rate", fitted.scenario.class_ids),
        ("log_effect", "effect", [effect.name for effect in fitted.scenario.effects]),
    ):
        rows = table.loc[[f"{name}[{id}]" for id in ids], "mean"]
        assert rows.to_numpy(float) == pytest.approx(fitted.draws[kind].mean(axis=0), rel=1e-12)
    noise = fitted.draws["coder_noise"].mean(axis=0)
    driver = fitted.scenario.driver_ids[4]
    assert float(table.loc[f"coder_noise[2, {driver}]", "mean"]) == pytest.approx(noise[1, 4])


def test_what_readers_want_follows_from_the_free_parameters_of_the_same_draw(fitted, read):
    draw = read["posterior"].to_dataset().isel(chain=3, draw=11)
    at = {name: values[3011] for name, values in fitted.draws.items()}
    assert float(draw["rate"].sel({"class": "text_to_signature"})) == pytest.approx(
        np.exp(at["log_rate"][fitted.scenario.class_ids.index("text_to_signature")])
    )
    for link, size in zip(fitted.scenario.links, at["link_size"], strict=True):
        ratio = np.exp(size)
        if link.hazard_of:  # acting, it lifts the calm rate to that of the class it names
            log_rate = draw["log_rate"]
            calm = fitted.scenario.outcome(link.to).clocks[0].classes[0]
            ratio = np.exp(log_rate.sel({"class": link.hazard_of}) - log_rate.sel({"class": calm}))
        found = float(draw["link_hazard_ratio"].sel(link=link.name))
        assert found == pytest.approx(float(ratio)), link.name
    (staged,) = read["posterior"]["staged_class"].values
    gate = at["gate"][fitted.scenario.class_ids.index(staged)]
    assert draw["gate"].values.tolist() == [pytest.approx(gate)]


def test_the_prior_draws_are_of_the_scenarios_normals(fitted, read):
    prior, drawn = priors(fitted.scenario), read["prior"].to_dataset()
    for name, location in prior.location.items():
        values = drawn[labelled.variable(name, fitted.scenario)].values.reshape(
            4000, *location.shape
        )
        scale = prior.scale[name]
        # Monte Carlo errors of a normal's mean and sd: 1 and 1 / sqrt(2) over sqrt(draws); at 4.5
        # of them one of the 108 parameters would stand once in 700 seeds
        assert np.abs((values.mean(axis=0) - location) / scale).max() < 4.5 / np.sqrt(4000)
        assert np.abs(values.std(axis=0) / scale - 1).max() < 4.5 / np.sqrt(2 * 4000)
    effect = fitted.scenario.effects[0]
    ratios = drawn["effect_hazard_ratio"].sel(effect=effect.name)
    assert ratios.quantile([0.05, 0.95]).values == pytest.approx(effect.hazard_ratio, rel=0.04)


def test_what_influences_add_stands_by_name_and_a_summary_reads_it(fitted, read):
    influences, adds = fitted.scenario.influences, fitted.paths["adds"]
    table = az.summary(read, var_names=["adds"], round_to="none")
    names = [f"adds[{influence.name}]" for influence in influences]
    assert table.index.tolist() == names
    assert table["mean"].to_numpy(float) == pytest.approx(adds.mean(axis=0), abs=1e-6)
    assert table["sd"].to_numpy(float) == pytest.approx(adds.std(axis=0), rel=1e-3)
    drawn = read["posterior"]["adds"].sel(influence=influences[2].name)
    assert drawn.values[1, 7] == pytest.approx(adds[1007, 2])
    # the scenario's interval is the prior's; 4.5 Monte Carlo errors of a 5 % quantile of 4,000
    for influence in influences:
        low, high = influence.adds
        prior = read["prior"]["adds"].sel(influence=influence.name)
        ends = prior.quantile([0.05, 0.95]).values
        assert ends == pytest.approx([low, high], abs=0.15 * (high - low) / 3.29)


def test_prior_and_posterior_have_the_same_names_and_shapes(read):
    before, after = read["prior"].to_dataset(), read["posterior"].to_dataset()
    assert {k: (v.dims, v.shape) for k, v in before.items()} == {
        k: (v.dims, v.shape) for k, v in after.items()
    }


def test_the_prior_draws_depend_on_the_seed_alone(fitted):
    prior = priors(fitted.scenario)
    one, same, other = (posterior_tree.prior_draws(prior, 5, seed)["trait"] for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.isin(one, other).any()


def test_the_pointwise_log_likelihoods_sum_to_that_of_the_draw(fitted, read):
    sums = sum(
        terms.sum(dim=[dim for dim in terms.dims if dim not in ("chain", "draw")])
        for terms in read["log_likelihood"].to_dataset().values()
    )
    whole = density.log_likelihood(fitted.draws, priors(fitted.scenario), fitted.observed)
    assert sums.values.ravel() == pytest.approx(whole, rel=1e-12)


def test_the_log_prior_sums_to_the_densitys_up_to_a_constant(fitted, read):
    sums = sum(
        terms.sum(dim=[dim for dim in terms.dims if dim not in ("chain", "draw")])
        for terms in read["log_prior"].to_dataset().values()
    )
    whole = sum(density.log_priors(fitted.draws, priors(fitted.scenario)).values())
    assert np.ptp(sums.values.ravel() - whole) < 1e-9


def test_leave_one_out_over_cases_is_pareto_smoothed_importance_sampling_of_their_terms(
    fitted, read
):
    loo = az.loo(read, var_name="cases", pointwise=True, reff=1.0)
    terms = likelihood.case_terms(np, fitted.draws, fitted.observed.cases)
    for place in range(149):
        log_weight, khat = array_stats.psislw(terms[:, place], r_eff=1.0)
        elpd = logsumexp(log_weight + terms[:, place]) - logsumexp(log_weight)
        case = fitted.observed.cases.id[place]
        assert float(loo.elpd_i.sel(case=case)) == pytest.approx(elpd, abs=1e-9)
        assert float(loo.pareto_k.sel(case=case)) == pytest.approx(khat, abs=1e-9)
    assert loo.n_data_points == 149
    assert loo.elpd == pytest.approx(float(loo.elpd_i.sum()))


@pytest.mark.parametrize("kind", ["builds", "cells", "deaths"])
def test_leave_one_out_runs_over_every_kind_of_evidence_that_has_ids(read, kind):
    assert np.isfinite(az.loo(read, var_name=kind, reff=1.0).elpd)


def test_power_scaling_by_arviz_agrees_with_the_model_pages(fitted, read):
    judged = [name for name in read["log_prior"].data_vars if name != "coder_noise"]
    by_arviz = az.psense(read, var_names=["log_rate"], group="prior", group_var_names=judged)
    prior_part, _ = log_parts(fitted.draws, priors(fitted.scenario), fitted.observed)
    for place, of in enumerate(fitted.scenario.class_ids[:3]):
        own, _ = sensitivity(fitted.draws["log_rate"][:, place], prior_part)
        assert float(by_arviz["log_rate"].sel({"class": of})) == pytest.approx(own, rel=1e-6)


def test_the_samplers_account_has_arvizs_names(fitted, read):
    stats = read["sample_stats"]
    assert set(stats.data_vars) == {"energy", "tree_depth", "diverging"}
    assert stats["tree_depth"].values.tolist() == fitted.sampling["depth"].tolist()
    assert stats["diverging"].dtype == bool
    assert az.bfmi(read)["energy"].shape == (4,)


def test_the_evidence_stands_under_its_ids_and_days(fitted, read):
    observed = read["observed_data"].to_dataset()
    record = observed["record"].to_series()
    # the attack on Armenia of 13 September 2022, a Tuesday, as are the first days of all weeks
    assert record[record > 0].index.tolist() == [(pd.Timestamp(2022, 9, 13), "renewed_offensive")]
    assert fitted.manifest["happened"]["renewed_offensive"] == ["2022-09-13"]
    table = fitted.evidence.deaths.groupby("month")["deaths"].sum()
    month = pd.Timestamp(2022, 9, 1)
    assert float(observed["deaths"].sel(month=month)) == table[month]
    cases = fitted.evidence.cases.set_index("case")
    # a treaty in 1980; a declaration in 1966, which ended the watch and was no treaty
    assert float(observed["cases"].sel(case="UCDP-653-1969")) == cases.loc["UCDP-653-1969", "event"]
    assert float(observed["cases"].sel(case="UCDP-422-1965")) == 0.0


PLOTS = ("plot_trace_dist", "plot_forest", "plot_prior_posterior", "plot_rank")


@pytest.mark.parametrize("plot", PLOTS)
def test_arviz_draws_it(read, plot, monkeypatch):
    # Streamlit, imported by other tests, makes its own template the default: one without colours
    monkeypatch.setattr(pio.templates, "default", "plotly")
    drawn = getattr(az, plot)(read, var_names=["departure"], backend="plotly")
    assert set(drawn.viz.children) | set(drawn.viz.data_vars)


def test_a_parameter_that_the_priors_gain_appears_by_itself(fitted, monkeypatch):
    given = priors(fitted.scenario)
    places = ("coercion -> treaty, 2020-11-10", "coercion -> treaty, 2022-09-01")
    more = Priors(
        given.location | {"season": np.array([0.5, -0.5])},
        given.scale | {"season": np.ones(2)},
        given.labels | {"season": places},
    )
    for module in (labelled, posterior_tree):
        monkeypatch.setattr(module, "priors", lambda scenario: more)
    drawn = np.random.default_rng(1).normal(size=(4000, 2))
    tree = posterior_tree.to_datatree(replace(fitted, draws=fitted.draws | {"season": drawn}))
    for group in ("posterior", "prior", "log_prior"):
        assert tree[group]["season"].dims == ("chain", "draw", "season_at")
        assert tuple(tree[group]["season_at"].values) == places
    assert tree["posterior"]["season"].values[1, 0].tolist() == drawn[1000].tolist()


def test_a_parameter_without_a_place_is_left_out():
    arrays = {"effect": np.zeros((8, 0)), "rate": np.zeros((8, 2))}
    dims = {"effect": ("effect",), "rate": ("class",)}
    table = labelled.dataset(arrays, dims, {"effect": (), "class": ("a", "b")}, chains=2)
    assert dict(table.sizes) == {"chain": 2, "draw": 4, "class": 2}


def test_a_file_that_cannot_be_written_leaves_the_one_before(fitted, file, tmp_path, monkeypatch):
    path = tmp_path / "fit.nc"
    path.write_bytes(b"before")

    def broken(self, temporary, **options):
        temporary.write_bytes(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(xr.DataTree, "to_netcdf", broken)
    with pytest.raises(OSError, match="no space left"):
        posterior_tree.write(path, fitted)
    assert path.read_bytes() == b"before" and list(tmp_path.iterdir()) == [path]
