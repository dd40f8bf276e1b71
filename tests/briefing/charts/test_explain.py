"""What explains a number: charts hold their table's numbers, sentences say them."""

from datetime import date

import pandas as pd
import pytest

from briefing.charts import explain
from briefing.words import explain as explain_words
from briefing.words import points
from model.assumptions import DriverAssumption, LeftOut, OutcomeAssumption
from tests.briefing import made_up
from tests.pages.made_up_run import SCENARIO

AS_OF, BY = date(2023, 9, 21), date(2023, 12, 31)
TORNADO = pd.DataFrame(
    {
        "driver": ["a", "b", "c"],
        "title": ["Talks", "Mediation", "Deterrence"],
        "level": [0.8, 1.5, 0.0],
        "low_level": [-0.2, 0.5, -1.0],
        "high_level": [1.8, 2.0, 1.0],
        "at_low": [0.08, 0.11, float("nan")],
        "at_high": [0.21, 0.15, 0.12],
        "swing": [0.13, 0.04, float("nan")],
    }
)
GAP = pd.DataFrame({"title": ["Talks", "Mediation"], "share": [0.05, -0.02]})
MADE = DriverAssumption(id="russian_commitment", level=-1.5)
FLIPS = pd.DataFrame(
    {"setting": [MADE], "probability": [0.202], "chance": [0.0016], "one_in": [625.0]}
)
READING = {
    "title": "Rain",
    "deadline": BY,
    "published": 0.13,
    "published_mcse": 0.002,
    "own": 0.24,
    "own_mcse": 0.002,
}


def test_the_tornado_draws_both_ends_of_each_bar_and_leaves_out_what_has_no_number():
    figure = explain.tornado(TORNADO, 0.13, "#0072B2")
    assert [tuple(bar.x) for bar in figure.data] == [(0.08, 0.21), (0.11, 0.15)]
    assert [bar.name for bar in figure.data] == ["Talks", "Mediation"]
    assert figure.layout.shapes[0].x0 == figure.layout.shapes[0].x1 == 0.13
    assert tuple(figure.layout.xaxis.range) == (0, 1)
    assert "8% at −0.2 → 21% at +1.8" in [note.text for note in figure.layout.annotations]


def test_the_waterfall_goes_from_one_chance_to_the_other():
    shown = points.waterfall(0.10, list(GAP["share"]), 0.13, 1.0)
    figure = explain.gap(GAP, ("Calm", "Storm"), 0.10, shown)
    (bars,) = figure.data
    assert list(bars.x) == pytest.approx([0.10, 0.05, -0.02, 0.13])
    assert list(bars.base) == pytest.approx([0, 0.10, 0.15, 0])  # each starts where the last ended
    assert list(bars.text) == ["10%", "+5 points", "−2 points", "13%"]
    assert list(bars.customdata) == ["Calm", "Talks", "Mediation", "Storm"]


def test_the_own_curves_are_the_tables_rows():
    rows = made_up.curves()
    published = rows[rows["outcome"] == "rain"]
    own = published.assign(probability=published["probability"] / 2)
    figure = explain.own_curves(published, own, READING, "#0072B2")
    lines = {line.name: list(line.y) for line in figure.data if line.fill is None}
    assert lines == {"Published": list(published["probability"]), "Yours": list(own["probability"])}
    assert figure.layout.annotations[0].text == "By 31 Dec 2023: 13% → <b>24%</b>"


def test_what_is_assumed_or_alike_is_not_told_as_a_move():
    rows = made_up.curves()[made_up.curves()["outcome"] == "rain"]

    def said(**changed):
        figure = explain.own_curves(rows, rows, READING | changed, "#0072B2")
        return figure.layout.annotations[0].text

    assert said(own=1.0, given=True) == "By 31 Dec 2023: 13% → <b>assumed</b>"
    assert said(own=0.13) == "By 31 Dec 2023: <b>13%</b>"


def test_the_widest_bar_is_said_in_a_sentence():
    sentence = explain_words.widest(TORNADO, "Peace treaty")
    assert (
        sentence
        == "Peace treaty: Talks matters most. It is 8% with the driver at −0.2, a usual move less, "
        "and 21% at +1.8, one more."
    )
    flat = TORNADO.assign(swing=0.0001)
    assert explain_words.widest(flat, "Rain") == "Rain: no driver moves it by a tenth of a point."


def test_the_flip_point_says_the_change_and_how_surprising_it_is():
    sentence = explain_words.flip_point(FLIPS, "Peace treaty", 0.2, 0.13, SCENARIO, AS_OF)
    assert sentence == (
        "Peace treaty: the least surprising single change that takes it past 20% is: bring "
        "Russia's commitment to Armenia to −1.5 from 21 Sep 2023 (1 in 620). It is then 20%."
    )
    none = explain_words.flip_point(FLIPS.iloc[:0], "Rain", 0.05, 0.13, SCENARIO, AS_OF)
    assert none.startswith("Rain: no single change takes it under 5%")


@pytest.mark.parametrize(
    ("chance", "edge"), [(0.003, 0.05), (0.13, 0.20), (0.198, 0.45), (0.5, 0.55), (0.97, 0.95)]
)
def test_the_next_edge_is_the_next_likelihood_bands(chance, edge):
    assert explain_words.next_edge(chance) == edge


def test_sets_are_furthest_apart_where_the_spread_is_widest():
    chances = pd.DataFrame({"A": [0.1, 0.30], "B": [0.4, 0.35]}, index=["Rain", "Hail"])
    assert explain_words.furthest_apart(chances) == (
        "They differ most on Rain: 10% under A, 40% under B."
    )
    same = explain_words.furthest_apart(chances.assign(B=chances["A"]))
    assert same == "These sets give the same forecast."
    # what B supposes of Rain is no difference, and of Hail both are asked
    given = chances.mask((chances.index == "Rain")[:, None] & [False, True])
    assert "on Hail: 30% under A, 35% under B." in explain_words.furthest_apart(given)
    assert "Every outcome is supposed" in explain_words.furthest_apart(given.iloc[:1])


def test_alt_texts_name_every_row():
    assert "Talks 8% at −0.2, 21% at +1.8" in explain_words.tornado_alt(TORNADO, "13%")
    assert "now 2.5%" in explain_words.tornado_alt(TORNADO, "2.5%")
    shown = points.waterfall(0.10, list(GAP["share"]), 0.13, 1.0)
    assert "Talks +5 points; Mediation −2 points" in explain_words.gap_alt(GAP, shown)
    assert "By 31 December 2023: published 13%, yours 24%" in explain_words.own_curves_alt(READING)


def test_the_twins_say_the_same_numbers():
    table = explain_words.tornado_in_words(TORNADO)
    assert table["A usual move more"].tolist() == ["+1.8: 21%", "+2.0: 15%", "+1.0: 12%"]
    assert table["A usual move less"].tolist()[2] == "−1.0: too few draws"
    assert table["Swing"].tolist() == ["13 points", "4 points", "–"]
    flips = explain_words.flip_points_in_words(FLIPS, SCENARIO, AS_OF)
    assert flips.iloc[0].tolist()[1:] == ["1 in 620", "20%"]


def test_a_gap_has_no_finer_digits_than_the_chances_that_it_joins():
    # both under ten percent with an error of 0.02 points: tenths; 8.3 and 12.4: the coarser, whole,
    # for both, as the chart beside it has them
    fine = explain_words.gap("Rain", {"A": (0.012, 0.0002), "B": (0.048, 0.0002)})
    assert fine == "Rain: 1.2% under A, 4.8% under B, a gap of +3.6 points."
    coarse = explain_words.gap("Rain", {"A": (0.083, 0.0002), "B": (0.124, 0.0002)})
    assert coarse == "Rain: 8% under A, 12% under B, a gap of +4 points."
    alike = explain_words.gap("Rain", {"A": (0.121, 0.0002), "B": (0.124, 0.0002)})
    assert alike == "Rain: 12% under A, 12% under B, a gap of under 1 point."


def test_a_gap_of_small_chances_is_told_to_their_error():
    # an error of 0.08 points allows a chance alone whole points, 6% and 4%; the gap a tenth
    said = explain_words.gap("Rain", {"A": (0.0552, 0.0008), "B": (0.0415, 0.0005)})
    assert said == "Rain: 5.5% under A, 4.2% under B, a gap of −1.3 points."


def test_a_gap_is_what_its_ends_as_told_are_apart():
    # 12.4 and 17.6 are 5.2 apart, and told as 12 and 18
    said = explain_words.gap("Rain", {"A": (0.124, 0.003), "B": (0.176, 0.003)})
    assert said == "Rain: 12% under A, 18% under B, a gap of +6 points."


def test_a_gap_names_what_each_setting_is_about_and_says_both_sides():
    shares = pd.DataFrame(
        {
            "field": ["drivers", "outcomes", "left_out"],
            "id": ["russian_commitment", "renewed_offensive", "source X"],
            "before": [None, None, (LeftOut(source="X"),)],
            "after": [(MADE,), (OutcomeAssumption(id="renewed_offensive", by=BY),), None],
            "share": [0.01, 0.02, 0.03],
        }
    )
    named = explain_words.named_gap(shares, SCENARIO, AS_OF)
    titles = ["Russia's commitment to Armenia", "Renewed offensive", "Leave out source X"]
    assert named["title"].tolist() == titles
    twin = explain_words.gap_in_words(named, points.waterfall(0.04, [0.01, 0.02, 0.03], 0.1, 0.1))
    assert twin["Before"].tolist() == ["as fitted", "as fitted", "Leave out source X"]
    assert twin["Share of the gap"].tolist() == ["+1.0 points", "+2.0 points", "+3.0 points"]


def test_sets_stand_side_by_side_with_digits_that_follow_the_error():
    chances = pd.DataFrame({"A": [0.1234], "B": [0.004]}, index=["Rain"])
    errors = pd.DataFrame({"A": [0.002], "B": [0.0004]}, index=["Rain"])
    table = explain_words.sets_side_by_side(chances, errors)
    assert table.iloc[0].tolist() == ["Rain", "12%", "0.4%"]
