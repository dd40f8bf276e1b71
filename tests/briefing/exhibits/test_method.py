"""The Model page's exhibits: every number drawn stands in the table behind the chart."""

import re

import numpy as np
import pandas as pd
import pytest

from briefing.exhibits import method
from briefing.words.inspect import sensitivity
from tests.briefing.charts.test_fit import FOUND, TABLE
from tests.pages.made_up_run import SCENARIO

SENSITIVE = pd.DataFrame(
    {
        "outcome": ["peace_treaty", "corridor_open", "csto_exit"],
        "title": ["Peace treaty", "Corridor open", "CSTO exit"],
        "prior": [0.166, 0.131, 0.179],
        "prior_noise": [0.091, 0.147, 0.102],
        "likelihood": [0.047, 0.17, 0.027],
        "likelihood_noise": [0.066, 0.096, 0.07],
        "diagnosis": ["prior", "data", "prior"],
    }
)


def chains(spread=1.0, offset=0.0):
    """Four chains of 400 draws; the last may lie elsewhere."""
    values = np.random.default_rng(3).normal(size=(4, 400)) * spread
    values[3] += offset
    chain, draw = np.indices(values.shape) + 1
    return pd.DataFrame(
        {"chain": chain.ravel(), "draw": draw.ravel(), "value": values.ravel()}
    ).assign(energy=lambda rows: rows["value"] + 400)


CHAINS = pd.DataFrame(
    {
        "chain": [1, 2, 3, 4],
        "draws": 400,
        "bfmi": [1.02, 0.99, 0.25, 1.0],
        "divergences": 0,
        "depth": 4.04,
        "deepest": 5,
    }
)


def drawn(figure, axis="x"):
    """Every finite number of the figure's lines and marks on an axis."""
    values = np.concatenate([np.asarray(trace[axis], float) for trace in figure.data])
    return values[np.isfinite(values)]


def missing(values, numbers):
    """Values drawn that no cell of the table holds."""
    cells = numbers.select_dtypes("number").to_numpy(float).ravel()
    return sorted(set(np.round(values, 12)) - set(np.round(cells[np.isfinite(cells)], 12)))


def test_intervals_of_each_kind_are_the_tables():
    for kind, rows in (("effect", 2), ("link", 1)):
        shown = method.intervals(TABLE, kind)
        assert len(shown.numbers) == len(shown.in_words) == rows
        assert missing(drawn(shown.figure), shown.numbers) == []
        assert shown.choices == {"kind": kind}


def test_a_classs_curves_and_the_regions_place_are_the_tables():
    shown = method.survival(FOUND, 2.9, "renewed_fighting", "Class")
    place = [shape.x0 for shape in shown.figure.layout.shapes]
    assert missing([*drawn(shown.figure), *drawn(shown.figure, "y"), *place], shown.numbers) == []
    assert method.survival(FOUND, None, "renewed_fighting", "Class").numbers["years"].max() == 10


def test_the_map_tells_every_arrow_and_which_are_coloured():
    shown = method.arrows(SCENARIO, TABLE, "peace_treaty")
    medians = {
        trace.name: float(re.search(r"× ([0-9.]+)", trace.hovertemplate)[1])
        for trace in shown.figure.data
    }
    assert medians == dict(zip(shown.numbers["about"], shown.numbers["median"], strict=True))
    assert shown.numbers["coloured"].tolist() == [True, False, True]
    assert len(shown.in_words) == 2


def test_sensitivities_their_noise_and_the_threshold_are_the_tables():
    shown = method.sensitivity(SENSITIVE, SCENARIO)
    values = drawn(shown.figure)
    place = [shape.x0 for shape in shown.figure.layout.shapes]
    assert missing([*values[values > 0], *place], shown.numbers) == []
    assert place == [0.05] * 3
    read = [note.text for note in shown.figure.layout.annotations][1::2]
    assert read == ["prior-driven", "data-driven", "prior-driven"]
    assert shown.in_words["Sensitivity to the priors"].tolist() == ["0.17", "0.13", "0.18"]


def test_which_headlines_are_prior_driven_is_said_first():
    assert sensitivity.summary(SENSITIVE) == (
        "Two of three headlines are prior-driven. Moved by another prior; by the data not beyond "
        "chance: Peace treaty and CSTO exit. Moved by the data; by another prior not beyond "
        "chance: Corridor open."
    )
    none = sensitivity.summary(SENSITIVE.iloc[[1]])
    assert none.startswith("None of one headlines is prior-driven.")
    assert sensitivity.summary(SENSITIVE.iloc[:0]).startswith("Every outcome has happened")


def test_energies_are_drawn_as_densities_about_their_mean():
    table = chains(spread=2.0)
    shown = method.energy(table, CHAINS)
    curves = dict(list(shown.numbers.groupby("curve")))
    assert set(curves) == {"marginal", "transition"}
    # independent normal draws: sd 2, and sqrt(2) times that for their differences
    for name, sd in (("marginal", 2.0), ("transition", 2.0 * np.sqrt(2))):
        x, y = curves[name]["x"].to_numpy(), curves[name]["y"].to_numpy()
        assert np.trapezoid(y, x) == pytest.approx(1, abs=0.01)
        assert np.trapezoid(y * x, x) == pytest.approx(0, abs=0.15)
        assert np.sqrt(np.trapezoid(y * x**2, x)) == pytest.approx(sd, rel=0.08)
    assert "In three of four chains" in shown.alt  # one lies below the floor of 0.3
    assert shown.in_words["BFMI"].tolist() == ["1.02", "0.99", "0.25", "1.00"]


def test_ranks_of_chains_that_sample_the_same_are_not_marked():
    shown = method.ranks(chains(), "x")
    assert shown.alt.endswith("the chains differ nowhere.")
    lines = shown.numbers[shown.numbers["curve"].str.startswith("chain ")]
    assert lines["curve"].nunique() == len(shown.in_words) == 4
    # the Dvoretzky-Kiefer-Wolfowitz bound for 400 draws at 1 in 10,000 a chain
    assert lines["y"].abs().max() < np.sqrt(np.log(2 / 1e-4) / (2 * 400))


def test_a_chain_that_lies_elsewhere_is_marked():
    shown = method.ranks(chains(offset=1.0), "x")
    assert "the chains differ at" in shown.alt and "nowhere" not in shown.alt
    assert (shown.numbers["curve"] == "chains differ").sum() > 50


@pytest.mark.parametrize("of", ["energy", "ranks"])
def test_an_arviz_chart_keeps_our_frame(of):
    shown = method.energy(chains(), CHAINS) if of == "energy" else method.ranks(chains(), "x")
    layout = shown.figure.layout
    assert layout.paper_bgcolor == "rgba(0, 0, 0, 0)" and layout.width is None
    assert not layout.showlegend
