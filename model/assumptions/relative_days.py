"""Days of a set that count from the as-of day: `+55 days` is the day that far after it.

A set whose days are written so can be asked as of any day. Only files have them: a set that was
read holds plain days, and so do its links.
"""

import re
from datetime import date, timedelta
from typing import Any

DAYS = ("from", "until", "by", "on", "date")
COUNTED = re.compile(r"([+-]\d{1,4}) days?")


def dated(content: dict, as_of: date | None) -> dict:
    """A set's content as its file has it, each day that counts from `as_of` as that day's text.

    Raises ValueError, one plain line, where there is such a day and `as_of` is None, or so late
    that there is no such day.
    """
    return {
        kind: [_table(table, as_of) for table in tables] if isinstance(tables, list) else tables
        for kind, tables in content.items()
    }


def _table(table: Any, as_of: date | None) -> Any:
    if not isinstance(table, dict):
        return table
    days = {key: _day(table[key], as_of) for key in DAYS if key in table}
    if isinstance(path := table.get("path"), list):
        days["path"] = [_table(step, as_of) for step in path]
    return table | days


def _day(value: Any, as_of: date | None) -> Any:
    counted = COUNTED.fullmatch(value) if isinstance(value, str) else None
    if counted is None:
        return value
    if as_of is None:
        raise ValueError(
            f"{value!r} counts from the as-of day, which is not known here; write the day, such "
            "as 2023-12-01"
        )
    try:
        return (as_of + timedelta(days=int(counted[1]))).isoformat()
    except OverflowError:
        raise ValueError(f"{value!r} from {as_of} lies beyond the calendar's last day") from None
