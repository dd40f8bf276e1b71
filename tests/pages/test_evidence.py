"""The Evidence page in each of its states, with the run of the real evidence."""

import shutil
import threading
from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from briefing.words import evidence as words
from model.scenario import SCENARIO_FOLDER
from pages.ui.assumptions import what_if
from pages.ui.evidence import coding, leave_out
from pages.ui.work import pulling
from tests.pages.test_assumptions import set_of
from tests.pages.test_pages import ROOT, charts, text

PATIENCE = 60


@pytest.fixture(autouse=True)
def home(fitted_home, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))


def opened(**link) -> AppTest:
    app = AppTest.from_file(ROOT / "pages" / "evidence.py", default_timeout=PATIENCE)
    for name, value in link.items():
        app.query_params[name] = value
    return app.run()


def captions(app: AppTest) -> list[str]:
    return [caption.value for caption in app.caption]


def events(app: AppTest):
    return next(frame.value for frame in app.dataframe if "What happened" in frame.value)


def test_a_cold_link_shows_the_timeline_a_driver_and_every_event():
    app = opened()
    assert not app.exception and len(charts(app)) == 2
    assert "171 reports, 160 of them independent" in text(app)
    assert len(events(app)) == 171


@pytest.mark.parametrize(
    ("known", "said"),
    [(2, ""), (3, "One more event is known, but bears on no driver."), (4, "Two more events")],
)
def test_events_of_no_driver_are_counted_beside_the_reports(known, said):
    # two events, one of them coded to two drivers
    sentence = words.uncoded(pd.DataFrame({"event": ["E1", "E1", "E2"]}), known)
    assert sentence.startswith(said) and bool(sentence) == bool(said)


def test_a_link_holds_driver_sources_and_search():
    app = opened(driver="Western mediation", q="Brussels")
    table = events(app)
    assert 0 < len(table) < 20
    assert table["Evidence about"].str.contains("Western mediation").all()
    assert "Western mediation over time" in [heading.value for heading in app.subheader]


def test_what_is_not_there_is_said():
    app = opened(q="zeppelin")
    assert "No event fits." in app.info[0].value and not charts(app)


def test_every_event_has_a_source_that_opens():
    assert events(opened())["Link"].str.match("https?://").all()


def test_a_source_is_left_out_and_kept_in_the_assumptions():
    app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE).run()
    app.switch_page("pages/evidence.py").run()
    source = events(app)["Source"].value_counts().index[-1]
    app.multiselect(key="sources_shown").set_value([source]).run()
    app.toggle(key="without_sources").set_value(True).run()
    assert "The forecast without them" in [heading.value for heading in app.subheader]
    warnings = "".join(warning.value for warning in app.warning)
    assert "Reweighted at once" in text(app) + warnings
    app.button(key="keep_left_out").click().run()
    assert [left.source for left in set_of(app).left_out] == [source]
    assert app.title[0].value == "What if you see it differently?"


def test_too_many_at_once_are_refused_in_a_line(monkeypatch):
    monkeypatch.setattr(leave_out, "MOST_EVENTS", 0)
    app = opened()
    source = events(app)["Source"].iloc[0]
    app.multiselect(key="sources_shown").set_value([source]).run()
    app.toggle(key="without_sources").set_value(True).run()
    assert "Choose up to 0" in app.warning[0].value


@pytest.mark.slow
def test_one_countrys_media_are_left_out_and_kept_in_the_assumptions():
    app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE).run()
    app.switch_page("pages/evidence.py").run()
    app.multiselect(key="media").set_value(["Iran"]).run()
    assert set(events(app)["Media of"]) == {"Iran"}
    app.toggle(key="without_media").set_value(True).run()
    assert "The forecast without them" in [heading.value for heading in app.subheader]
    app.button(key="keep_left_out").click().run()
    assert [left.country for left in set_of(app).left_out] == ["Iran"]
    assert "Leave out the media of Iran" in text(app)


def described(app: AppTest, what: str, strength: float) -> None:
    """Fill in the what-if event."""
    field(app.text_input, "What happened").set_value(what).run()
    field(app.multiselect, "Drivers that it is evidence about").set_value(
        ["russian_commitment"]
    ).run()
    field(app.selectbox, "how strongly").set_value(strength).run()


def field(among, label: str):
    return next(control for control in among if label in control.label)


def test_a_what_if_event_has_no_side_until_one_is_chosen():
    app = opened()
    before = len(charts(app))
    field(app.multiselect, "Drivers that it is evidence about").set_value(
        ["russian_commitment"]
    ).run()
    assert captions(app)[-2] == (
        "Still to say: how strongly it moves Russia's commitment to Armenia; what happened."
    )
    field(app.text_input, "What happened").set_value("Russia closes its base").run()
    assert field(app.selectbox, "how strongly").value is None and len(charts(app)) == before


def test_the_strength_of_a_what_if_event_says_which_way_it_moves_the_driver():
    said = [what_if._in_words(strength) for strength in (3.0, 1.5, 0.0, -1.0)]
    assert said == [
        "+3: raises it, a turning point",
        "+1.5: raises it",
        "0: moves nothing",
        "−1: lowers it, a statement or small step",
    ]


def test_a_what_if_event_is_known_on_a_typed_day_and_no_later_than_the_pages_day():
    app = opened()
    field(app.text_input, "Known on").set_value("2023-09-22").run()
    (error,) = app.error
    assert error.value.startswith("22 September 2023 is after 21 September 2023; choose a day from")
    field(app.text_input, "Known on").set_value("1 Mar 2023").run()
    assert not app.error and field(app.date_input, "Known on").value == date(2023, 3, 1)


def test_a_what_if_event_moves_the_headline_and_is_kept():
    app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE).run()
    app.switch_page("pages/evidence.py").run()
    before = len(charts(app))
    described(app, "Russia closes its base", -3.0)
    assert not app.exception and len(charts(app)) == before + 1
    assert "Filled: with the event." in text(app)
    app.button(key="keep_what_if").click().run()
    (event,) = set_of(app).events
    assert (event.what, event.driver, event.strength) == (
        "Russia closes its base",
        "russian_commitment",
        -3.0,
    )
    assert event.date == date(2023, 9, 21)
    assert app.title[0].value == "What if you see it differently?"
    assert "Add the event “Russia closes its base”" in text(app)
    field(app.pills, "Remove").set_value(0).run()
    assert set_of(app).is_empty


@pytest.mark.slow
def test_a_what_if_event_can_be_added_on_the_assumptions_page():
    app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE)
    app.query_params["part"] = "Evidence"
    app.run().switch_page("pages/assumptions.py")
    app.query_params["part"] = "Evidence"
    app.run()
    assert app.button(key="add_event").disabled
    described(app, "Russia closes its base", -1.5)
    app.button(key="add_event").click().run()
    assert [event.strength for event in set_of(app).events] == [-1.5]
    assert not app.exception


def test_the_months_shown_are_in_the_link_and_cut_the_table():
    app = opened()
    app.select_slider(key="months").set_value(("Jan 2023", "Mar 2023")).run()
    assert "1 January 2023 to 31 March 2023." in text(app)
    days = events(app)["Date"]
    assert (days >= date(2023, 1, 1)).all() and (days <= date(2023, 3, 31)).all()


def timeline_alone():
    """The window by itself, with an as-of day that a test sets."""
    from datetime import date

    import streamlit as st

    from pages.ui.evidence import window

    as_of = st.session_state.get("day", date(2023, 9, 21))
    st.write(" to ".join(map(str, window.months_shown(date(2020, 9, 27), as_of))))


def on(app: AppTest, day: date) -> str:
    app.session_state["day"] = day
    return app.run().markdown[0].value


def test_a_whole_window_stays_whole_and_one_that_no_longer_fits_is_opened():
    app = AppTest.from_function(timeline_alone, default_timeout=PATIENCE).run()
    assert app.markdown[0].value == "2020-09-01 to 2023-09-21"
    assert on(app, date(2024, 5, 2)) == "2020-09-01 to 2024-05-02"
    app.select_slider[0].set_value(("Mar 2024", "Apr 2024")).run()
    assert on(app, date(2024, 6, 1)) == "2024-03-01 to 2024-04-30"
    assert on(app, date(2023, 9, 21)) == "2020-09-01 to 2023-09-21"


@pytest.fixture
def made_up_pulls(monkeypatch):
    """The work as a test wants it: it waits for `go`, then gives every event a pull of a point."""
    go = threading.Event()

    def event_pulls(run, deadline, report):
        report(0.5)
        assert go.wait(PATIENCE)
        report(0.75)
        rows = pulling_events(run)
        return pd.DataFrame(
            {
                "event": rows,
                "outcome": "peace_treaty",
                "pull": 0.01,
                "mcse": 0.0001,
                "khat": 0.1,
                "effective_draws": 3900.0,
            }
        )

    monkeypatch.setattr("model.inspect.event_pulls.event_pulls", event_pulls)
    return go


def pulling_events(run) -> list[str]:
    return list(run.evidence.events["event"])


def pulled() -> AppTest:
    """The page of a link that asks for the pulls, once a visitor has pressed for them."""
    app = opened(pull="true", outcome="Peace treaty")
    assert not works()
    return app.button(key="pull_now").click().run()


def works():
    return list(pulling._works().values())


def test_pulls_are_found_beside_the_page_then_drawn_and_put_in_the_table(made_up_pulls):
    app = pulled()
    assert app.button(key="cancel_pull") and len(charts(app)) == 2
    assert "Pull on Peace treaty, points" not in events(app)
    made_up_pulls.set()
    finished(works()[0])
    app.run()
    assert len(charts(app)) == 3 and not app.exception
    assert (events(app)["Pull on Peace treaty, points"] == 1).all()
    assert "pulls by +1.00 points" in text(app)


def finished(work) -> None:
    for _ in range(200):
        if work.table is not None or work.problem:
            return
        threading.Event().wait(0.05)
    raise AssertionError("the work did not end")


def test_the_work_is_cancelled_and_started_again(made_up_pulls):
    app = pulled()
    (work,) = works()
    app.button(key="cancel_pull").click().run()
    assert "cancelled" in app.warning[0].value and work.ended.is_set()
    made_up_pulls.set()
    app.button(key="pull_again").click().run()
    (again,) = works()
    finished(again)
    assert again is not work and again.table is not None and work.table is None


def test_a_work_that_fails_is_said_in_a_line(monkeypatch):
    def fails(run, deadline, report):
        raise ValueError("no draws")

    monkeypatch.setattr("model.inspect.event_pulls.event_pulls", fails)
    app = pulled()
    finished(works()[0])
    app.run()
    warning = app.warning[0].value
    assert warning.startswith("The pulls could not be found") and warning.endswith("no draws")


def coded(app: AppTest) -> AppTest:
    """The page with a what-if event that is also on a page of a source that is known."""
    app.text_input[1].input("Leaders name a day for signing").run()
    next(m for m in app.multiselect if m.label.startswith("Drivers that")).set_value(
        ["negotiation_momentum"]
    ).run()
    field(app.selectbox, "how strongly").set_value(1.0).run()
    next(s for s in app.selectbox if s.label == "Source").set_value("Trend")
    next(t for t in app.text_input if t.label == "Address of the page").input(
        "https://www.trend.az/a"
    )
    return app.run()


@pytest.mark.slow
def test_an_event_is_coded_beside_the_drivers_sentences_and_checked_like_every_import():
    app = coded(opened())
    assert "a weight of +1 moves it up" in text(app)
    levels = next(c.value for c in app.caption if c.value.startswith("- -2:"))
    assert levels.count("\n") == 4 and "+2: Leaders settle a hard question" in levels
    assert not [button for button in app.button if button.label == "Write it"]
    next(button for button in app.button if button.label == "Check it").click().run()
    (told,) = [code.value for code in app.code]
    assert "events.csv: 1 row added" in told and "--write" not in told
    assert "Nothing is written yet." in [caption.value for caption in app.caption]


@pytest.mark.slow
def test_a_server_that_allows_it_writes_what_was_coded(tmp_path, monkeypatch):
    folder = tmp_path / "scenario"
    shutil.copytree(SCENARIO_FOLDER, folder)
    monkeypatch.setattr(coding, "SCENARIO_FOLDER", folder)
    monkeypatch.setenv(coding.ALLOWED, "1")
    app = coded(opened())
    (folder / "sources.csv").rename(folder / "away.csv")
    next(button for button in app.button if button.label == "Check it").click().run()
    assert not app.exception and "the file is missing" in app.error[0].value
    (folder / "away.csv").rename(folder / "sources.csv")
    next(button for button in app.button if button.label == "Write it").click().run()
    assert "Leaders name a day for signing" in (folder / "events.csv").read_text(encoding="utf-8")


def test_a_window_of_1280_pixels_shows_what_each_event_is_evidence_about():
    # measured in Chromium: the page is 853 pixels wide there, and the ticks take 36
    assert sum(leave_out.WIDTHS.values()) + 36 <= 853
    assert list(leave_out.WIDTHS)[-1] == "Evidence about"
