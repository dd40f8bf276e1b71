"""A belief beside the published prior and the posterior: figure, sentence and table."""

import re

import numpy as np
import pytest
from scipy import stats

from briefing.charts import beliefs
from briefing.words.sets import beliefs as belief_words
from briefing.words.sets.beliefs import POSTERIOR, PUBLISHED, YOURS
from model.beliefs.elicitation import elicit, elicit_adds

PUBLISHED_INTERVAL = (0.5, 2.0)
# The quantiles of a log-normal with median 3 and log sd 0.2, as if they were 2,000 draws.
DRAWS = 3 * np.exp(0.2 * stats.norm.ppf((np.arange(2000) + 0.5) / 2000))
COLOUR = "#0072B2"


def drawn(low=0.8, high=1.6, kind="effect", posterior=DRAWS):
    return beliefs.belief(elicit(low, high), PUBLISHED_INTERVAL, posterior, kind, COLOUR)


def label_rows(figure):
    """The names over the peaks, the top one first."""
    return sorted(figure.layout.annotations, key=lambda note: -note.y)


@pytest.mark.slow
def test_the_figure_draws_the_densities_of_its_table():
    table = belief_words.densities(elicit(0.8, 1.6), PUBLISHED_INTERVAL, DRAWS)
    traces = {trace.name: trace for trace in drawn().data}
    assert list(traces) == [YOURS, PUBLISHED, POSTERIOR]
    for name, rows in table.groupby("name"):
        assert list(traces[name].x) == list(rows["x"])
        assert list(traces[name].y) == list(rows["density"])


def test_every_density_holds_one_per_unit_of_the_logarithm():
    table = belief_words.densities(elicit(0.8, 1.6), PUBLISHED_INTERVAL, DRAWS)
    for _, rows in table.groupby("name"):
        assert np.trapezoid(rows["density"], np.log(rows["x"])) == pytest.approx(0.998, abs=0.002)


@pytest.mark.parametrize(
    "name, law",
    [
        # log 2 is 1.6449 sd from the middle of the published interval.
        (PUBLISHED, stats.norm(0, np.log(2) / 1.6448536)),
        (POSTERIOR, stats.norm(np.log(3), 0.2)),
    ],
)
def test_prior_and_posterior_have_the_density_of_their_law(name, law):
    table = belief_words.densities(elicit(0.8, 1.6), PUBLISHED_INTERVAL, DRAWS)
    rows = table[table["name"] == name]
    error = np.abs(rows["density"] - law.pdf(np.log(rows["x"])))
    assert error.max() < 0.03 * law.pdf(law.mean())


def test_only_your_belief_is_filled_and_has_the_outcomes_colour():
    yours, *others = drawn().data
    assert (yours.fill, yours.line.color) == ("tozeroy", COLOUR)
    assert [(trace.fill, trace.line.color == COLOUR) for trace in others] == [(None, False)] * 2


@pytest.mark.parametrize("kind, marked", [("effect", True), ("link", True), ("base_rate", False)])
def test_ratios_have_a_line_at_no_effect_and_rates_have_none(kind, marked):
    figure = drawn(20, 40, kind)
    behind = [(line.x0, line.x1) for line in figure.layout.shapes if line.layer == "below"]
    assert behind == [(1, 1)] * marked
    assert ("1<br>no effect" in figure.layout.xaxis.ticktext) == marked


@pytest.mark.parametrize("interval", [(20, 40), (0.01, 0.02)])
def test_no_effect_is_on_the_axis_however_far_the_curves_are(interval):
    low, high = drawn(*interval, posterior=DRAWS * interval[0]).layout.xaxis.range
    assert low < 0 < high


@pytest.mark.parametrize("interval", [(0.8, 1.6), (0.05, 0.2), (5, 50), (0.99, 1.01), (2.9, 3.1)])
def test_names_have_a_row_each_and_no_line_to_a_peak_crosses_one(interval):
    figure = drawn(*interval)
    rows = label_rows(figure)
    pixels = beliefs.HEIGHT - beliefs.FOOT
    gaps = -np.diff([note.y for note in rows]) / figure.layout.yaxis.range[1] * pixels
    assert gaps == pytest.approx([beliefs.LABEL_ROW] * 2)
    # A name right of its line is crossed by a line from above that is further right.
    (side,) = {note.xanchor for note in rows}
    across = [note.x for note in rows]
    assert across == sorted(across, reverse=side == "right")


@pytest.mark.parametrize("interval", [(0.8, 1.6), (0.05, 0.2), (5, 50), (0.99, 1.01)])
def test_every_name_is_above_every_curve(interval):
    figure = drawn(*interval)
    highest = max(max(trace.y) for trace in figure.data)
    assert all(note.y > highest for note in figure.layout.annotations)


@pytest.mark.parametrize("interval", [(0.8, 1.6), (0.001, 5), (0.99, 1.01), (1e-4, 0.9), (5, 5e4)])
@pytest.mark.parametrize("kind", ["effect", "base_rate"])
def test_the_axis_has_two_to_seven_round_marks(interval, kind):
    axis = drawn(*interval, kind).layout.xaxis
    assert 2 <= len(axis.tickvals) <= 7
    assert all(axis.range[0] <= np.log10(tick) <= axis.range[1] for tick in axis.tickvals)
    assert kind == "base_rate" or 1 in axis.tickvals
    assert all(float(f"{tick:.1e}") == tick for tick in axis.tickvals)


def test_an_interval_of_a_ratio_says_its_median_and_both_ways():
    # The middle of 0.8 and 1.6 is sqrt(1.28) = 1.131; no effect lies log 1.131 = 0.1234 below it,
    # 0.5859 of the sd log(2) / 3.2897 = 0.2107, and a normal has 0.7210 above that.
    assert belief_words.belief(elicit(0.8, 1.6), "effect") == (
        "Your 90% interval 0.8–1.6: median 1.13, and 72 in 100 that it raises the hazard, "
        "28 in 100 that it lowers it."
    )


@pytest.mark.parametrize(
    "interval, end",
    [
        # sqrt(0.1 * 0.4) = 0.2, sqrt(0.002 * 0.018) = 0.006 and 1 / 0.006 = 167, sqrt(1 * 4) = 2.
        ((0.1, 0.4), "Your 90% interval 0.1–0.4 cases a year: median 0.2, or one in 5 years."),
        ((0.002, 0.018), "0.002–0.018 cases a year: median 0.006, or one in 170 years."),
        ((1, 4), "Your 90% interval 1–4 cases a year: median 2."),
    ],
)
def test_an_interval_of_a_rate_says_how_many_years_a_case(interval, end):
    assert belief_words.belief(elicit(*interval), "base_rate").endswith(end)


@pytest.mark.parametrize("middle", np.geomspace(0.4, 2.5, 23))
def test_both_ways_add_up_to_a_hundred(middle):
    sentence = belief_words.belief(elicit(middle / 2, middle * 2), "link")
    raises, lowers = re.findall(r"(\d+) in 100 that it", sentence)
    assert int(raises) + int(lowers) == 100


def test_a_belief_far_from_no_effect_is_not_said_to_be_certain():
    sentence = belief_words.belief(elicit(2, 20), "link")
    assert "more than 99 in 100 that it raises" in sentence and "fewer than 1 in 100" in sentence


@pytest.mark.parametrize(
    "value, text",
    [
        (1.1314, "1.13"),
        (0.0707, "0.0707"),
        (0.8, "0.8"),
        (20.0, "20"),
        (1234, "1,230"),
        (999.6, "1,000"),
    ],
)
def test_a_size_has_three_significant_digits_and_no_exponent(value, text):
    assert belief_words.size(value) == text


def test_the_table_has_each_distributions_median_and_ends():
    # The draws: 3 * exp(0.2 * 1.6449) = 4.17 and 3 / 1.390 = 2.16, said to two digits.
    table = belief_words.belief_in_words(elicit(0.8, 1.6), PUBLISHED_INTERVAL, DRAWS)
    assert table.to_numpy().tolist() == [
        [YOURS, "0.8", "1.13", "1.6"],
        [PUBLISHED, "0.5", "1", "2"],
        [POSTERIOR, "2.2", "3", "4.2"],
    ]
    assert list(table.columns) == ["Distribution", "5%", "Median", "95%"]


def test_the_alt_text_says_all_three():
    sentence = belief_words.belief_alt(elicit(0.8, 1.6), PUBLISHED_INTERVAL, DRAWS, "link")
    assert sentence.startswith("Densities on a log axis: hazard ratio once the first has happened")
    assert sentence.endswith("90% interval of the published prior 0.5–2, of the posterior 2.2–4.2.")


def test_an_influence_is_drawn_on_a_linear_axis_with_zero_marked_and_said_in_levels():
    # -0.08 to 0.02: 0 lies 0.987 sd above the middle, -0.03: 16 in 100 above it
    law, draws = (
        elicit_adds(-0.08, 0.02),
        -0.01 + 0.02 * stats.norm.ppf((np.arange(999) + 0.5) / 999),
    )
    figure = beliefs.belief(law, (-0.1, 0.02), draws, "influence", COLOUR)
    assert figure.layout.xaxis.type != "log"
    behind = [(line.x0, line.x1) for line in figure.layout.shapes if line.layer == "below"]
    assert behind == [(0, 0)]
    assert belief_words.belief(law, "influence") == (
        "Your 90% interval −0.08 to +0.02 points a month: median −0.03, and 16 in 100 that it "
        "raises the other driver, 84 in 100 that it lowers it."
    )
    table = belief_words.belief_in_words(law, (-0.1, 0.02), draws, "influence")
    # the draws: -0.01 -+ 1.645 * 0.02
    assert table.to_numpy().tolist() == [
        [YOURS, "−0.08", "−0.03", "+0.02"],
        [PUBLISHED, "−0.1", "−0.04", "+0.02"],
        [POSTERIOR, "−0.043", "−0.01", "+0.023"],
    ]
    rows = belief_words.densities(law, (-0.1, 0.02), draws, "influence")
    for _, curve in rows.groupby("name"):
        assert np.trapezoid(curve["density"], curve["x"]) == pytest.approx(0.998, abs=0.003)
    assert "prior −0.1 to +0.02, of the posterior −0.043 to +0.023." in belief_words.belief_alt(
        law, (-0.1, 0.02), draws, "influence"
    )
