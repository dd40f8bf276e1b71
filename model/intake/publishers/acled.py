"""ACLED's export to incidents with deaths between the parties.

Its texts are ACLED's and stay out: a row has the day, the place, the toll and ACLED's own id.
"""

from datetime import date, timedelta

from model.intake.days import is_day, read_days
from model.intake.mapping import Mapping
from model.intake.proposal import Proposal, Proposed, refuse
from model.intake.sheets import Row, Sheet
from model.scenario.plain_text import counted

FRIDAY, RELEASED = 4, 4  # a week ends on Friday and is out four days later
TO_THE_DAY = ("1", "2")  # time_precision; 3 is a month


def propose(sheet: Sheet, mapping: Mapping) -> Proposal:
    """A row per incident with deaths between two of the rules' parties, of the rules' types.

    An incident known to the month alone is refused; one without deaths or of others is passed over.
    """
    proposal, rules, passed = Proposal(), mapping.rules, 0
    days = read_days(
        [row.cells["event_date"] for row in sheet.rows],
        f"{sheet.file}, event_date",
        mapping.day_first,
    )
    for row, day in zip(sheet.rows, days, strict=True):
        if not _counts(row, rules):
            passed += 1
        elif why := _unusable(row, day):
            proposal.refused.append(refuse(sheet, row, row.cells["event_id_cnty"], why))
        else:
            cells = _cells(row, day, rules)
            proposal.rows.append(Proposed("border_clashes", cells, sheet.file, row.line))
    proposal.decided = [
        f"{sheet.file}: passed over: {counted(passed, 'row')} of other actors or types, or "
        "without deaths",
        f"{sheet.file}: a toll is of both sides together; ACLED does not tell them apart",
        f"{sheet.file}: what lies in Armenia is in Armenia or on its border; say by hand of what "
        "lies on the border's other side",
        f"{sheet.file}: a week, to Friday, is taken to be known on the Tuesday after it",
    ]
    return proposal


def _counts(row: Row, rules: dict) -> bool:
    cells = row.cells
    sides = {_party(cells.get(column, ""), rules) for column in ("actor1", "actor2")}
    deadly = cells["fatalities"] not in ("", "0")
    return len(sides - {None}) == 2 and deadly and cells["event_type"] in rules["types"]


def _party(actor: str, rules: dict) -> str | None:
    return next((party for party in rules["parties"] if party in actor), None)


def _unusable(row: Row, day: str) -> str:
    cells = row.cells
    if not is_day(day):
        return f"event_date is {day!r}, which is no day; write it as 21 September 2023"
    if cells["time_precision"] not in TO_THE_DAY:
        return "its day is not known, only the month; find the day on the page that ACLED names"
    if not cells["fatalities"].isdigit():
        return f"fatalities is {cells['fatalities']!r}; expected a whole number"
    return ""


def _cells(row: Row, day: str, rules: dict) -> dict[str, str]:
    cells = row.cells
    place = ", ".join(dict.fromkeys(filter(None, (cells["location"], cells.get("admin1", "")))))
    return {
        "date": day,
        "place": place,
        "in_armenia_proper": str(int(cells["country"] == rules["inside"])),
        "deaths_armenia": "",
        "deaths_azerbaijan": "",
        "deaths": cells["fatalities"],
        "known_on": released(date.fromisoformat(day)).isoformat(),
        "note": f"ACLED {cells['event_id_cnty']}",
        "source_url": str(rules["page"]),
    }


def released(day: date) -> date:
    """The Tuesday after the week, Saturday to Friday, in which a day lies."""
    friday = day + timedelta(days=(FRIDAY - day.weekday()) % 7)
    return friday + timedelta(days=RELEASED)
