"""A driver's setting with another verb, day or level, written as it was where it says the same."""

from collections.abc import Sequence
from datetime import date

from model.assumptions import Dated, DriverAssumption

Levels = Sequence[tuple[date, float]]  # each with the day that it begins, the earliest first


def with_verb(assumed: DriverAssumption, verb: str, as_of: date) -> DriverAssumption:
    """The assumption under another verb; a day that was the verb's own becomes the other's.

    An end that would not be after its levels is dropped.
    """
    changed = assumed.model_copy(update={"verb": verb})
    last = changed.levels(as_of)[-1][0]
    late = changed.until is not None and changed.until <= last
    return changed.model_copy(update={"until": None}) if late else changed


def of_levels(
    id: str, verb: str, levels: Levels, before: DriverAssumption | None, as_of: date
) -> DriverAssumption:
    """The assumption of these levels, written as it was `before` where it says the same.

    Its end stays, unless a level now begins on it or later.
    """
    until = before.until if before and before.until and before.until > levels[-1][0] else None
    if len(levels) > 1:
        path = tuple(Dated(from_=day, level=level) for day, level in levels)
        return DriverAssumption(id=id, path=path, until=until, verb=verb)
    ((day, level),) = levels
    undated = DriverAssumption(id=id, level=level, until=until, verb=verb)
    same = before is not None and not before.path and day == before.levels(as_of)[0][0]
    by_default = day == undated.levels(as_of)[0][0]
    from_ = before.from_ if same else None if by_default else day
    return undated.model_copy(update={"from_": from_})
