"""Days, model months and years: on which day a month starts, and in which month a day falls.

A model month is a twelfth of a year. Month m of a forecast starts, and month m - 1 ends, round(m *
30.4375) days after the as-of day; a half goes to the even day.
"""

from datetime import date

import numpy as np
from numpy.typing import ArrayLike

YEAR_DAYS = 365.25
MONTH_DAYS = YEAR_DAYS / 12


def month_starts(months: int) -> np.ndarray:
    """(months,) whole days after the as-of day on which each month starts: 0, 30, 61, 91, ..."""
    return np.round(np.arange(months) * MONTH_DAYS).astype(int)


def months_of(days: ArrayLike, months: int) -> np.ndarray:
    """The month, 0 to `months` - 1, in which each day falls, in the shape of `days`.

    days: whole days after the as-of day, 0 or later. A month's first day belongs to it; days after
    the last month's start fall in the last.
    """
    return np.searchsorted(month_starts(months), days, side="right") - 1


def learned_month(as_of: date, day: date, last: int) -> int:
    """The month, 1 to `last`, at whose start a level learned on `day` counts: the first not before.

    What is learned within a month counts at its end; on the as-of day, at the end of its first.
    """
    # One start more than there are months: the last is the end of the last month.
    first = np.searchsorted(month_starts(last + 1), (day - as_of).days, side="left")
    return int(np.clip(first, 1, last))
