"""The Forecast page beyond its cards: what moved, when, if A then B, the words, the guide."""

from datetime import date

import pytest

from model import forecast
from model.assumptions import Assumptions, DriverAssumption, files
from pages.ui.memory import forecasts
from pages.ui.work import fitting
from tests.pages import made_up_run
from tests.pages.made_up_run import MadeUpRun
from tests.pages.test_pages import charts, opened, text


def test_each_card_says_how_its_chance_moved_since_a_month_before(made_up):
    moved = "+1 point since 21 Aug 2023: −1 point for time passing, +2 points for news."
    assert text(opened()).count(moved) == 6


def test_the_earlier_day_can_be_chosen_in_the_link(made_up):
    assert "since 1 May 2023: −1 point" in text(opened(since="2023-05-01"))


def test_an_earlier_day_without_a_run_is_offered_and_not_fitted_unasked(made_up, monkeypatch):
    monkeypatch.setattr(
        forecast,
        "open_run",
        lambda folder, as_of: MadeUpRun(as_of) if as_of == date(2023, 9, 21) else None,
    )
    app = opened()
    assert "To see what has changed since 21 August 2023, fit that day too." in text(app)
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


def test_where_no_outcome_leads_the_page_opens_with_all_of_them(made_up, monkeypatch):
    outcomes = made_up_run._outcomes
    monkeypatch.setattr(made_up_run, "_outcomes", lambda *of: outcomes(*of).assign(lead=False))
    app = opened()
    assert not app.exception and len(app.metric) == 6
    assert "The other outcomes" not in [heading.value for heading in app.subheader]


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
        ("We learn that it happened by then", "Draws in which it was likely count more."),
        ("It is brought about then", "The chance counts from the as-of date"),
        ("It is brought about then, counted from there", "The chance counts from that day"),
    ],
)
def test_if_then_says_what_its_numbers_count(way, words, made_up):
    app = opened(**{"if": way})
    assert words in text(app) and "The largest change in points: with" in text(app)


def test_curves_are_of_the_outcomes_that_are_chosen(made_up):
    app = opened()
    app.pills(key="show").set_value(["Corridor open"]).run()
    alt = next(chart.proto.alt for chart in charts(app) if "Curves of" in chart.proto.alt)
    assert "Corridor open" in alt and "Peace treaty" not in alt


@pytest.mark.parametrize(
    ("link", "part"),
    [
        ({}, ""),
        ({"when": "Corridor open"}, "When"),
        ({"why": "Corridor open"}, "Why"),
        ({"if": "It is brought about then"}, "If one happens"),
    ],
)
def test_what_is_behind_the_chances_is_a_part_each_and_a_link_opens_its_own(link, part, made_up):
    app = opened(**link)
    assert [tab.label for tab in app.tabs] == ["Other outcomes", "Why", "When", "If one happens"]
    (block,) = app.get("tab_container")
    assert block.proto.tab_container.default_tab_index == (
        [tab.label for tab in app.tabs].index(part) if part else 0
    )
    headings = ["The other outcomes", "Why is it what it is?", "When, if at all?"]
    headings.append("If one happens, what of the others?")
    # each is drawn, open or not, so that paper has all of them
    assert [tab.subheader[0].value for tab in app.tabs] == headings


def test_where_all_has_happened_there_is_nothing_behind_the_chances(made_up, monkeypatch):
    ids = tuple(made_up_run.SCENARIO.outcome_ids)
    monkeypatch.setattr(forecast, "open_run", lambda folder, as_of: MadeUpRun(as_of, settled=ids))
    app = opened()
    assert not app.exception and [tab.label for tab in app.tabs] == ["Other outcomes"]


def test_the_guide_is_folded_and_needs_no_dismissal(made_up):
    app = opened()
    assert "**1. Read the chances.**" in text(app)
    assert [fold.label for fold in app.expander if "New here" in fold.label] == [
        "New here? Three steps"
    ]
    assert not [button for button in app.button if button.label == "Got it"]


def test_a_past_day_says_so_what_came_of_it_and_leads_to_the_latest(made_up):
    app = opened()
    assert "(the week of the article): nothing that became known later is used." in text(app)
    assert (
        "to 10 May 2026 one of the six outcomes happened: Russian withdrawal (12 June 2024)."
        in plain(app)
    )
    assert "**Peace treaty**: had not happened by 10 May 2026. Text agreed" in text(app)
    app.button(key="go_to_latest").click().run()
    assert app.date_input(key="as_of").value == forecasts.as_of_range()[1]
    assert "A past day" not in text(app) and "Known now" not in text(app)


def test_the_newest_fitted_day_is_the_one_that_is_opened(made_up, monkeypatch):
    fitted = [date(2022, 1, 1), date(2024, 5, 1)]
    monkeypatch.setattr(forecasts, "fitted_days", lambda: fitted)
    assert opened().date_input(key="as_of").value == fitted[-1]
    # two years before is no month: nothing is compared, and the day a month before can be fitted
    app = opened()
    assert app.date_input(key="since").value == date(2024, 4, 1)


def test_changes_are_told_from_the_fitted_day_nearest_to_a_month_before(made_up, monkeypatch):
    # a month before is 1 April: 13 days away on one side, 21 on the other
    fitted = [date(2021, 5, 1), date(2024, 3, 19), date(2024, 4, 22), date(2024, 5, 1)]
    monkeypatch.setattr(forecasts, "fitted_days", lambda: fitted)
    app = opened()
    assert app.date_input(key="since").value == date(2024, 3, 19)
    assert "The fitted day nearest to a month before, 1 April 2024." in text(app)


def test_a_chosen_earlier_day_is_typed_and_stays_in_the_address(made_up):
    app = opened(as_of="2024-05-01")
    app.text_input(key="since: typed").set_value("2 Jan 2023").run()
    assert "since 2 Jan 2023: −1 point" in text(app)
    assert app.query_params["since"] == "2023-01-02"


def test_a_link_that_asks_for_changes_since_a_later_day_is_told_so(made_up):
    app = opened(as_of="2024-05-01", since="2025-05-01")
    (said,) = (warning.value for warning in app.warning)
    assert "which is no day from 1 January 2021 to 30 April 2024" in said
    assert not app.exception and len(app.metric) == 6


def test_the_fitted_days_are_those_of_the_runs_at_hand(fitted_home, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    assert forecasts.fitted_days() == [date(2023, 9, 21)]
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home / "nowhere"))
    assert forecasts.fitted_days() == []


def test_a_day_without_a_run_offers_a_fit_and_the_nearest_fitted_day(made_up, monkeypatch):
    has_run = date(2023, 9, 21)
    monkeypatch.setattr(forecasts, "fitted_days", lambda: [date(2021, 1, 1), has_run])
    monkeypatch.setattr(
        forecast,
        "open_run",
        lambda folder, as_of: MadeUpRun(as_of) if as_of == has_run else None,
    )
    app = opened(as_of="2024-05-01")
    assert app.title[0].value == "No run is fitted yet as of 1 May 2024"
    assert [button.key for button in app.button] == ["fit_day", "go_to_fitted"]
    assert not forecasts.fits()
    app.button(key="go_to_fitted").click().run()
    assert app.date_input(key="as_of").value == has_run and len(app.metric) == 6


def test_deadlines_and_days_are_one_press_away(made_up):
    app = opened(as_of="2022-05-06")
    assert app.date_input(key="deadline").value == date(2022, 12, 31)
    pills(app, "deadline: Deadline in").set_value("3 months").run()
    assert app.date_input(key="deadline").value == date(2022, 8, 6)
    pills(app, "as_of: Go to").set_value("Article's week").run()
    assert app.date_input(key="as_of").value == date(2023, 9, 21)
    # 6 August 2022 is no deadline of that day any more
    assert app.date_input(key="deadline").value == date(2023, 12, 31)
    pills(app, "deadline: Deadline in").set_value("36 months").run()
    assert app.date_input(key="deadline").value == date(2026, 9, 21)


def test_what_is_assumed_elsewhere_is_said_not_to_be_shown(made_up):
    mine = Assumptions(drivers=(DriverAssumption(id="western_mediation", level=1),))
    assert not opened().info
    assert "shows the published forecast" in opened(set=files.to_link(mine)).info[0].value


def test_a_link_of_a_run_that_is_not_here_says_that_numbers_may_differ(made_up):
    (warning,) = opened(run="0123456789ab").warning
    assert "run 0123456789ab, which is not stored here" in warning.value
    assert not opened(run="madeup123456").warning


@pytest.mark.parametrize(("as_of", "warned"), [("2024-04-01", False), ("2024-05-01", True)])
def test_a_chance_of_what_was_reported_as_begun_is_said_to_be_understated(made_up, as_of, warned):
    said = "Reported as begun on 17 April 2024: Moscow and Baku both acknowledged"
    assert (said in plain(opened(as_of=as_of))) == warned


def test_the_address_says_day_deadline_and_run(made_up):
    said = opened().query_params
    assert (said["as_of"], said["deadline"]) == ("2023-09-21", "2023-12-31")
    assert said["run"] == "madeup123456"


def test_the_heaviest_reports_of_the_month_and_what_others_foretold_stand_there(made_up):
    app = opened()
    assert "Azerbaijan opens a full-scale military attack" in text(app)
    assert not opened(as_of="2021-01-01").exception
    app.session_state["others"] = True
    (table,) = app.run().dataframe
    # of the treaty, known by 21 September 2023, the newest first
    assert list(table.value) == ["Date", "Who", "What", "Chance", "Link"]
    assert table.value["Who"].str.contains("Carleton University").any()
    assert table.value["Date"].iloc[-1] == "11 Feb 2021"


def plain(app) -> str:
    return text(app).replace("\\", "")


def pills(app, key: str):
    return app.pills(key=key)
