"""Every chart of the catalogue: what it draws and prints stands in the table behind it."""

import html
import re
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from briefing.exhibits import catalogue, entry
from briefing.material.material import Material
from model.assumptions import Assumptions, Belief
from tests.briefing.made_up_difference import FURTHER, difference_of
from tests.briefing.made_up_record import record
from tests.slow_cases import slow_but

# Which coordinates of a chart's traces are numbers of its table; the others are places of rows.
DRAWN = {
    "curves": ("x", "y"),
    "scenarios": ("x",),
    "when": ("x", "y"),
    "if_then": ("customdata",),
    "comparison": ("x",),
    "own_curves": ("x", "y"),
    "tornado": ("x",),
    "gap": ("x",),
    "build_up": ("x",),
    "why_moved": ("x",),
    "belief": ("x", "y"),
    "timeline": ("x",),
    "driver_curve": ("x",),
    "pull": ("x",),
    "intervals": ("x",),
    "survival": ("x", "y"),
    "sensitivity": ("x",),
    "history": ("x", "y"),
    "energy": ("x", "y"),
    "ranks": ("x", "y"),
    "calibration": ("x", "y"),
    "driver_pit": ("y",),
    "walk_path": ("x", "y"),
    "skill": ("x",),
    "class_skill": ("y",),
    "class_reliability": ("x", "y"),
    "class_evenness": ("x", "y"),
    "driver_skill": ("y",),
    "predictive_checks": ("x",),
}
DOTS = "dots"  # its numbers are counted in dots, in a test of its own
ARROWS = "arrows"  # its numbers are widths of lines, in a test of its own
OWN_TESTS = (DOTS, ARROWS)
ASKED = {"gap": {"from": "Published", "to": "Moscow steps back"}}
BELIEVED = Belief(link="renewed_offensive -> peace_treaty", hazard_ratio=(0.8, 1.6))
NAMES = [*DRAWN, *OWN_TESTS]
# takes every event out once; made again for each of two draws; asks every month of the record
DEAR = ("pull", "sensitivity", "driver_pit")
QUICK = [name for name in NAMES if name not in DEAR]
PERCENT = re.compile(r"[<>]?\d+(?:\.\d+)?%")


@pytest.fixture(scope="module")
def material(fitted):
    return Material(fitted, kept=record(), difference=difference_of(fitted))


@pytest.fixture(scope="module")
def exhibits(material):
    """Makes an exhibit by name, once."""
    made = {}

    def exhibit(name):
        if name not in made:
            beliefs = Assumptions(beliefs=(BELIEVED,))
            of = Material(material.run, beliefs) if name == "belief" else material
            made[name] = catalogue.make(name, of, ASKED.get(name))
        return made[name]

    return exhibit


def numbers_in(values) -> np.ndarray:
    """Numbers and days, days as numbers, of a column or of a trace's coordinates."""
    values = pd.Series(np.asarray(values, dtype=object).ravel()).dropna()
    days = values.map(lambda value: hasattr(value, "year") or isinstance(value, np.datetime64))
    if days.any():
        return pd.to_datetime(values[days]).astype("datetime64[s]").astype("int64").to_numpy(float)
    is_number = values.map(lambda value: isinstance(value, int | float | np.number))
    return values[is_number].to_numpy(float)


def known(table: pd.DataFrame) -> np.ndarray:
    return np.concatenate([numbers_in(table[column]) for column in table])


def test_every_chart_is_checked_here():
    assert set(catalogue.CATALOGUE) == {*DRAWN, *OWN_TESTS}


@pytest.mark.parametrize("name", slow_but(NAMES, QUICK))
def test_plotly_knows_every_name_and_value_of_a_figure(name, exhibits):
    drawn = exhibits(name).figure
    checked = go.Figure(drawn.to_dict())  # raises ValueError for one that it does not know
    assert [trace.type for trace in checked.data] == [trace.type for trace in drawn.data]
    drawn = drawn.to_dict()
    drawn["layout"]["hieght"] = 100
    with pytest.raises(ValueError, match="hieght"):
        go.Figure(drawn)


@pytest.mark.parametrize("name", slow_but(DRAWN, QUICK))
def test_every_number_drawn_stands_in_the_table(name, exhibits):
    exhibit = exhibits(name)
    table, checked = np.append(known(exhibit.numbers), 0.0), 0  # bars begin at 0
    for trace in exhibit.figure.data:
        for coordinate in DRAWN[name]:
            drawn = numbers_in(trace[coordinate])
            gaps = np.abs(drawn[:, None] - table[None, :]).min(axis=1)
            assert gaps.max(initial=0.0) < 1e-12, (trace.name, coordinate)
            checked += len(drawn)
    assert checked > 0


def test_a_believed_influence_is_drawn_in_levels_on_the_outcome_that_its_driver_acts_on(material):
    belief = Belief(influence="russian_commitment -> azerbaijani_coercion", adds=(-0.1, 0.05))
    made = catalogue.make("belief", Material(material.run, Assumptions(beliefs=(belief,))))
    assert made.figure.layout.xaxis.type != "log" and "points a month" in made.alt
    assert made.numbers["x"].min() < -0.1 and made.choices == {"belief": belief.about}


def test_the_dots_filled_are_the_chance_in_a_hundred(exhibits):
    exhibit = exhibits(DOTS)
    filled = np.sum(exhibit.figure.data[1].marker.opacity)
    assert filled == pytest.approx(100 * exhibit.numbers["probability"].iloc[0])


def test_an_arrows_width_is_its_posterior_median(exhibits):
    exhibit = exhibits(ARROWS)
    rows = exhibit.numbers[exhibit.numbers["coloured"]].set_index("about")
    drawn = {trace.name: trace.line for trace in exhibit.figure.data if trace.name in rows.index}
    assert set(drawn) == set(rows.index)
    for about, row in rows.iterrows():
        # a tenth of a level a month is drawn as a hazard ratio of e
        median = row["median"]
        strength = 10 * median if row["kind"] == "influence" else np.log(median)
        assert drawn[about].width == pytest.approx(1 + 3 * min(1.0, abs(strength)))
        assert (drawn[about].dash == "dash") == (strength < 0)


def texts(figure) -> list[str]:
    """What the chart writes, without its markup."""
    written = [note.text or "" for note in figure.layout.annotations]
    for trace in figure.data:
        if trace.text is not None:
            written += [str(text) for text in np.ravel(trace.text)]
    return [html.unescape(re.sub("<[^>]+>", "", text)) for text in written]


@pytest.mark.parametrize("name", slow_but(NAMES, QUICK))
def test_every_percentage_printed_stands_in_the_words(name, exhibits):
    exhibit = exhibits(name)
    printed = " ".join(texts(exhibit.figure))
    words = f"{exhibit.in_words.to_csv()} {exhibit.alt} {exhibit.caption}"
    assert set(PERCENT.findall(printed)) <= set(PERCENT.findall(words))


@pytest.mark.parametrize("name", slow_but(NAMES, QUICK))
def test_an_exhibit_is_made_again_from_its_name_and_choices(name, exhibits, material):
    first = exhibits(name)
    beliefs = Assumptions(beliefs=(BELIEVED,))
    of = Material(material.run, beliefs) if name == "belief" else material
    again = catalogue.make(first.name, of, first.choices)
    pd.testing.assert_frame_equal(again.numbers, first.numbers)
    assert again.title == first.title and again.alt == first.alt


@pytest.mark.parametrize("name", slow_but(NAMES, QUICK))
def test_every_exhibit_has_its_words(name, exhibits):
    exhibit = exhibits(name)
    assert exhibit.title and exhibit.caption and len(exhibit.alt) > 30
    assert len(exhibit.in_words) > 0 and len(exhibit.numbers) > 0


@pytest.mark.parametrize(
    ("name", "choices", "message"),
    [
        ("curve", {}, "no chart is called 'curve'; did you mean 'curves'?"),
        ("scenarios", {"outcome": "peace_treaty"}, "choose nothing; not outcome"),
        (
            "dots",
            {"outcome": "peace_treat"},
            "outcome: no 'peace_treat'; did you mean 'peace_treaty'?",
        ),
        ("gap", {"from": "Published", "to": "Published"}, "two different sets"),
        ("history", {"term": "9 months"}, "term: no '9 months'; did you mean '"),
        ("belief", {}, "needs assumptions with a believed interval"),
        ("comparison", {"top": "-1"}, "top: '-1' ends no axis; write a number from 0."),
        ("comparison", {"top": "40"}, "top: '40' ends no axis"),
        ("comparison", {"top": "0"}, "top: '0' ends no axis"),
        ("comparison", {"top": "0.001"}, "top: '0.001' ends no axis"),
        ("comparison", {"top": "nan"}, "top: 'nan' ends no axis"),
        ("comparison", {"filled": "maybe"}, "filled: no 'maybe'; choose yours, the set"),
        ("curves", {"zoom": "on"}, "zoom: no 'on'; choose no, yes"),
        ("timeline", {"from": "2023-02-01", "to": "2023-01-01"}, "2023-02-01 is after to, 2023-"),
    ],
)
def test_a_name_or_a_choice_that_is_not_there_is_said(name, choices, message, material):
    with pytest.raises(ValueError, match=re.escape(message)):
        catalogue.make(name, material, choices)


def test_where_there_is_nothing_to_choose_a_line_says_so():
    with pytest.raises(ValueError, match=r"have no class that could be shown"):
        entry.chosen({}, {}, "class")


def test_a_run_compared_with_no_other_says_how_to_compare_it(fitted):
    with pytest.raises(ValueError, match=f"`python -m model diff OLD {fitted.id} --deadline "):
        catalogue.make("why_moved", Material(fitted))


def test_what_moved_is_of_the_outcome_that_moved_furthest_and_of_one_deadline(material, fitted):
    shown = catalogue.make("why_moved", material)
    assert shown.choices == {"outcome": FURTHER} and shown.numbers["before"].iloc[0] == 0.1
    later = replace(material, deadline=material.deadline + timedelta(days=365))
    with pytest.raises(ValueError, match=f"by {later.deadline} of run {fitted.id}"):
        catalogue.make("why_moved", later)
