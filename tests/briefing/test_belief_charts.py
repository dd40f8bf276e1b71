"""A believed interval: the drawing is the distribution, the words are its numbers."""

import numpy as np
import pytest

from briefing import belief_charts, theme
from model.elicitation import Elicited

OWN = Elicited(0.6, 2.4, np.log(1.2), 0.4214, np.array([0.5, 1.2, 3.0]), np.array([0.1, 1.0, 0.1]))
PUBLISHED = Elicited(0.5, 2.0, 0.0, 0.4214, np.array([0.4, 1.0, 2.5]), np.array([0.1, 0.9, 0.1]))
BLUE = theme.COLOURS[0]


def test_both_curves_are_the_distributions():
    figure = belief_charts.belief(OWN, PUBLISHED, BLUE, is_ratio=True)
    drawn = {trace.name: trace for trace in figure.data}
    for name, one in (("Yours", OWN), ("Published", PUBLISHED)):
        assert list(drawn[name].x) == list(one.value) and list(drawn[name].y) == list(one.density)
    assert figure.layout.xaxis.range == pytest.approx((np.log10(0.4), np.log10(3.0)))


@pytest.mark.parametrize("is_ratio", [True, False])
def test_no_effect_is_marked_on_ratios_only(is_ratio):
    figure = belief_charts.belief(OWN, PUBLISHED, BLUE, is_ratio)
    assert len(figure.layout.shapes) == is_ratio
    assert ("no effect" in figure.layout.annotations[0].text) == is_ratio


def test_both_curves_are_named_with_their_ends():
    said = belief_charts.belief(OWN, PUBLISHED, BLUE, True).layout.annotations[0].text
    assert "yours, 0.6 to 2.4" in said and "published, 0.5 to 2" in said


def test_the_sentence_states_both_sides():
    """ln 1.2 / 0.4214 = 0.4327 standard deviations: 66.7 % above 1."""
    assert belief_charts.sentence(OWN, True) == (
        "Your median is 1.2 times; 67 in 100 that it raises the hazard, "
        "33 in 100 that it lowers it."
    )
    assert belief_charts.sentence(OWN, False) == "Your median is 1.2 a year."


def test_the_table_holds_ends_and_medians():
    table = belief_charts.in_words(OWN, PUBLISHED).set_index("Interval")
    assert list(table.loc["Yours"]) == ["0.6", "1.2", "2.4"]
    assert list(table.loc["Published"]) == ["0.5", "1", "2"]
