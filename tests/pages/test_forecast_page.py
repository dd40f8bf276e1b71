"""The Forecast page beyond its cards: what moved, when, if A then B, the words, the guide."""

from datetime import date

import pytest

from model import forecast
from pages.ui.memory import forecasts
from pages.ui.work import fitting
from tests.pages.made_up_run import MadeUpRun
from tests.pages.test_pages import charts, opened, text


def test_each_card_says_how_its_chance_moved_since_a_month_before(made_up):
    moved = "+1.0 points since 21 Aug 2023: −1.0 points for time passing, +2.0 points for news."
    assert text(opened()).count(moved) == 6


def test_the_earlier_day_can_be_chosen_in_the_link(made_up):
    assert "since 1 May 2023: −1.0 points" in text(opened(since="2023-05-01"))


def test_an_earlier_day_without_a_run_is_offered_and_not_fitted_unasked(made_up, monkeypatch):
    monkeypatch.setattr(
        forecast,
        "open_run",
        lambda folder, as_of: MadeUpRun(as_of) if as_of == date(2023, 9, 21) else None,
    )
    app = opened()
    assert "What changed since 21 August 2023 is not known yet" in text(app)
    assert [button.label for button in app.button if button.key == "fit_since"] == [
        "Fit 21 August 2023"
    ]
    assert not forecasts.fits() and len(app.metric) == 6


def test_asked_for_the_earlier_day_is_fitted_beside_the_page(made_up, monkeypatch):
    monkeypatch.setattr(
        forecast,
        "open_run",
        lambda folder, as_of: MadeUpRun(as_of) if as_of == date(2023, 9, 21) else None,
    )
    started = []
    monkeypatch.setattr(fitting, "follow", lambda wanted, *rest: started.append(wanted))
    app = opened()
    app.button(key="fit_since").click().run()
    assert started == [fitting.Wanted(date(2023, 8, 21))]
    assert len(app.metric) == 6


def test_on_the_first_day_there_is_no_earlier_one(made_up):
    app = opened(as_of="2021-01-01")
    assert not app.exception and "since" not in {control.key for control in app.date_input}


@pytest.mark.parametrize(
    ("words", "phrase"),
    [("ICD-203", "Very unlikely (5–20%)"), ("UK PHIA", "Remote chance (0–5%)")],
)
def test_the_likelihood_words_are_the_readers_choice(words, phrase, made_up):
    app = opened(words=words)
    assert phrase in text(app)  # 6 % of the peace treaty
    assert phrase.lower() in text(app)


def test_the_dots_are_of_the_outcome_that_is_chosen(made_up):
    app = opened(when="Corridor open")
    assert "Corridor open: 0 of 50 equally likely dates fall by 31 December 2023" in text(app)


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("We learn that it happened by then", "Draws that made it likely count for more."),
        ("It is brought about then", "The chance counts from the as-of date"),
        ("It is brought about then, counted from there", "The chance counts from that day"),
    ],
)
def test_if_then_says_what_its_numbers_count(way, words, made_up):
    app = opened(**{"if": way})
    assert words in text(app) and "The strongest: with" in text(app)


def test_curves_are_of_the_outcomes_that_are_chosen(made_up):
    app = opened()
    app.pills(key="show").set_value(["Corridor open"]).run()
    alt = next(chart.proto.alt for chart in charts(app) if "Curves of" in chart.proto.alt)
    assert "Corridor open" in alt and "Peace treaty" not in alt


def test_the_guide_is_dismissed_and_comes_back(made_up):
    app = opened()
    assert "**1. Read the chances.**" in text(app)
    next(button for button in app.button if button.label == "Got it").click().run()
    assert "**1. Read the chances.**" not in text(app)
    next(button for button in app.button if button.label == "Show the guide").click().run()
    assert "**1. Read the chances.**" in text(app)
