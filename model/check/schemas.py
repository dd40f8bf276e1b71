"""The schema of every CSV: one pandera schema per table, over the text of its cells.

Slow to import (pandera): only `check` and what runs it should. To add a column, add it here and to
the file. Nothing here names an outcome, a driver or a class: these come from the scenario.
"""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
import pandera.pandas as pa

DAY = r"\d{4}-\d{2}-\d{2}"


class Cell(NamedTuple):
    """What a cell must hold: a test over a column of text, and the words for when it fails."""

    test: Callable[[pd.Series], pd.Series]
    wrong: str
    expected: str
    advice: str


def _matches(pattern: str) -> Callable[[pd.Series], pd.Series]:
    return lambda text: text.str.fullmatch(pattern)


def _dates(pattern: str, form: str) -> Callable[[pd.Series], pd.Series]:
    # The pattern first: to_datetime alone takes 2023-9-1; and 2023-02-30 fits the pattern.
    def are_dates(text: pd.Series) -> pd.Series:
        return (
            text.str.fullmatch(pattern) & pd.to_datetime(text, format=form, errors="coerce").notna()
        )

    return are_dates


def _one_of(*words: str) -> Cell:
    expected = "one of " + ", ".join(words)
    return Cell(lambda text: text.isin(words), "is not allowed here", expected, "choose one")


def _number(test: Callable[[pd.Series], pd.Series], expected: str) -> Cell:
    # "inf" is a number to pandas; here nothing is endless.
    def holds(text: pd.Series) -> pd.Series:
        numbers = pd.to_numeric(text, errors="coerce")
        return numbers.notna() & numbers.abs().ne(float("inf")) & test(numbers)

    return Cell(holds, "is not allowed here", expected, "correct the number")


def _day(advice: str = "correct the date") -> Cell:
    return Cell(_dates(DAY, "%Y-%m-%d"), "is not a day", "a day as YYYY-MM-DD", advice)


TEXT = Cell(_matches(r"(?s).*\S.*"), "says nothing", "words", "write it")
ID = Cell(_matches(r"\S+"), "is no id", "an id without spaces", "rename it")
IDS = Cell(_matches(r"[^\s;]+(;[^\s;]+)*"), "is no list of ids", "ids joined by ;", "rewrite it")
URL = Cell(_matches(r"https?://\S+"), "is no web address", "http://… or https://…", "correct it")
DATE = _day()
MONTH = Cell(_dates(r"\d{4}-\d{2}", "%Y-%m"), "is not a month", "YYYY-MM", "correct the month")
COUNT = _number(lambda n: (n >= 0) & (n % 1 == 0), "a whole number from 0 up")
YEARS = _number(lambda n: n >= 0, "a number of years from 0 up")
EXPOSURE = _number(lambda n: n > 0, "a number of years above 0")
PROBABILITY = _number(lambda n: n.between(0, 1), "a probability from 0 to 1")
WEIGHT = _number(lambda n: n.between(-3, 3) & (n % 1 == 0), "a whole number from -3 to 3")
FLAG = _one_of("0", "1")


def _column(cell: Cell, optional: bool) -> pa.Column:
    def holds(text: pd.Series) -> pd.Series:
        return (text.eq("") & optional) | cell.test(text).astype(bool)

    error = f"{cell.wrong}; expected {cell.expected}; {cell.advice}"
    return pa.Column(str, pa.Check(holds, error=error))


def _table(
    unique: list[str] | None, may_be_blank: dict[str, Cell], **cells: Cell
) -> pa.DataFrameSchema:
    """A schema that knows all its columns; `unique` columns together tell rows apart."""
    columns = {name: _column(cell, optional=False) for name, cell in cells.items()}
    columns |= {name: _column(cell, optional=True) for name, cell in may_be_blank.items()}
    # Of two rows alike the first may stand; the later is the one to change.
    return pa.DataFrameSchema(
        columns, strict=True, unique=unique, report_duplicates="exclude_first"
    )


TABLES = {
    "events": _table(
        ["event"],
        {},
        event=ID,
        date=DATE,
        precision=_one_of("day", "month"),
        known_on=DATE,
        actors=IDS,
        kind=ID,
        what_happened=TEXT,
        reliability=_one_of("A", "B", "C", "D"),
        origin=ID,
        source=TEXT,
        source_url=URL,
    ),
    "codings": _table(
        ["event", "driver"],
        {"note": TEXT},
        event=ID,
        driver=ID,
        first_coder=WEIGHT,
        second_coder=WEIGHT,
        reason=TEXT,
    ),
    "sources": _table(
        ["source"],
        {"note": TEXT},
        source=TEXT,
        country=TEXT,
        kind=_one_of(
            "government",
            "state media",
            "public broadcaster",
            "agency",
            "outlet",
            "diaspora press",
            "research",
            "civil society",
            "encyclopedia",
            "aggregator",
        ),
    ),
    "reference_cases": _table(
        ["case"],
        {"entry_years": YEARS, "traits": IDS},
        case=ID,
        **{"class": ID},
        title=TEXT,
        start=DATE,
        end=DATE,
        event=FLAG,
        at_once=FLAG,
        comparable=TEXT,
        quality=_one_of("strong", "medium", "weak"),
        source=TEXT,
        source_url=URL,
    ),
    "case_codings": _table(
        ["case", "trait"],
        {"note": TEXT},
        case=ID,
        trait=ID,
        first_reader=FLAG,
        second_reader=FLAG,
        reason=TEXT,
        source=TEXT,
        source_url=URL,
    ),
    "reference_rates": _table(
        ["class", "cell"],
        {"from_years": YEARS, "to_years": YEARS, "traits": IDS},
        **{"class": ID},
        cell=ID,
        events=COUNT,
        exposure_years=EXPOSURE,
        known_on=DATE,
        comparable=TEXT,
        source=TEXT,
        source_url=URL,
    ),
    "battle_deaths": _table(
        ["month", "place"],
        {},
        month=MONTH,
        place=TEXT,
        deaths=COUNT,
        unassigned_in_year=COUNT,
        known_on=DATE,
        source=TEXT,
        source_url=URL,
    ),
    "border_clashes": _table(
        ["date", "place"],
        {"deaths_armenia": COUNT, "deaths_azerbaijan": COUNT, "deaths": COUNT, "note": TEXT},
        date=DATE,
        place=TEXT,
        in_armenia_proper=FLAG,
        known_on=DATE,
        source_url=URL,
    ),
    "crowd": _table(
        ["date", "question"],
        {"resolved": FLAG},
        date=DATE,
        question=TEXT,
        probability=PROBABILITY,
        platform=TEXT,
        closes=DATE,
        source_url=URL,
    ),
    "resolutions": _table(
        ["outcome"],
        {"date": DATE, "note": TEXT, "source_url": URL},
        outcome=ID,
        status=_one_of("happened", "not_happened", "open"),
        known_on=DATE,
        rule=TEXT,
    ),
    "claims": _table(
        ["claim"],
        {"to": ID},
        claim=ID,
        actor=TEXT,
        says=TEXT,
        kind=_one_of("evidence", "effect", "link"),
        **{"from": ID},
        sign=_one_of("+1", "-1"),
        contested=_one_of("yes", "no"),
    ),
    "published_judgements": _table(
        None,
        {"probability": PROBABILITY},
        date=DATE,
        known_on=DATE,
        outcomes=IDS,
        forecaster=TEXT,
        judgement=TEXT,
        source_url=URL,
    ),
}
