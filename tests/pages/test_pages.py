"""Every page in every state, through Streamlit's own test harness, with a made-up run."""

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from model import forecast
from pages.ui.memory import forecasts
from pages.ui.work import a_days_fits, fit_process, fitting
from tests.pages.made_up_run import SCENARIO, MadeUpRun
from tests.slow_cases import slow_but

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))
PATIENCE = 20
DAY = fitting.Wanted(date(2023, 9, 21))


def opened(page: str = "forecast", **link: str) -> AppTest:
    """A page on its own, from a cold link."""
    app = AppTest.from_file(ROOT / "pages" / f"{page}.py", default_timeout=PATIENCE)
    for key, value in link.items():
        app.query_params[key] = value
    return app.run()


def opened_in_menu(page: str, **link: str) -> AppTest:
    """A page inside the menu of app.py, with the same link on the page before."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE)
    for key, value in link.items():
        app.query_params[key] = value
    app.run().switch_page(f"pages/{page}.py")
    for key, value in link.items():
        app.query_params[key] = value
    return app.run()


def text(app: AppTest) -> str:
    return "\n".join(element.value for element in [*app.title, *app.markdown, *app.caption])


def charts(app: AppTest) -> list:
    return app.get("plotly_chart")


def test_every_page_is_in_the_menu():
    menu = (ROOT / "pages" / "ui" / "frame" / "menu.py").read_text(encoding="utf-8")
    assert [page for page in PAGES if f'FOLDER / "{page}"' not in menu] == []


@pytest.mark.parametrize(
    "page", slow_but([Path(name).stem for name in PAGES], ["forecast", "evidence"])
)
def test_a_page_stands_alone(page, fitted_home, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    app = opened(page)
    assert not app.exception
    assert app.title[0].value.endswith("?")


def test_the_menu_opens_the_forecast_first_and_leads_to_the_assumptions(made_up):
    app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE).run()
    assert app.title[0].value == "What are the chances by 31 December 2023?"
    assert app.switch_page("pages/assumptions.py").run().title[0].value.startswith("What if")


def test_the_forecast_says_it_in_a_sentence_cards_and_charts(made_up):
    app = opened()
    assert (
        "As of 21 September 2023, it is very unlikely (5–20%) that Armenia and Azerbaijan sign a "
        "peace treaty by 31 December 2023: 6 in 100 for, 94 in 100 against."
    ) in text(app)
    assert [metric.value for metric in app.metric] == ["6%", "1%", "2%", "26%", "8%", "2%"]
    assert "Very unlikely (5–20%)" in text(app)
    assert "90% interval 2–12%" in text(app)  # 6 / 4 is 1.5, half up
    assert "The likeliest future, at 61%: none of the six outcomes." in text(app)
    # curves twice, futures, what a chance is made of, when, if then, and each card's dots
    assert len(charts(app)) == 6 + len(SCENARIO.outcomes)
    tables = [folded for folded in app.expander if "table" in folded.label]
    assert len(tables) == 7 and len(app.dataframe) == 0


def test_each_card_has_the_outcomes_question_and_rule_behind_its_mark(made_up):
    behind = {element.proto.help for element in opened().markdown} - {""}
    assert behind == {f"{outcome.question}\n\n{outcome.rule}" for outcome in SCENARIO.outcomes}


def test_a_table_is_made_when_a_reader_opens_it(made_up):
    app = AppTest.from_file(ROOT / "pages" / "forecast.py", default_timeout=PATIENCE)
    app.session_state["table:scenarios"] = True
    (table,) = app.run().dataframe
    assert table.value["Scenario"].iloc[0] == "None of the six"


def test_every_chart_has_its_sentence(made_up):
    shown = [*charts(opened()), *charts(opened("assumptions"))]
    assert len(shown) == 7 + len(SCENARIO.outcomes)
    assert [chart.proto.alt for chart in shown if len(chart.proto.alt) < 30] == []


def test_the_foot_names_the_run_and_what_it_is_built_on(made_up):
    line = (
        "Run madeup123456 · 3 events, 2 independent · 5 reference cases · 4,000 draws, R-hat 1.001"
    )
    assert line == opened().main.caption[-1].value


def test_a_link_carries_as_of_date_and_deadline(made_up):
    app = opened(as_of="2022-05-06", deadline="2023-06-30")
    assert app.title[0].value == "What are the chances by 30 June 2023?"
    assert "As of 6 May 2022" in text(app)


def test_the_deadline_follows_the_as_of_date_until_it_is_chosen(made_up):
    app = opened()
    app.date_input(key="as_of").set_value(date(2024, 6, 1)).run()
    assert app.date_input(key="deadline").value == date(2024, 12, 31)
    app.date_input(key="deadline").set_value(date(2025, 3, 1)).run()
    app.date_input(key="as_of").set_value(date(2024, 7, 1)).run()
    assert app.date_input(key="deadline").value == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ({"as_of": "1999-01-01"}, "The as-of date in this link, 1999-01-01, is too early."),
        ({"as_of": "2099-01-01"}, "The as-of date in this link, 2099-01-01, is too late."),
        ({"as_of": "soon"}, "The as-of date in this link, 'soon', is not a date"),
        ({"deadline": "2023-09-21"}, "The deadline in this link, 2023-09-21, is too early."),
        ({"deadline": "2043-01-01"}, "The deadline in this link, 2043-01-01, is too late."),
    ],
)
@pytest.mark.parametrize("page", ["forecast", "assumptions"])
def test_a_link_with_a_bad_date_gets_one_message_and_a_way_back(page, link, words, made_up):
    app = opened_in_menu(page, **link)
    assert len(app.error) == 1
    assert app.error[0].value.startswith(words)
    assert len(app.get("page_link")) == 1
    assert not charts(app) and not app.exception


def test_what_has_already_happened_is_said_and_not_forecast(made_up, monkeypatch):
    settled = MadeUpRun(date(2023, 9, 21), settled=("peace_treaty",))
    monkeypatch.setattr(forecast, "open_run", lambda folder, as_of: settled)
    app = opened()
    assert app.metric[0].value == "Happened"
    assert "Already happened, on 4 March 2021." in text(app)
    assert "that regular civil transit" in text(app)  # the headline is on the next lead outcome
    assert not opened("assumptions").exception


def test_when_everything_has_happened_the_pages_still_open(made_up, monkeypatch):
    over = MadeUpRun(date(2023, 9, 21), settled=SCENARIO.outcome_ids)
    monkeypatch.setattr(forecast, "open_run", lambda folder, as_of: over)
    assert not opened().exception
    assert opened("assumptions").info[0].value == "Every outcome has already happened."


def test_with_nothing_changed_the_sliders_stand_where_the_drivers_do(made_up):
    app = opened("assumptions")
    assert "Nothing is changed" in text(app)
    assert [slider.value for slider in app.slider] == [0.4] * len(SCENARIO.drivers)


def fit_by(monkeypatch, tmp_path, code: str) -> None:
    """No day has a run, and a fit runs `code` in a real process."""
    script = tmp_path / "fit.py"
    script.write_text(code, encoding="utf-8")
    monkeypatch.setattr(forecast, "open_run", lambda folder, as_of: None)
    monkeypatch.setattr(fit_process, "command", lambda as_of, beliefs: ["python", str(script)])


def ended(app: AppTest) -> AppTest:
    """The page once its fit has ended."""
    for fit in forecasts.fits().values():
        fit.process.wait(PATIENCE)
    return app.run()


WRITES_PROGRESS = """
import pathlib, sys, time
progress = '{"phase": "sample", "share": 0.4, "message": "Sampling, 400 of 1,000 draws"}'
pathlib.Path(sys.argv[sys.argv.index("--progress-file") + 1]).write_text(progress)
time.sleep(60)
"""


def test_with_no_run_the_page_fits_one_and_shows_how_far_it_is(monkeypatch, tmp_path):
    fit_by(monkeypatch, tmp_path, WRITES_PROGRESS)
    app = opened()
    (fit,) = forecasts.fits().values()
    started = time.monotonic()
    while fit.progress()[0] == 0 and time.monotonic() < started + PATIENCE:
        time.sleep(0.05)
    bar = app.run().get("progress")[0].proto
    # Sampling takes the bar from 30 to 95; 40 % of that is at 56, less a binary fraction.
    assert (bar.value, bar.text) == (55, "Sampling, 400 of 1,000 draws")
    app.button(key="cancel_fit").click().run()
    assert fit.process.wait(PATIENCE) != 0
    assert app.run().warning[0].value == "The fit was cancelled."
    assert app.button(key="fit_again").label == "Fit now"


def test_a_failed_fit_says_why_and_what_to_try(monkeypatch, tmp_path):
    fit_by(monkeypatch, tmp_path, "import sys; sys.exit('R-hat 1.05 is above 1.01')")
    app = ended(opened())
    assert [error.value for error in app.error] == ["The fit failed: R-hat 1.05 is above 1.01"]
    assert app.code[0].value.startswith("python ")
    before = forecasts.fits()[DAY]
    assert forecasts.fits()[DAY] is before  # not started again by itself
    app.button(key="fit_again").click().run()
    assert ended(app) and forecasts.fits()[DAY] is not before
    assert not before.folder.exists()


def test_a_fit_that_ends_well_gives_way_to_the_page(made_up, monkeypatch, tmp_path):
    served = forecast.open_run
    fit_by(monkeypatch, tmp_path, "")
    app = opened()
    monkeypatch.setattr(forecast, "open_run", served)
    assert ended(app).title[0].value == "What are the chances by 31 December 2023?"


def test_a_fit_that_no_page_follows_is_ended_with_all_that_it_started(monkeypatch, tmp_path):
    code = "import subprocess, time; subprocess.Popen(['sleep', '60']); time.sleep(60)"
    fit_by(monkeypatch, tmp_path, code)
    monkeypatch.setattr(fit_process, "UNSEEN", 0.1)
    opened()
    (fit,) = forecasts.fits().values()
    assert fit.process.wait(PATIENCE) != 0 and fit.cancelled
    with pytest.raises(ProcessLookupError):
        for _ in range(100):
            os.killpg(fit.process.pid, 0)
            time.sleep(0.05)


def test_no_more_fits_are_started_than_a_day_may_have(monkeypatch, tmp_path):
    fit_by(monkeypatch, tmp_path, "")
    monkeypatch.setattr(a_days_fits, "MOST", 1)
    first = ended(opened())
    first.button(key="fit_again").click().run()
    assert "were started here within a day" in first.info[0].value
    assert not forecasts.fits()


def test_the_command_to_try_is_the_shells():
    words = " ".join(fitting.command(date(2023, 9, 21)))
    assert words == "python -m model refit --as-of 2023-09-21"


def test_the_app_never_loads_pymc():
    code = "import pages.ui.frame.opening, sys; sys.exit('pymc' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
