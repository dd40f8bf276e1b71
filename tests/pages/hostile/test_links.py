"""A link of anybody's opens a page on which nothing that it says is markup, with the real run."""

import re

import pytest

from model.assumptions import AddedEvent, Assumptions, DriverAssumption, files
from tests.pages.hostile.markup import HOSTILE, acting, told
from tests.pages.test_pages import opened
from tests.slow_cases import slow_but

SET = Assumptions(
    name=HOSTILE,
    about=HOSTILE,
    claims=(HOSTILE[:60],),
    drivers=(DriverAssumption(id="russian_commitment", level=-1.0),),
    events=(AddedEvent(what=HOSTILE, date="2023-09-01", driver="turkish_backing", strength=1),),
)


@pytest.fixture(autouse=True)
def home(fitted_home, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))


@pytest.mark.parametrize(
    "page", slow_but(["assumptions", "compare", "brief", "evidence", "forecast"], ["assumptions"])
)
def test_nothing_of_a_hostile_set_is_markup(page):
    app = opened(page, set=files.to_link(SET))
    assert not app.exception
    assert acting(app) == []
    assert [text for text in told(app) if "claims that are not among the" in text]


def test_a_link_that_names_what_is_not_there_says_so_without_markup():
    driver = DriverAssumption(id="<b>![x](https://x.example)", level=1.0)
    app = opened("assumptions", set=files.to_link(Assumptions(drivers=(driver,))))
    assert not app.exception
    assert told(app) and acting(app) == []


@pytest.mark.parametrize("as_of", ["![x](https://x.example)", "<b>95</b>", "x" * 500])
def test_a_day_of_a_link_that_is_none_is_told_without_markup(as_of):
    app = opened("forecast", as_of=as_of)
    (error,) = app.error
    assert not re.search(r"(?<!\\)(!\[|<b>)", error.value) and len(error.value) < 250
