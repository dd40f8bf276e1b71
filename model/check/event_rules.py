"""Rules of the events: days that make sense, one row a report, one sign an origin.

Each takes the folder as text and yields one Problem per cell at fault; what a rule cannot read it
passes over.
"""

import calendar
from collections.abc import Iterator

from model.check.problem import Problem
from model.check.scenario_folder import ScenarioFolder, at, day, number, unknown
from model.evidence.begun import BEGUN

FARTHEST_AHEAD = 3 * 366  # days; nothing here is announced longer before it happens


def event_dates(folder: ScenarioFolder) -> Iterator[Problem]:
    """A month row is dated the first, and known on the last day or an earlier one inside it."""
    rows = folder.rows("events", "date", "precision", "known_on")
    for row, date_text, precision, known_text in rows:
        happened, known = day(date_text), day(known_text)
        if precision != "month" or happened is None or known is None:
            continue
        last = happened.replace(day=calendar.monthrange(happened.year, happened.month)[1])
        if happened.day != 1:
            message = f"a month row dated {happened}; expected the first of its month"
            yield at("events", row, "date", f"{message}; write {happened.replace(day=1)}")
        if not happened.replace(day=1) <= known <= last:
            message = f"a month row known on {known}; expected a day of its month"
            yield at("events", row, "known_on", f"{message}; write its last, {last}")


def one_sign_an_origin(folder: ScenarioFolder) -> Iterator[Problem]:
    """Rows of one origin report one fact: on one driver its means (-3 to 3) have one sign."""
    origins = {event: origin for _, event, origin in folder.rows("events", "event", "origin")}
    first_signs = {}
    rows = folder.rows("codings", "event", "driver", "first_coder", "second_coder")
    for row, event, driver, first, second in rows:
        # A blank is a reading that is still to come.
        weights = [number(cell) for cell in (first, second) if cell]
        # A mean of zero has no sign, and takes none.
        if event not in origins or None in weights or not sum(weights):
            continue
        positive = sum(weights) > 0
        earlier, sign = first_signs.setdefault((origins[event], driver), (row, positive))
        if sign != positive:
            yield at(
                "codings",
                row,
                "first_coder",
                f"origin {origins[event]!r} moves {driver!r} this way here and the other in row "
                f"{earlier}; expected one sign; correct a weight or give an event its own origin",
            )


def announced_within_sense(folder: ScenarioFolder) -> Iterator[Problem]:
    """No event is known more than three years before it happens: one of the days is mistyped."""
    for row, date_text, known_text in folder.rows("events", "date", "known_on"):
        happened, known = day(date_text), day(known_text)
        if happened and known and (happened - known).days > FARTHEST_AHEAD:
            message = f"known on {known}, more than three years before {happened}"
            yield at("events", row, "known_on", f"{message}; expected later; correct one of them")


def one_row_a_report(folder: ScenarioFolder) -> Iterator[Problem]:
    """No two events have one day, one page and the same words: that is one report, twice."""
    seen: dict[tuple, tuple[int, str]] = {}
    rows = folder.rows("events", "event", "date", "source_url", "what_happened")
    for row, event, happened, page, words in rows:
        report = happened, page.strip().lower(), _plain(words)
        earlier, other = seen.setdefault(report, (row, event))
        if earlier != row and other != event:  # an id that stands twice is told as that
            message = f"{event!r} tells what {other!r} tells in row {earlier}: day, page and words"
            yield at("events", row, "event", f"{message}; expected once; drop one with its codings")


def begun_of_an_outcome(folder: ScenarioFolder) -> Iterator[Problem]:
    """A kind that says that an outcome has begun names one that the scenario has."""
    outcomes = folder.ids("outcome")
    for row, kind in folder.rows("events", "kind"):
        outcome = kind.removesuffix(BEGUN)
        if outcomes is not None and kind.endswith(BEGUN) and outcome not in outcomes:
            yield at("events", row, "kind", unknown("outcome", outcome, outcomes))


def _plain(words: str) -> str:
    """Words without what a copy changes: capitals, stops and spaces."""
    letters = "".join(each if each.isalnum() else " " for each in words.casefold())
    return " ".join(letters.split())


EVENT_RULES = (
    event_dates,
    one_sign_an_origin,
    announced_within_sense,
    one_row_a_report,
    begun_of_an_outcome,
)
