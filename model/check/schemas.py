"""The schema of every CSV: one pandera schema per table, over the text of its cells.

Slow to import (pandera): only `check` and what runs it should. To add a column, add it here and to
the file. Nothing here names an outcome, a driver or a class: these come from the scenario.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pandas as pd
import pandera.pandas as pa

from model.evidence.collected import TOLD
from model.scenario.plain_text import HIDDEN

# Digits of ASCII alone: Python takes those of every script, readers of a CSV do not.
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
NUMBER = r"[+-]?([0-9]{1,15}(\.[0-9]{0,15})?|\.[0-9]{1,15})"
SOURCE_KINDS = (
    "government;state media;public broadcaster;agency;outlet;diaspora press;research;"
    "civil society;encyclopedia;aggregator"
).split(";")
LONGEST = 20_000  # characters of a cell
RECENT, HISTORIC = "1990-01-01", "1800-01-01"  # no event, and no reference case, is older
ZEROS = ("1899-12-30", "1899-12-31")  # what a spreadsheet makes of a blank that it takes for a day


class Cell(NamedTuple):
    """What a cell must hold: a test over a column of text, and the words for when it fails.

    also: what is asked of those that pass.
    """

    test: Callable[[pd.Series], pd.Series]
    wrong: str
    expected: str
    advice: str
    also: tuple["Cell", ...] = ()


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
    # By its form first: "inf" and "1e30" are numbers to pandas.
    def holds(text: pd.Series) -> pd.Series:
        numbers = pd.to_numeric(text.where(text.str.fullmatch(NUMBER)), errors="coerce")
        return numbers.notna() & test(numbers)

    return Cell(holds, "is not allowed here", expected, "correct the number")


def _between(first: str, days_ahead: int) -> tuple[Cell, ...]:
    """Days and months from `first` to so many days after today, as texts that sort by time."""

    def have_come(text: pd.Series) -> pd.Series:
        last = datetime.now(UTC).date() + timedelta(days=1 + days_ahead)  # a day for time zones
        return text <= last.isoformat()

    def are_late_enough(text: pd.Series) -> pd.Series:
        return (text >= first[:7]) & ~text.isin(ZEROS)

    latest = f"a day within {days_ahead} days" if days_ahead else "a day up to today"
    return (
        Cell(have_come, "lies in the future", latest, "correct the year"),
        Cell(are_late_enough, "lies too far back", f"{first} or later", "correct the year"),
    )


def _day(first: str = RECENT, days_ahead: int = 0) -> Cell:
    dates = _dates(DAY, "%Y-%m-%d")
    also = _between(first, days_ahead)
    return Cell(dates, "is not a day", "a day as YYYY-MM-DD", "correct the date", also)


TEXT = Cell(_matches(r"(?s).*\S.*"), "says nothing", "words", "write it")
ID = Cell(_matches(r"\S+"), "is no id", "an id without spaces", "rename it")
IDS = Cell(_matches(r"[^\s;]+(;[^\s;]+)*"), "is no list of ids", "ids joined by ;", "rewrite it")
URL = Cell(_matches(r"https?://\S+"), "is no web address", "http://… or https://…", "correct it")
DATE, OLD_DATE = _day(), _day(HISTORIC)
ANNOUNCED = _day(days_ahead=3 * 366)  # some events are known before the day they happen
CLOSING = _day(days_ahead=30 * 366)
MONTH = Cell(
    _dates(r"[0-9]{4}-[0-9]{2}", "%Y-%m"),
    "is not a month",
    "YYYY-MM",
    "correct the month",
    _between(RECENT, 0),
)
COUNT = _number(
    lambda n: n.between(0, 10_000_000) & (n % 1 == 0), "a whole number from 0 up, below 10 million"
)
YEARS = _number(lambda n: n.between(0, 1000), "a number of years from 0 up, to 1,000")
EXPOSURE = _number(
    lambda n: (n > 0) & (n <= 1_000_000), "a number of years above 0, up to a million"
)
PROBABILITY = _number(lambda n: n.between(0, 1), "a probability from 0 to 1")
WEIGHT = _number(lambda n: n.between(-3, 3) & (n % 1 == 0), "a whole number from -3 to 3")
FLAG = _one_of("0", "1")
# Of every cell: such text would vanish from, or spoil, each page and file that shows it.
SHOWN = Cell(
    lambda text: text.map(lambda cell: len(cell) <= LONGEST and not HIDDEN.search(cell)),
    "is too long or holds a character that cannot be seen",
    f"plain text of at most {LONGEST:,} characters",
    "write it anew",
)


def _column(cell: Cell, optional: bool) -> pa.Column:
    seen = SHOWN.test

    def check(asked: Cell, before: Callable[[pd.Series], pd.Series]) -> pa.Check:
        def holds(text: pd.Series) -> pd.Series:
            # One fault per cell: what failed an earlier test is not asked this one.
            passed = (text.eq("") & optional) | ~before(text).astype(bool)
            return passed | asked.test(text).astype(bool)

        error = f"{asked.wrong}; expected {asked.expected}; {asked.advice}"
        return pa.Check(holds, error=error)

    further = [check(each, cell.test) for each in cell.also]
    return pa.Column(str, [check(SHOWN, _always), check(cell, seen), *further])


def _always(text: pd.Series) -> pd.Series:
    return pd.Series(True, index=text.index)


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
        date=ANNOUNCED,
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
        {"note": TEXT, "second_coder": WEIGHT},  # blank until a second coder has read
        event=ID,
        driver=ID,
        first_coder=WEIGHT,
        reason=TEXT,
    ),
    "sources": _table(
        ["source"],
        {"note": TEXT},
        source=TEXT,
        country=TEXT,
        kind=_one_of(*SOURCE_KINDS),
    ),
    "reference_cases": _table(
        ["case"],
        {"entry_years": YEARS, "traits": IDS},
        case=ID,
        **{"class": ID},
        title=TEXT,
        start=OLD_DATE,
        end=OLD_DATE,
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
        known_on=OLD_DATE,
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
        closes=CLOSING,
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
    "collected": _table(
        ["what"],
        {"note": TEXT},
        what=_one_of(*TOLD),
        collected_to=DATE,
    ),
    "quarantine": _table(
        ["table", "id"], {"source_url": URL}, table=ID, id=TEXT, date=DATE, what=TEXT, why=TEXT
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
