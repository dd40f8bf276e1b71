"""Percentages, both sides, intervals, levels, names: digits follow the Monte Carlo error."""

import re
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from briefing.words import numbers, yardsticks
from tests.briefing import made_up

PROBABILITIES = some.floats(0, 1)
ERRORS = some.one_of(some.none(), some.floats(0, 0.2))
LEVELS = ("at -2", "at -1", "at 0", "at +1", "at +2")


@pytest.mark.parametrize(
    ("probability", "mcse", "text"),
    [
        (0.0623, 0.004, "6%"),  # twice 0.4 points is under 1 point, over 0.1
        (0.0623, 0.0004, "6.2%"),  # twice 0.04 points is under 0.1
        (0.623, 0.0004, "62%"),  # no tenths in the middle
        (0.0998, 0.0004, "10%"),  # 9.98 would round to 10.0
        (0.0623, 0.02, "about 5%"),  # twice 2 points is under 5
        (0.623, 0.04, "about 60%"),  # twice 4 points is under 10
        (0.004, 0.004, "<1%"),
        (0.004, 0.0004, "0.4%"),
        (0.0004, 0.0004, "<0.1%"),
        (0.03, 0.02, "<5%"),
        (0.996, 0.004, ">99%"),
        (0.936, 0.0004, "93.6%"),
        (0.0, 0.0, "<0.1%"),
        (1.0, 0.0, ">99.9%"),
        (0.065, None, "7%"),  # half goes up
        (0.065, float("nan"), "7%"),
    ],
)
def test_digits_follow_the_monte_carlo_error(probability, mcse, text):
    assert numbers.percent(probability, mcse) == text


@given(PROBABILITIES, some.floats(0, 0.04))
def test_the_last_digit_is_never_finer_than_twice_the_error(probability, mcse):
    assert numbers.step(probability, mcse) >= 200 * mcse - 1e-6


@given(PROBABILITIES, ERRORS)
def test_no_percentage_reaches_nought_or_a_hundred(probability, mcse):
    assert numbers.percent(probability, mcse) not in {"0%", "0.0%", "100%", "100.0%"}


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0.06, "6 in 100 for, 94 in 100 against"),
        (0.065, "7 in 100 for, 93 in 100 against"),  # not 94: both halves would round up
        (0.004, "fewer than 1 in 100 for, more than 99 in 100 against"),
        (0.997, "more than 99 in 100 for, fewer than 1 in 100 against"),
    ],
)
def test_both_sides_are_stated(probability, text):
    assert numbers.both_sides(probability) == text


@given(some.floats(0.01, 0.99))
def test_both_sides_add_up_to_a_hundred(probability):
    sides = [int(number) for number in re.findall(r"(\d+) in 100", numbers.both_sides(probability))]
    assert sum(sides) == 100


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0.0, "almost no chance (under 1%)"),
        (0.0099, "almost no chance (under 1%)"),
        (0.01, "almost no chance (1–5%)"),
        (0.05, "very unlikely (5–20%)"),
        (0.2, "unlikely (20–45%)"),
        (0.5, "roughly even chance (45–55%)"),
        (0.55, "likely (55–80%)"),
        (0.8, "very likely (80–95%)"),
        (0.95, "almost certain (95–99%)"),
        (1.0, "almost certain (over 99%)"),
    ],
)
def test_the_phrase_is_icd_203s(probability, text):
    assert yardsticks.phrase(probability) == text


@given(PROBABILITIES)
def test_a_likelihood_word_carries_a_range_that_holds_the_probability(probability):
    span = re.search(r"\((?:(\d+)–(\d+)|under (\d+)|over (\d+))%\)", yardsticks.phrase(probability))
    low, high, under, over = (None if group is None else int(group) for group in span.groups())
    assert (low or over or 0) <= 100 * probability + 1e-9
    assert 100 * probability - 1e-9 <= (high or under or 100)


@pytest.mark.parametrize(
    ("low", "high", "mcse", "text"),
    [
        (0.01, 0.16, 0.004, "90% interval 1–16%"),
        (0.003, 0.03, 0.0004, "90% interval 0.3–3%"),
        (0.003, 0.03, 0.004, "90% interval <1–3%"),
        (0.0004, 0.007, 0.0004, "90% interval <0.1–0.7%"),
        (0.05, 0.052, None, "90% interval 5%"),
        (0.97, 0.999, None, "90% interval 97–>99%"),
    ],
)
def test_an_interval_shows_both_ends(low, high, mcse, text):
    assert numbers.interval(low, high, mcse) == text


def test_a_headline_says_when_how_likely_and_both_sides():
    hail = made_up.outcomes().iloc[1].to_dict()
    assert numbers.headline("hail falls", hail, made_up.AS_OF) == (
        "As of 1 February 2020, it is very unlikely (5–20%) that hail falls by 31 December 2020: "
        "6 in 100 for, 94 in 100 against."
    )


@pytest.mark.parametrize(
    ("probability", "start"),
    [
        (0.02, "there is almost no chance (1–5%) that"),
        (0.5, "there is a roughly even chance (45–55%) that"),
        (0.97, "it is almost certain (95–99%) that"),
    ],
)
def test_a_judgement_reads_as_english(probability, start):
    assert yardsticks.judgement("hail falls", probability) == f"{start} hail falls"


@given(PROBABILITIES, ERRORS)
def test_confidence_is_never_in_a_sentence_about_likelihood(probability, mcse):
    row = made_up.outcomes().iloc[1].to_dict() | {"probability": probability, "mcse": mcse}
    sentence = numbers.headline("hail falls", row, made_up.AS_OF)
    sentence += numbers.own_view("hail falls", row, row)
    assert "confiden" not in sentence


def test_what_has_happened_gets_no_probability():
    happened = made_up.outcomes().iloc[0].to_dict() | {"settled_on": pd.Timestamp(2020, 1, 5)}
    sentence = numbers.headline("it rains", happened, made_up.AS_OF)
    assert sentence == "As of 1 February 2020: Rain has already happened (on 5 January 2020)."


def test_own_view_states_the_published_forecast_too():
    published = made_up.outcomes().iloc[1].to_dict()
    own = published | {"probability": 0.30}
    assert numbers.own_view("hail falls", published, own) == (
        "In your view it is unlikely (20–45%) that hail falls by 31 December 2020: 30 in 100 for, "
        "70 in 100 against; published, 6 in 100 for, 94 in 100 against."
    )


def test_an_own_view_of_what_is_supposed_is_no_forecast():
    published = made_up.outcomes().iloc[1].to_dict()
    sure = published | {"probability": 1.0}
    said = numbers.own_view("hail falls", published, sure, is_supposed=True)
    assert said == (
        "Hail storm: assumed to have happened by 31 December 2020, which is no forecast. "
        "Published: 6 in 100 for, 94 in 100 against."
    )
    never = numbers.supposed(published | {"probability": 0.0})
    assert never.startswith("Hail storm: assumed not to have happened by 31 December 2020")


@pytest.mark.parametrize(
    ("level", "shown", "sentence"),
    [
        (-1.62, "−1.6", "at -2"),
        (-1.5, "−1.5", "at -2"),
        (-0.04, "0.0", "at 0"),
        (0.5, "+0.5", "at +1"),
        (2.0, "+2.0", "at +2"),
    ],
)
def test_a_level_is_told_by_its_nearest_sentence(level, shown, sentence):
    assert numbers.signed(level) == shown
    assert numbers.level_sentence(LEVELS, level) == sentence


@pytest.mark.parametrize(
    ("happened", "name"),
    [
        ((), "None of the three"),
        (("hail",), "Hail storm only"),
        (("hail", "rain"), "Rain + Hail storm"),  # in the scenario's order
        (("rain", "hail", "early_snow"), "All three"),
    ],
)
def test_joint_scenarios_have_names(happened, name):
    assert numbers.scenario_name(happened, made_up.TITLES) == name


def test_dates_are_written_day_first():
    assert numbers.long_date(date(2023, 9, 5)) == "5 September 2023"
    assert numbers.short_date(date(2023, 9, 5)) == "5 Sep 2023"


def test_the_alt_text_of_the_curves_holds_what_the_chart_shows():
    sentence = numbers.curves_alt(made_up.outcomes().to_dict("records"))
    assert "By 31 December 2020: Rain 60%, 90% interval 40–80%; Hail storm 6%" in sentence


@pytest.mark.parametrize(
    ("name", "text"),
    [("None of the six", "none of the six outcomes"), ("Hail storm only", "Hail storm only")],
)
def test_the_likeliest_future_is_named_with_its_chance(name, text):
    row = {"name": name, "probability": 0.58, "mcse": 0.002}
    assert numbers.likeliest(row) == f"The likeliest future, at 58%: {text}."
