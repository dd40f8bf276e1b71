"""Days in every usual form are one day; a column that cannot tell is refused."""

import pytest

from model.intake.days import read_days
from model.intake.sheets import Unreadable


@pytest.mark.parametrize(
    "text",
    [
        "2023-09-21",
        "2023-09-21 00:00:00.000",
        "2023-09-21T08:00:00Z",
        "21/09/2023",
        "21.9.2023",
        "9/21/2023",
        "9/21/2023 0:00",
        "21 September 2023",
        "21 Sep 2023",
        "September 21, 2023",
        "21-Sep-23",
        "21-Sep-2023",
    ],
)
def test_every_usual_form_is_the_same_day(text):
    assert read_days([text], "here") == ["2023-09-21"]


def test_one_day_past_the_twelfth_tells_the_order_of_the_whole_column():
    assert read_days(["03/04/2023", "21/09/2023"], "here") == ["2023-04-03", "2023-09-21"]
    assert read_days(["03/04/2023", "9/21/2023"], "here") == ["2023-03-04", "2023-09-21"]


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [(["3/4/2023"], "may be March or April"), (["21/9/2023", "9/21/2023"], "are mixed")],
)
def test_a_column_that_cannot_tell_is_refused_and_the_mapping_can_say(texts, wrong):
    with pytest.raises(Unreadable, match=wrong):
        read_days(texts, "mine.csv, column 'date'")
    assert read_days(["3/4/2023"], "here", day_first=True) == ["2023-04-03"]


@pytest.mark.parametrize("text", ["2023-09", "Sep-23", "Sep-2023", "September 2023"])
def test_a_month_stays_a_month_whatever_excel_makes_of_it(text):
    assert read_days([text], "here") == ["2023-09"]


@pytest.mark.parametrize("text", ["21/09/23", "9.8.23", "23/09/21"])
def test_a_year_of_two_digits_is_refused_once_and_not_guessed(text):
    with pytest.raises(Unreadable, match="here: '.*' has a year of two digits; write days as 2023"):
        read_days(["2023-09-21", text, text], "here")


def test_a_month_and_what_is_no_day_are_left_as_they_are():
    assert read_days(["2023-09", "soon", ""], "here") == ["2023-09", "soon", ""]
