"""Days as people and publishers write them, read as one form: 2023-09-21, or 2023-09."""

import calendar
import re
from datetime import date, datetime

from model.intake.sheets import Unreadable

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.*)?")  # a time of day is dropped
MONTH = re.compile(r"\d{4}-\d{2}")
BY_PARTS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: \d{1,2}:\d{2}.*)?")
IN_WORDS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y")
MONTHS = 12


def read_days(texts: list[str], where: str, day_first: bool | None = None) -> list[str]:
    """Each text as YYYY-MM-DD or YYYY-MM; one that is no day is returned as it is.

    where: file and column, for the message. Of days as 3/4/2023 the column tells which number is
    the day, unless `day_first` does. Raises Unreadable where the column cannot tell.
    """
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
    for form in IN_WORDS:
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return text


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
