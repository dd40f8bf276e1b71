"""Rules of what is collected up to when: each table says it, and holds nothing later, and no gap.

Each takes the folder as text and yields one Problem per cell at fault; what a rule cannot read it
passes over.
"""

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise

from model.check.problem import Problem
from model.check.scenario_folder import ScenarioFolder, at, day
from model.evidence.collected import TOLD
from model.scenario.plain_text import counted

DAYS = {"events": "known_on", "border_clashes": "date", "resolutions": "date"}


def each_says_up_to_when(folder: ScenarioFolder) -> Iterator[Problem]:
    """Every table of the region's own record has its row in collected.csv.

    Deaths need none where the scenario does not say what they speak of.
    """
    listed = folder.column("collected", "what")
    spoken = folder.scenario is None or "deaths" in folder.scenario.raw
    wanted = [what for what in TOLD if spoken or what != "battle_deaths"]
    for what in wanted if listed is not None else ():
        if what not in listed:
            message = f"{what!r} has no row; expected the day up to which it is collected"
            yield at("collected", 1, "what", f"{message}; add it")


def nothing_is_later(folder: ScenarioFolder) -> Iterator[Problem]:
    """No row of a table is of a day past the one that it is collected to."""
    ends = _ends(folder)
    for table, column in DAYS.items():
        for row, text in folder.rows(table, column):
            if _is_past(day(text), ends.get(table)):
                yield at(table, row, column, _later(text, table, ends[table]))
    if folder.scenario is None:
        return
    for what, path in (("clocks", ("outcome", "clock")), ("switches", ("switch", "turn"))):
        for place, table in folder.scenario.tables(*path):
            known = str(table.get("known_on", table.get("date")))
            if _is_past(day(known), ends.get(what)):
                yield folder.scenario.problem(place, "date", _later(known, what, ends[what]))


def _ends(folder: ScenarioFolder) -> dict[str, date]:
    rows = folder.rows("collected", "what", "collected_to")
    return {what: end for _, what, text in rows if (end := day(text))}


def _is_past(of: date | None, end: date | None) -> bool:
    # a day in the future is told as that
    return bool(of and end and end < of <= datetime.now(UTC).date())


def _later(text: str, what: str, end: date) -> str:
    return (
        f"{text} is past {end}, the day that collected.csv has for {what}; "
        "expected that day or earlier; move it there, if all up to it is collected"
    )


def deaths_without_gaps(folder: ScenarioFolder) -> Iterator[Problem]:
    """Deaths have every month from the first to the one collected to, each with every place."""
    rows = list(folder.rows("battle_deaths", "month", "place"))
    firsts = {day(f"{month}-01") for _, month, _ in rows} - {None}
    for earlier, later in pairwise(sorted(firsts)):
        if _next(earlier) != later:
            message = f"no month between {earlier:%Y-%m} and {later:%Y-%m}; expected every month"
            line = next(row for row, month, _ in rows if month == f"{later:%Y-%m}")
            todo = "a quiet one has a row of 0; add them"
            yield at("battle_deaths", line, "month", f"{message}; {todo}")
    yield from _missing_places(rows)
    yield from _deaths_end(folder, max(firsts, default=None))


def deaths_are_spoken_of(folder: ScenarioFolder) -> Iterator[Problem]:
    """Where deaths are listed the scenario says of which outcome they speak."""
    listed = folder.column("battle_deaths", "month")
    if listed and folder.scenario is not None and "deaths" not in folder.scenario.raw:
        rows = counted(len(listed), "row")
        message = f"the scenario does not say of which outcome deaths speak ({rows})"
        todo = "expected a table [deaths] in scenario.toml; add it, or leave the header line alone"
        yield at("battle_deaths", 2, "month", f"{message}; {todo}")


def _missing_places(rows: list[tuple]) -> Iterator[Problem]:
    usual = _usual_places(rows)
    by_month: dict[str, list[tuple]] = {}
    for row, month, place in rows:
        by_month.setdefault(month, []).append((row, place))
    for month, own in by_month.items():
        for missing in sorted(usual - {place for _, place in own}):
            message = f"{month} has no row of {missing!r}; expected one, 0 where it was quiet"
            todo = "add it, or correct the place"
            yield at("battle_deaths", own[-1][0], "place", f"{message}; {todo}")


def _usual_places(rows: list[tuple]) -> set[str]:
    """Places with a row in most months; another is a misspelled one."""
    months = len({month for _, month, _ in rows})
    places = [place for _, _, place in rows]
    return {place for place in set(places) if places.count(place) > months / 2}


def _deaths_end(folder: ScenarioFolder, last: date | None) -> Iterator[Problem]:
    for row, what, text in folder.rows("collected", "what", "collected_to"):
        end = day(text)
        if what == "battle_deaths" and last and end and end != _month_end(last):
            message = f"battle deaths are collected to {end}, their last month is {last:%Y-%m}"
            todo = f"expected its last day; write {_month_end(last)}"
            yield at("collected", row, "collected_to", f"{message}; {todo}")


def _month_end(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


COLLECTED_RULES = (
    each_says_up_to_when,
    nothing_is_later,
    deaths_without_gaps,
    deaths_are_spoken_of,
)
