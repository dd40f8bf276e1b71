"""The model drawn and in words: figures hold their tables' numbers, sentences count them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from briefing.charts import fit, theme
from briefing.words.inspect import fit as fit_words
from briefing.words.inspect import reference_class
from model.inspect.survival import Survival
from tests.pages.made_up_run import SCENARIO

TABLE = pd.DataFrame(
    {
        "kind": ["effect", "effect", "link"],
        "about": [
            "western_mediation -> peace_treaty",
            "russian_commitment -> russian_withdrawal",
            "renewed_offensive -> peace_treaty",
        ],
        "title": ["Mediation → Treaty", "Russia → Withdrawal", "Offensive → Treaty"],
        "prior_low": [0.8, 0.4, 0.5],
        "prior_high": [1.6, 0.9, 2.0],
        "low": [0.9, 0.41, 0.5],
        "median": [1.2, 0.6, 0.8],
        "high": [1.5, 0.88, 1.9],
        "narrowed": [0.6, 0.95, 1.0],
        "shifted": [0.1, 0.0, 0.0],
        "basis": ["literature", "judgement", "claim"],
        "claims": ["C15", "", "C16"],
        "source": ["A study", "ours", "article"],
        "source_url": ["https://a", "", "https://b"],
        "reason": ["why", "why", "why"],
    }
)
CURVE = pd.DataFrame(
    {
        "years": [0.0, 5.0, 10.0],
        "survival": [1.0, 0.6, 0.4],
        "low": [1.0, 0.5, 0.3],
        "high": [1.0, 0.7, 0.5],
    }
)
CLAIM = {"claim": "C1", "actor": "EU", "says": "a", "kind": "link", "sign": "+1", "contested": "no"}
FOUND = Survival(
    seen=pd.DataFrame({"years": [0.0, 4.0, 9.0], "survival": [1.0, 0.5, 0.25]}),
    fitted=CURVE,
    region=CURVE.assign(survival=[1.0, 0.5, 0.3]),
    cases=4,
    events=3,
    entry=0.0,
)


def test_intervals_are_the_tables_prior_and_posterior():
    figure = fit.intervals(TABLE, "effect")
    priors = [tuple(trace.x) for trace in figure.data if trace.name == "prior"]
    after = [tuple(trace.x) for trace in figure.data if trace.name == "posterior"]
    assert priors == [(0.8, 1.6), (0.4, 0.9), (0.5, 2.0)]
    assert after == [(0.9, 1.2, 1.5), (0.41, 0.6, 0.88), (0.5, 0.8, 1.9)]
    assert [shape.x0 for shape in figure.layout.shapes] == [1] * 3  # one does nothing
    assert [note.text for note in figure.layout.annotations][1::2] == ["1.2", "0.6", "0.8"]
    assert not fit.intervals(TABLE, "base_rate").layout.shapes


CENTRES = TABLE.head(1).assign(
    kind="centre", prior_low=-0.5, prior_high=0.7, low=-0.44, median=0.12, high=0.66
)


def test_levels_stand_on_a_linear_axis_with_nought_marked():
    figure = fit.intervals(CENTRES, "centre")
    assert figure.layout.xaxis.type is None
    assert figure.layout.xaxis.range == pytest.approx((-0.6, 0.8))
    assert list(figure.layout.xaxis.ticktext) == ["−2.0", "−1.0", "0.0", "+1.0", "+2.0"]
    assert [shape.x0 for shape in figure.layout.shapes] == [0.0]


def test_levels_are_told_with_their_signs():
    row = fit_words.intervals_in_words(CENTRES).iloc[0]
    assert row["Prior (90%)"] == "−0.5 to +0.7" and row["Posterior (90%)"] == "−0.4 to +0.7"
    assert row["Posterior median"] == "+0.1"
    assert "−0.5 to +0.7 became −0.4 to +0.7" in fit_words.interval_alt(CENTRES)


INFLUENCES = TABLE.head(1).assign(
    kind="influence", prior_low=-0.08, prior_high=0.02, low=-0.07, median=-0.026, high=0.01
)


def test_influences_are_told_and_drawn_in_levels_a_month():
    figure = fit.intervals(INFLUENCES, "influence")
    assert figure.layout.xaxis.type is None
    assert figure.layout.xaxis.range == pytest.approx((-0.085, 0.025))
    assert list(figure.layout.xaxis.ticktext) == ["−0.10", "−0.05", "0.00", "+0.05", "+0.10"]
    row = fit_words.intervals_in_words(INFLUENCES).iloc[0]
    assert row["Prior (90%)"] == "−0.08 to +0.02" and row["Posterior median"] == "−0.03"


READ = pd.DataFrame(
    {
        "case": ["A", "B"],
        "trait": ["formal_treaty"] * 2,
        "first_reader": [1.0, 1.0],
        "second_reader": [1.0, 0.0],
        "reason": ["A treaty was signed", "A protocol"],
        "note": [None, "The second holds that it carries out a treaty"],
    }
)


def test_a_reading_is_told_with_both_answers_and_what_divides_them():
    table = reference_class.readings(READ)
    assert table.loc["A"].tolist() == ["Formal treaty: yes, yes", "A treaty was signed"]
    assert table.loc["B", "Read by two"] == "Formal treaty: yes, no"
    assert table.loc["B", "Why"] == "A protocol. The second holds that it carries out a treaty"


def test_an_ending_is_told_by_what_of_it_counts():
    words = reference_class.came_about
    assert words(1.0, 1.0) == "yes" and words(0.0, 0.0) == "not by then"
    assert words(1.0, 0.0) == "ended otherwise" and words(1.0, 0.5) == "by one reader of two"


def test_half_an_ending_is_told_as_such():
    told = reference_class.survival_said("Class", replace(FOUND, events=2.5), None)
    assert "in 2.5 of them it came about (half where two readers disagree)" in told
    assert "half" not in reference_class.survival_said("Class", FOUND, None)


def test_survival_draws_the_cases_in_steps_and_the_fit_as_a_line():
    figure = fit.survival(FOUND, waited=2.9)
    lines = {trace.name: trace for trace in figure.data}
    assert list(lines["cases"].y) == [1.0, 0.5, 0.25] and lines["cases"].line.shape == "hv"
    assert list(lines["fitted"].y) == [1.0, 0.6, 0.4]
    assert list(lines["like the region"].y) == [1.0, 0.5, 0.3]
    assert figure.layout.shapes[0].x0 == 2.9
    assert not fit.survival(FOUND, waited=None).layout.shapes


def test_the_map_has_an_arrow_a_row_dashed_where_it_makes_less_likely():
    colours = theme.outcome_colours(SCENARIO.outcome_ids)
    figure = fit.arrows(SCENARIO, TABLE, colours, "peace_treaty")
    drawn = {trace.name: trace for trace in figure.data}
    assert set(drawn) == set(TABLE["about"])
    dashes = {name: trace.line.dash for name, trace in drawn.items()}
    assert dashes["western_mediation -> peace_treaty"] == "solid"
    assert dashes["renewed_offensive -> peace_treaty"] == "dash"
    assert drawn["western_mediation -> peace_treaty"].line.color == colours["peace_treaty"]
    assert drawn["russian_commitment -> russian_withdrawal"].line.color == theme.FAINT
    names = " ".join(note.text for note in figure.layout.annotations).replace("<br>", " ")
    assert all(node.title in names for node in (*SCENARIO.drivers, *SCENARIO.outcomes))


def test_no_arrow_of_the_map_runs_under_a_name():
    # One between the two ends of each side, which bends furthest out, and one across.
    ends = [SCENARIO.outcome_ids[0], SCENARIO.outcome_ids[-1]]
    first, *_, last = SCENARIO.driver_ids
    about = [" -> ".join(ends), f"{first} -> {last}", f"{first} -> {ends[0]}"]
    rows = {"kind": ["link", "influence", "effect"], "about": about, "title": about}
    sizes = {"median": 2.0, "low": 1.0, "high": 3.0, "prior_low": 1.0, "prior_high": 3.0}
    figure = fit.arrows(
        SCENARIO,
        pd.DataFrame(rows).assign(**sizes),
        theme.outcome_colours(SCENARIO.outcome_ids),
        ends[0],
    )
    low, high = figure.layout.xaxis.range
    assert all(low <= x <= high for trace in figure.data for x in trace.x)
    sides = {(note.x, note.xanchor) for note in figure.layout.annotations}
    assert sides == {(low, "right"), (high, "left")}  # so all names stand beyond that room


def test_how_much_the_data_said_is_counted():
    sentence = fit_words.how_much_the_data_said(TABLE)
    assert sentence.startswith("Two of three are still about as wide as their priors")
    assert "narrowed all 1" in fit_words.how_much_the_data_said(TABLE.head(1))


@pytest.mark.parametrize(
    ("value", "text"), [(1.234, "1.2"), (0.0123, "0.012"), (14.8, "15"), (1.0, "1")]
)
def test_a_ratio_has_two_digits(value, text):
    assert fit_words.ratio(value) == text


def test_a_claim_says_what_it_became():
    claims = pd.DataFrame(
        {
            "claim": ["C1", "C2", "C3"],
            "actor": ["EU"] * 3,
            "says": ["a", "b", "c"],
            "kind": ["evidence", "effect", "link"],
            "from": ["western_mediation", "western_mediation", "corridor_open"],
            "to": [np.nan, "peace_treaty", "turkish_involvement"],
            "sign": ["-1", "+1", "+1"],
            "contested": ["no", "yes", "yes"],
        }
    )
    table = fit_words.claims_in_words(claims, SCENARIO, TABLE)
    assert table["Became"][0] == "evidence on Western mediation (−1)"
    assert table["Became"][1] == "effect Western mediation → Peace treaty (+1)"
    assert table["Became"][2] == "left out: Corridor open → Turkish involvement (+1)"
    assert table["Contested"].tolist() == ["", "contested", "contested"]
    assert table["Prior (90%)"].tolist() == ["", "0.8–1.6", ""]
    assert table["Posterior (90%)"].tolist() == ["", "1.2 (0.9–1.5)", ""]


def test_a_link_that_is_a_classs_hazard_has_no_interval_of_its_own():
    claims = pd.DataFrame([CLAIM | {"from": "renewed_offensive", "to": "turkish_involvement"}])
    row = fit_words.claims_in_words(claims, SCENARIO, TABLE).iloc[0]
    assert row["Became"] == "link Renewed offensive → Turkish involvement (+1)"
    assert row["Prior (90%)"] == row["Posterior (90%)"] == "from a class"


CASES = pd.DataFrame(
    {"Case": ["A", "B", "C", "D"], "Source": ["u"] * 4}, index=["a", "b", "c", "d"]
)
WEIGHTS = pd.DataFrame(
    {"case": ["c", "a", "b"], "ratio": [0.8154, 1.07, 0.99], "khat": [0.1, 0.2, 0.3]}
)


def test_cases_stand_by_their_weight_and_one_without_duration_has_none():
    table = reference_class.cases_in_words(CASES, WEIGHTS)
    assert table["Case"].tolist() == ["C", "A", "B", "D"]
    assert table["Moves the base rate by"].tolist() == ["−18%", "+7%", "−1%", ""]
    sentence = reference_class.weights_said(CASES, WEIGHTS)
    assert sentence == "Most of all the base rate is moved by C (−18%), A (+7%) and B (−1%)."


@pytest.mark.parametrize(
    ("years", "wait"), [(1 / 365.25, "one day"), (0.25, "91 days"), (2.86, "2.9 years")]
)
def test_a_short_wait_is_said_in_days(years, wait):
    assert reference_class.survival_said("Class", FOUND, years).endswith(f"stands at {wait}.")


def test_every_arrow_left_out_has_its_reason():
    table = fit_words.left_out_in_words(SCENARIO)
    assert len(table) == len(SCENARIO.left_out) and (table.iloc[:, 1].str.len() > 20).all()


def test_the_curves_twin_reads_the_fit_at_the_cases_steps():
    table = reference_class.survival_in_words(FOUND)
    assert table["Cases still waiting"].tolist() == [">99%", "50%", "25%"]
    assert table["Fitted"][1] == "60% (50–70%)"  # 5 years is nearest to 4
    sentence = reference_class.survival_said("Class", FOUND, 2.86)
    assert sentence == (
        "Class: 4 cases, in 3 of them it came about; the others are censored. "
        "The region stands at 2.9 years."
    )
