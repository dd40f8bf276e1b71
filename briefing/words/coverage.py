"""Up to when each kind of evidence is known, in words: what may lie later is unknown, not quiet."""

import calendar
from datetime import date

from briefing.words import numbers
from model.evidence import Evidence
from model.evidence.collected import collected_to

NAMES = {
    "events": "events",
    "battle_deaths": "battle deaths",
    "border_clashes": "border clashes",
    "resolutions": "what became of the outcomes",
    "clocks": "clocks",
    "switches": "switches",
}
# A month's deaths come out about the 20th of the next: by so many days they are always behind.
USUAL = {"battle_deaths": 51}


def known_to(evidence: Evidence) -> dict[str, date]:
    """The last day that each table tells of by the as-of day, by its id in collected.csv."""
    told = [what for what in NAMES if what != "battle_deaths" or evidence.scenario.deaths]
    ends = {what: collected_to(evidence.collected, what, evidence.as_of) for what in told}
    if len(evidence.deaths):
        # those of a month are known weeks after it
        month = evidence.deaths["month"].max().date()
        end = month.replace(day=calendar.monthrange(month.year, month.month)[1])
        ends["battle_deaths"] = min(ends["battle_deaths"], end)
    return ends


def unknown_since(evidence: Evidence) -> str:
    """What ends well before the as-of day, and when, as a sentence; "" where all reach it."""
    behind: dict[date, list[str]] = {}
    for what, end in known_to(evidence).items():
        if (evidence.as_of - end).days > USUAL.get(what, 0):
            behind.setdefault(end, []).append(NAMES[what])
    if not behind:
        return ""
    known = [f"{_listed(names)} to {numbers.long_date(end)}" for end, names in behind.items()]
    return f"Not all is known up to that day: {'; '.join(known)}. What is later counts as unknown."


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
