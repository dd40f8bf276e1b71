"""What the Model page shows of the fit: priors and posteriors, survival, convergence."""

import arviz as az
import numpy as np
import pytest

from model.forecast.monte_carlo import INTERVAL
from model.inspect.convergence import convergence, parameters
from model.inspect.prior_posterior import acting_on, prior_posterior
from model.inspect.survival import classes_with_durations, survival, waited


@pytest.fixture(scope="module")
def table(fitted):
    return prior_posterior(fitted)


def test_every_effect_link_of_its_own_size_and_class_has_a_row(fitted, table):
    scenario = fitted.scenario
    links = [link for link in scenario.links if link.hazard_ratio]
    counts = table["kind"].value_counts()
    assert counts["effect"] == len(scenario.effects) and counts["link"] == len(links)
    assert counts["base_rate"] == len(scenario.classes)
    assert counts["centre"] == sum(len(c.typical) for o in scenario.outcomes for c in o.clocks)


def test_an_influence_is_in_levels_a_month_with_its_prior_and_its_draws(fitted, table):
    rows = table[table["kind"] == "influence"].reset_index(drop=True)
    assert list(rows["about"]) == [influence.name for influence in fitted.scenario.influences]
    first, adds = rows.iloc[0], fitted.paths["adds"][:, 0]
    assert (first["prior_low"], first["prior_high"]) == fitted.scenario.influences[0].adds
    assert first["median"] == pytest.approx(np.median(adds)) and first["claims"] == "C08"


def test_an_outcome_is_acted_on_by_its_arrows_and_by_what_moves_its_drivers(table):
    arrows = table[table["kind"].isin(["effect", "link", "influence"])]
    mine = set(arrows.loc[acting_on(arrows, "csto_exit"), "about"])
    # its drivers are Armenia's turn and Russia's commitment, and only the first is moved by another
    assert mine == {
        "armenian_diversification -> csto_exit",
        "russian_commitment -> csto_exit",
        "renewed_offensive -> csto_exit",
        "russian_commitment -> armenian_diversification",
    }


def test_a_centre_is_a_level_with_its_prior_and_its_draws(fitted, table):
    row = table.set_index("about").loc["corridor_progress -> corridor_open, 2020-11-10"]
    place = list(table.loc[table["kind"] == "centre", "about"]).index(row.name)
    levels = fitted.draws["centre"][:, place]
    assert (row["prior_low"], row["prior_high"]) == (0.0, 1.2)
    assert row["title"] == "Progress on the corridor → Corridor open, clock of 10 November 2020"
    assert row["median"] == np.median(levels)
    # the prior: centre 0.6, standard deviation 1.2 / (2 * 1.6449) = 0.3648
    assert row["narrowed"] == pytest.approx(levels.std() / 0.3648, rel=1e-3)
    assert row["shifted"] == pytest.approx((levels.mean() - 0.6) / 0.3648, abs=1e-3)


def test_posterior_quantiles_are_those_of_the_draws(fitted, table):
    row = table.set_index("about").loc["western_mediation -> peace_treaty"]
    names = [f"{effect.from_} -> {effect.to}" for effect in fitted.scenario.effects]
    values = np.exp(fitted.draws["effect"][:, names.index(row.name)])
    low, high = np.quantile(values, INTERVAL)
    assert (row["low"], row["median"], row["high"]) == pytest.approx((low, np.median(values), high))


def test_what_the_data_do_not_speak_to_keeps_its_prior(table):
    # no case and no week bears on how long peacekeepers stay once their task is gone
    row = table.set_index("about").loc["peacekeepers_without_object"]
    assert row["narrowed"] == pytest.approx(1, abs=0.06)
    assert row["shifted"] == pytest.approx(0, abs=0.06)


def test_sixty_cases_narrow_a_base_rate(table):
    assert table.set_index("about").loc["war_end_to_agreement", "narrowed"] < 0.3


def by_hand(years, event):
    """Kaplan and Meier's product over the ordered times."""
    share, steps = 1.0, {}
    for time in sorted(set(years)):
        at_risk = (years >= time).sum()
        share *= 1 - event[years == time].sum() / at_risk
        steps[time] = share
    return steps


@pytest.mark.parametrize("of", ["war_end_to_agreement", "corridor_new_build", "renewed_fighting"])
def test_the_cases_curve_is_kaplan_and_meiers(fitted, of):
    curves, observed = survival(fitted, of), fitted.observed
    is_built = "new_build" in of
    table = observed.builds if is_built else observed.cases
    years = table.time if is_built else np.exp(table.log_time)
    mine = (table.class_ == fitted.scenario.class_ids.index(of)) & (years > curves.entry)
    expected = by_hand(years[mine], table.event[mine])
    assert dict(zip(curves.seen["years"][1:], curves.seen["survival"][1:], strict=True)) == (
        pytest.approx(expected)
    )
    assert curves.cases == mine.sum() and curves.events == table.event[mine].sum()


def test_renewed_fighting_is_counted_from_the_first_year_on(fitted):
    assert survival(fitted, "renewed_fighting").entry == pytest.approx(1.0)


def test_survival_only_falls_and_stays_within_its_interval(fitted):
    for of in classes_with_durations(fitted):
        curves = survival(fitted, of)
        for curve in (curves.fitted, curves.region):
            assert curve["survival"].iloc[0] == pytest.approx(1)
            assert (curve["survival"].diff().dropna() <= 1e-12).all()
            clear = curve[curve["survival"].between(0.05, 0.95)]  # a mean may leave a thin end
            assert (clear["low"] < clear["survival"]).all()
            assert (clear["survival"] < clear["high"]).all()


def test_the_fit_follows_the_cases_of_a_large_class(fitted):
    curves = survival(fitted, "war_end_to_agreement")
    seen = np.interp([5, 15, 30], curves.seen["years"], curves.seen["survival"])
    fit = np.interp([5, 15, 30], curves.fitted["years"], curves.fitted["survival"])
    assert np.abs(seen - fit).max() < 0.12


def test_the_region_has_waited_since_its_clock_started(fitted):
    # the corridor's clock: 10 November 2020 to 21 September 2023, 1,045 days
    assert waited(fitted, "corridor_new_build") == pytest.approx(1045 / 365.25, abs=0.01)
    assert waited(fitted, "text_to_signature") is None


def test_a_class_without_cases_is_refused_in_a_line(fitted):
    with pytest.raises(ValueError, match="'alliance_exits' has no cases with a duration"):
        survival(fitted, "alliance_exits")


def test_convergence_is_arvizs(fitted):
    table = convergence(fitted).set_index("parameter")
    chains = fitted.manifest["settings"]["chains"]
    values = fitted.draws["departure"][:, 0].reshape(chains, -1)
    row = table.loc["departure: Peace treaty"]
    assert row["rhat"] == pytest.approx(float(az.rhat(values)), rel=1e-9)
    assert row["ess_bulk"] == pytest.approx(float(az.ess(values, method="bulk")), rel=1e-9)


def test_the_worst_parameter_stands_first_and_passes_the_gate(fitted):
    table = convergence(fitted)
    assert table["rhat"].is_monotonic_decreasing
    # The gate's R-hat is the worst of all, of parameters in units of their priors' deviations
    worst = dict(parameters(fitted))[table["parameter"].iloc[0]]
    assert min(rhats_in_any_unit(worst)) <= fitted.manifest["diagnostics"]["rhat"] + 1e-9


def rhats_in_any_unit(values):
    """R-hat (rounded) of the same draws (chains, draws) in forty units and from forty zeros.

    Its folded part ranks distances from the median. The two draws beside the median of an even
    number are equally far from it, and rounding makes them tie or puts one before the other.
    """
    rng = np.random.default_rng(1)
    units = zip(rng.normal(size=40), rng.uniform(0.1, 5, 40), strict=True)
    return {round(float(az.rhat(zero + unit * values)), 12) for zero, unit in units}


def test_draws_have_three_rhats_at_most_whatever_their_unit(fitted):
    for _, values in list(parameters(fitted))[::10]:
        assert 1 <= len(rhats_in_any_unit(values)) <= 3
