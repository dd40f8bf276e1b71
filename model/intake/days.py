"""Days as people and publishers write them, read as one form: 2023-09-21, or 2023-09."""

import calendar
import re
from datetime import date, datetime

from model.intake.sheets import Unreadable

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.*)?")  # a time of day is dropped
MONTH = re.compile(r"\d{4}-\d{2}")
BY_PARTS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: \d{1,2}:\d{2}.*)?")
SHORT_YEAR = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2}")
# 21-Sep-23 and Sep-23 are what Excel makes of 21 September 2023 and of 2023-09
DAYS_IN_WORDS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%d-%b-%Y", "%d-%b-%y")
MONTHS_IN_WORDS = ("%b-%y", "%b-%Y", "%b %Y", "%B %Y")
MONTHS = 12


def read_days(texts: list[str], where: str, day_first: bool | None = None) -> list[str]:
    """Each text as YYYY-MM-DD or YYYY-MM; one that is no day is returned as it is.

    where: file and column, for the message. Of days as 3/4/2023 the column tells which number is
    the day, unless `day_first` does. Raises Unreadable where the column cannot tell, and for years
    of two digits: 8/1/26 may begin with a year too.
    """
    if short := next((text for text in texts if SHORT_YEAR.fullmatch(text)), None):
        remedy = "write days as 2023-09-21, in Excel by the cell format yyyy-mm-dd"
        raise Unreadable(f"{where}: {short!r} has a year of two digits; {remedy}")
    parts = [(int(match[1]), int(match[2])) for t in texts if (match := BY_PARTS.fullmatch(t))]
    if day_first is None and parts:
        day_first = _day_first(parts, where)
    return [_day(text, bool(day_first)) for text in texts]


def _day_first(parts: list[tuple[int, int]], where: str) -> bool:
    first, second = (max(column) > MONTHS for column in zip(*parts, strict=True))
    if first and second:
        raise Unreadable(f"{where}: days as 21/9/2023 and as 9/21/2023 are mixed; write 2023-09-21")
    if not first and not second and any(left != right for left, right in parts):
        message = "no day is past the 12th, so 3/4/2023 may be March or April"
        remedy = "write 2023-04-03, or day_first = true or false in the mapping"
        raise Unreadable(f"{where}: {message}; {remedy}")
    return first


def _day(text: str, day_first: bool) -> str:
    if match := ISO.fullmatch(text):
        return "-".join(match.groups())
    if match := BY_PARTS.fullmatch(text):
        first, second, year = map(int, match.groups())
        day, month = (first, second) if day_first else (second, first)
        return f"{year:04}-{month:02}-{day:02}"
    in_words = _read(text, DAYS_IN_WORDS)
    if in_words is not None:
        return in_words.isoformat()
    month = _read(text, MONTHS_IN_WORDS)
    return text if month is None else f"{month:%Y-%m}"


def _read(text: str, forms: tuple[str, ...]) -> date | None:
    """The day by the first form that fits; None where none does."""
    for form in forms:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, as 2023-09-21."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def month_end(month: str) -> str:
    """The last day, as 2023-09-30, of a month as 2023-09."""
    year, number = map(int, month.split("-"))
    return f"{month}-{calendar.monthrange(year, number)[1]:02}"
