"""A day that is typed is taken by Enter; what cannot be taken stays, with the reason in words."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.frame import typed_day

PATIENCE = 20  # seconds
RANGE = "from 1 January 2021 to 10 May 2026."


def page():
    from datetime import date

    import streamlit as st

    from pages.ui.frame import typed_day

    def changed():
        st.session_state["changes"] = st.session_state.get("changes", 0) + 1

    st.session_state.setdefault("day", date(2023, 9, 21))
    days = date(2021, 1, 1), date(2026, 5, 10)
    typed_day.field("As of", "day", days, changed, may_be_empty="empty" in st.query_params)


@pytest.fixture
def app():
    return AppTest.from_function(page, default_timeout=PATIENCE).run()


def typed(app, text):
    """The page once a text was typed in and taken by Enter."""
    return app.text_input(key="day: typed").set_value(text).run()


@pytest.mark.parametrize(
    "text", ["2024-05-01", "2024/5/1", "1.5.2024", "1 May 2024", " 1 may 2024"]
)
def test_a_typed_day_is_taken_in_each_form_and_shown_as_the_calendar_does(app, text):
    typed(app, text)
    assert app.date_input(key="day").value == date(2024, 5, 1)
    assert app.text_input(key="day: typed").value == "2024-05-01"
    assert app.session_state["changes"] == 1 and not app.error


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2031-05-10", f"10 May 2031 is after 10 May 2026; choose a day {RANGE}"),
        ("1.1.2020", f"1 January 2020 is before 1 January 2021; choose a day {RANGE}"),
        ("2024-02-30", f"“2024-02-30” is no day; write one as 2026-05-10, {RANGE}"),
        ("", f"“” is no day; write one as 2026-05-10, {RANGE}"),
    ],
)
def test_what_cannot_be_taken_stays_with_the_range_in_words(app, text, said):
    typed(app, text)
    assert [error.value for error in app.error] == [said]
    assert app.text_input(key="day: typed").value == text
    assert app.date_input(key="day").value == date(2023, 9, 21)
    assert "changes" not in app.session_state
    app.date_input(key="day").set_value(date(2024, 1, 1)).run()  # in the calendar
    assert not app.error and app.text_input(key="day: typed").value == "2024-01-01"


def test_typing_the_day_that_is_shown_takes_the_refusal_away(app):
    typed(typed(app, "never"), "2023-09-21")
    assert not app.error and "changes" not in app.session_state


def test_a_day_that_may_be_none_is_emptied_by_an_empty_field():
    app = AppTest.from_function(page, default_timeout=PATIENCE)
    app.query_params["empty"] = "yes"
    typed(app.run(), "")
    assert app.date_input(key="day").value is None and app.session_state["changes"] == 1


def test_what_is_no_day_is_read_as_none():
    assert typed_day.read("31.4.2024") is None and typed_day.read("tomorrow") is None


def bounded():
    from datetime import date

    import streamlit as st

    from pages.ui.frame import typed_day

    last = date.fromisoformat(st.query_params["last"])
    typed_day.keep("day", last, (date(2021, 1, 1), last))
    st.write(st.session_state["day"])


def test_a_day_stays_within_the_days_that_another_control_leaves():
    app = AppTest.from_function(bounded, default_timeout=PATIENCE)
    app.query_params["last"] = "2026-05-10"
    assert app.run().session_state["day"] == date(2026, 5, 10)  # none was held: the default
    app.query_params["last"] = "2023-09-21"
    assert app.run().session_state["day"] == date(2023, 9, 21)
    app.query_params["last"] = "2024-05-01"
    assert app.run().session_state["day"] == date(2023, 9, 21)
