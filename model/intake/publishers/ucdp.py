"""UCDP GED and Candidate Events, as published, to deaths by month and place.

What is counted is decided here by the mapping's rules, and each decision is said.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from model.intake.days import read_days
from model.intake.mapping import Mapping
from model.intake.proposal import Proposal, Proposed, in_all, refuse
from model.intake.sheets import Row, Sheet, Unreadable

KNOWN_DAY = 20  # Candidate months come out about the 20th of the next month
NO_MONTH = 5  # date_prec of an event of which no month is known
RELEASE = re.compile(r"v(\d{2})((?:_\d{1,2})+)", re.IGNORECASE)


@dataclass(frozen=True)
class Release:
    """A published version: its name, whether it is the yearly GED, the months that it covers."""

    name: str
    yearly: bool
    months: tuple[str, ...]

    @property
    def source(self) -> str:
        """What the `source` of its rows says."""
        kind = "Georeferenced Event" if self.yearly else "Candidate Events"
        return f"UCDP {kind} Dataset {self.name}"


def propose(sheet: Sheet, mapping: Mapping, first_month: str) -> Proposal:
    """Deaths of every month that the release covers, quiet ones too, in every place of the rules.

    first_month: our table's first, before which nothing is taken. Raises Unreadable for a file
    whose name does not say which release it is.
    """
    release, rules, proposal = _release(sheet), mapping.rules, Proposal()
    rows = _newest(sheet, proposal)
    places: dict[str, str] = dict(rules["places"])
    inside = [row for row in rows if row.cells["country"] in places]
    elsewhere = len(rows) - len(inside)
    counted = [row for row in inside if not _left_out(row, rules, proposal, sheet)]
    dated = _with_days(counted, sheet.file, mapping.day_first)
    months = [month for month in release.months if month >= first_month]
    by_month, by_year = _summed(dated, str(rules["estimate"]), places, sheet, proposal)
    for month in months:
        for place in places.values():
            cells = _cells(month, place, by_month, by_year, release, str(rules["page"]))
            proposal.rows.append(Proposed("battle_deaths", cells, sheet.file, 1))
    proposal.decided += _decisions(sheet, release, months, elsewhere, by_month, by_year, rules)
    return proposal


def _release(sheet: Sheet) -> Release:
    match = RELEASE.search(sheet.file)
    if match is None:
        message = "its name does not say which release it is"
        raise Unreadable(f"{sheet.file}: {message}; keep UCDP's name, such as GEDEvent_v26_0_5.csv")
    year, parts = match[1], [int(number) for number in match[2].split("_")[1:]]
    if len(parts) == 3:  # 26_01_26_03: a quarter
        months = [f"20{year}-{month:02}" for month in range(parts[0], parts[2] + 1)]
        return Release(f"{year}.{parts[0]:02}.{parts[1]}.{parts[2]:02}", False, tuple(months))
    if len(parts) == 2:  # 26_0_5: May
        return Release(f"{year}.0.{parts[1]}", False, (f"20{year}-{parts[1]:02}",))
    # 26_1: the yearly GED, to the end of the year before
    years = range(1989, 2000 + int(year))
    every = tuple(f"{of}-{month:02}" for of in years for month in range(1, 13))
    return Release(f"{year}.{parts[0]}", True, every)


def _newest(sheet: Sheet, proposal: Proposal) -> list[Row]:
    """One row per event id: the last, where a release carries its revision too."""
    last = {row.cells["id"]: row for row in sheet.rows}
    if len(last) < len(sheet.rows):
        again = in_all(range(len(sheet.rows) - len(last)), "row")
        message = f"{again} of an id that stands again is left out; the last one counts"
        proposal.decided.append(f"{sheet.file}: {message}")
    return list(last.values())


def _left_out(row: Row, rules: dict, proposal: Proposal, sheet: Sheet) -> bool:
    """Whether an event does not count; a refusal says why."""
    cells = row.cells
    sides = {cells.get("side_a", ""), cells.get("side_b", "")}
    why = ""
    if cells["type_of_violence"] not in list(map(str, rules["types"])):
        why = f"type of violence {cells['type_of_violence']}, not one of the parties' fighting"
    elif not sides <= set(rules["parties"]):
        why = f"between {' and '.join(sorted(sides))}, who are not both parties"
    if why:
        proposal.decided.append(f"{sheet.file}:{row.line}: event {cells['id']} left out: {why}")
    return bool(why)


def _summed(
    dated: list[tuple[Row, str, str]],
    estimate: str,
    places: dict[str, str],
    sheet: Sheet,
    proposal: Proposal,
) -> tuple[Counter, Counter]:
    """Deaths by (month, place), and by (year, place) of those that no month is known of."""
    by_month: Counter = Counter()
    by_year: Counter = Counter()
    for row, start, end in dated:
        cells, where = row.cells, f"{sheet.file}:{row.line}"
        if not cells[estimate].isdigit() or not (_is_month(start) and _is_month(end)):
            reason = f"{estimate} or a date cannot be read; compare with UCDP's page"
            proposal.refused.append(refuse(sheet, row, f"event {cells['id']}", reason))
            continue
        place, deaths = places[cells["country"]], int(cells[estimate])
        if cells["date_prec"] == str(NO_MONTH) or start[:7] != end[:7]:
            by_year[end[:4], place] += deaths
            proposal.decided.append(
                f"{where}: event {cells['id']} ({deaths} deaths, {start} to {end}) belongs to no "
                "one month: unassigned in its year"
            )
        else:
            by_month[start[:7], place] += deaths
    return by_month, by_year


def _with_days(rows: list[Row], file: str, day_first: bool | None) -> list[tuple[Row, str, str]]:
    """Each row with its first and last day, both columns read at once: one row cannot tell how."""
    texts = [row.cells[column] for column in ("date_start", "date_end") for row in rows]
    days = read_days(texts, f"{file}, date_start and date_end", day_first)
    return list(zip(rows, days[: len(rows)], days[len(rows) :], strict=True))


def _is_month(day: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day))


def _cells(
    month: str, place: str, by_month: Counter, by_year: Counter, release: Release, page: str
) -> dict[str, str]:
    return {
        "month": month,
        "place": place,
        "deaths": str(by_month[month, place]),
        "unassigned_in_year": str(by_year[month[:4], place]),
        "known_on": known_on(month),
        "source": release.source,
        "source_url": page,
    }


def known_on(month: str) -> str:
    """The day on which a month's deaths are taken to be known: the 20th of the next."""
    year, number = map(int, month.split("-"))
    return date(year + number // 12, number % 12 + 1, KNOWN_DAY).isoformat()


def _decisions(sheet, release, months, elsewhere, by_month, by_year, rules) -> list[str]:
    quiet = [m for m in months if not any(by_month[m, p] for p in rules["places"].values())]
    span = f"{months[0]} to {months[-1]}" if months else "no month of ours"
    return [
        f"{sheet.file}: {release.source}, {span}; the {rules['estimate']} estimate counts",
        f"{sheet.file}: {in_all(range(elsewhere), 'row')} of other countries are passed over",
        f"{sheet.file}: rows of 0 for {in_all(quiet, 'month')} without a death",
        f"{sheet.file}: a month is taken to be known on the {KNOWN_DAY}th of the next",
        *(
            f"{sheet.file}: {n} deaths of {y} in {p} are of no month"
            for (y, p), n in by_year.items()
        ),
    ]
