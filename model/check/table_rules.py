"""Rules that tie the tables to each other and to the scenario, beyond what a cell may hold.

Each takes the folder as text and yields one Problem per cell at fault; what a rule cannot read it
passes over.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from model.check.problem import Problem
from model.check.scenario_folder import ScenarioFolder, at, day, number, unknown
from model.scenario import YEAR_DAYS

A_LEAP_DAY = 1 / YEAR_DAYS  # years: by so much may whole years differ from their days


def references(folder: ScenarioFolder) -> Iterator[Problem]:
    """Every id in a table exists where it points to."""
    left_out = [] if folder.scenario is None else folder.scenario.tables("left_out")
    elsewhere = [folder.scenario.text(table, "to") for _, table in left_out]
    outcomes, both = folder.ids("outcome"), folder.ids("outcome", "driver")
    for table, column, kind, known in (
        ("codings", "event", "event", folder.column("events", "event")),
        ("codings", "driver", "driver", folder.ids("driver")),
        ("reference_cases", "class", "class", folder.ids("class")),
        ("case_codings", "case", "case", folder.column("reference_cases", "case")),
        ("reference_rates", "class", "class", folder.ids("class")),
        ("resolutions", "outcome", "outcome", outcomes),
        ("published_judgements", "outcomes", "outcome", outcomes),
        ("claims", "from", "driver or outcome", both),
        ("claims", "to", "outcome", None if outcomes is None else outcomes + elsewhere),
    ):
        if known is not None:
            yield from _unknown_words(folder, table, column, kind, known)


def _unknown_words(
    folder: ScenarioFolder, table: str, column: str, kind: str, known: list[str]
) -> Iterator[Problem]:
    for row, cell in folder.rows(table, column):
        for word in filter(None, cell.split(";")):
            if word not in known:
                yield at(table, row, column, unknown(kind, word, known))


def completeness(folder: ScenarioFolder) -> Iterator[Problem]:
    """Every outcome has a row in its table, and there are events at all."""
    yield from _unresolved(folder)
    if folder.column("events", "event") == []:
        yield at("events", 1, "event", "there are no events; expected at least one; add them")


def _unresolved(folder: ScenarioFolder) -> Iterator[Problem]:
    resolved = folder.column("resolutions", "outcome")
    if resolved is None:
        return
    for outcome in folder.ids("outcome") or ():
        if outcome not in resolved:
            message = f"outcome {outcome!r} has no row; expected one per outcome; add it"
            yield at("resolutions", 1, "outcome", message)


def what_happened_has_its_day(folder: ScenarioFolder) -> Iterator[Problem]:
    """An outcome that happened did so on a day; one that is open needs none."""
    for row, status, text in folder.rows("resolutions", "status", "date"):
        if status == "happened" and not text:
            message = "the cell is blank, and the outcome happened; expected the day; fill it in"
            yield at("resolutions", row, "date", message)


def sources_are_known(folder: ScenarioFolder) -> Iterator[Problem]:
    """Every source of an event has its row in the table of sources, and no row is of another."""
    listed, used = folder.column("sources", "source"), folder.column("events", "source")
    if listed is None or used is None:
        return
    for row, source in folder.rows("events", "source"):
        if source and source not in listed:
            message = f"source {source!r} has no row in sources.csv; expected one with its country"
            yield at("events", row, "source", f"{message}; add it, or correct the name")
    for row, source in folder.rows("sources", "source"):
        if source and source not in used:
            message = f"source {source!r} is that of no event; expected one in events.csv"
            yield at("sources", row, "source", f"{message}; correct its name or drop it")


def known_after_it_happened(folder: ScenarioFolder) -> Iterator[Problem]:
    """Nothing but an event announced ahead is known before the day it happens."""
    for table, start in (
        ("border_clashes", "date"),
        ("published_judgements", "date"),
        ("resolutions", "date"),
    ):
        for row, date_text, known_text in folder.rows(table, start, "known_on"):
            happened, known = day(date_text), day(known_text)
            if happened and known and known < happened:
                message = f"known on {known}, before {happened}; expected that day or later"
                yield at(table, row, "known_on", f"{message}; correct one of the two")
    for row, month, known_text in folder.rows("battle_deaths", "month", "known_on"):
        happened, known = day(f"{month}-01"), day(known_text)
        # 31 days after a first lies the next month's first day, or one of the three after it.
        if happened and known and known < happened + timedelta(days=31):
            message = f"{month} known on {known}; expected a day after the month"
            yield at("battle_deaths", row, "known_on", f"{message}; correct the date")


def case_spells(folder: ScenarioFolder) -> Iterator[Problem]:
    """A case ends after its start and after its years of entry; an ending at once is an ending."""
    columns = ("start", "end", "event", "entry_years", "at_once")
    for row, *spell, event, entry, at_once in folder.rows("reference_cases", *columns):
        start, end = map(day, spell)
        if start and end and end < start:
            message = f"ends on {end}, before its start {start}; expected that day or later"
            yield at("reference_cases", row, "end", f"{message}; correct one of the two")
        elif start and end and _years(start, end) < (number(entry) or 0) - A_LEAP_DAY:
            message = f"enters after {entry} years and ends before that; expected to enter first"
            yield at("reference_cases", row, "entry_years", f"{message}; drop the case or blank it")
        if at_once == "1" and event == "0":
            message = "at_once is 1 and event 0; expected event 1 of what ended at once"
            yield at("reference_cases", row, "at_once", f"{message}; correct one of the two")


def _years(start: date, end: date) -> float:
    return (end - start).days / YEAR_DAYS


def rate_cells(folder: ScenarioFolder) -> Iterator[Problem]:
    """A cell lies on its class's clock from one year to a later one, or nowhere on it."""
    for row, low_text, high_text in folder.rows("reference_rates", "from_years", "to_years"):
        low, high = number(low_text), number(high_text)
        one_blank = (low_text == "") != (high_text == "")
        if one_blank or (low is not None and high is not None and low >= high):
            message = f"from {low_text or 'blank'} to {high_text or 'blank'} years is no interval"
            todo = "expected to_years above from_years, or both blank; correct them"
            yield at("reference_rates", row, "to_years", f"{message}; {todo}")


def traits_and_kinds(folder: ScenarioFolder) -> Iterator[Problem]:
    """Rows have traits that their class declares by id; only a duration class has cases."""
    if folder.scenario is None:
        return
    tables = [table for _, table in folder.scenario.tables("class")]
    classes = {table["id"]: table for table in tables if isinstance(table.get("id"), str)}
    for table in ("reference_cases", "reference_rates"):
        for row, name, traits in folder.rows(table, "class", "traits"):
            if name in classes:
                yield from _undeclared(table, row, traits, classes[name])
                yield from _rowless(table, row, classes[name])


def _undeclared(table: str, row: int, traits: str, of_class: dict) -> Iterator[Problem]:
    declared = of_class.get("traits", {})
    if not isinstance(declared, dict):
        return
    for trait in filter(None, traits.split(";")):
        if trait not in declared:
            yield at(
                table, row, "traits", unknown(f"trait of {of_class['id']}", trait, list(declared))
            )


def _rowless(table: str, row: int, of_class: dict) -> Iterator[Problem]:
    kind = of_class.get("kind")
    if kind == "judgement" or (table == "reference_cases" and kind == "rate"):
        message = f"{of_class['id']!r} is a class of kind {kind}, which has no rows here"
        todo = "expected kind duration, or rate for rates; change the kind or the class"
        yield at(table, row, "class", f"{message}; {todo}")


def cases_are_read(folder: ScenarioFolder) -> Iterator[Problem]:
    """A trait that readers coded is one of the case's class, and then all its cases are coded.

    Of a class whose endings count only with a trait (`counts`), every ending is coded for it.
    """
    if folder.scenario is None:
        return
    read = {(case, trait) for _, case, trait in folder.rows("case_codings", "case", "trait")}
    coded = {trait for _, trait in read}
    classes = {folder.scenario.text(t, "id"): t for _, t in folder.scenario.tables("class")}
    of = {case: name for _, case, name in folder.rows("reference_cases", "case", "class")}
    for row, case, trait in folder.rows("case_codings", "case", "trait"):
        known = _readable(classes.get(of.get(case, ""), {}))
        if case in of and trait not in known:
            yield at("case_codings", row, "trait", unknown(f"trait of {of[case]}", trait, known))
    for row, case, name, event in folder.rows("reference_cases", "case", "class", "event"):
        counts = _counting(classes.get(name, {}))
        wanted = [counts] if counts and event == "1" else []
        wanted += [t for t in _readable(classes.get(name, {})) if t in coded and t != counts]
        for trait in wanted:
            if (case, trait) not in read:
                message = f"{case!r} is not read for {trait!r}; expected a row of two readers"
                yield at("reference_cases", row, "case", f"{message}; add it to case_codings.csv")


def _readable(of_class: dict) -> list[str]:
    """What the cases of a class may be read for: its traits, and what makes an ending count."""
    traits, counts = of_class.get("traits", {}), _counting(of_class)
    return [*(traits if isinstance(traits, dict) else {}), *([counts] if counts else [])]


def _counting(of_class: dict) -> str:
    """The trait that makes an ending count, "" where there is none or what stands there is none."""
    counts = of_class.get("counts")
    return counts if isinstance(counts, str) else ""


def clash_tolls(folder: ScenarioFolder) -> Iterator[Problem]:
    """`deaths`, a count per row, is the sum of the two sides' where these are given."""
    columns = ("deaths_armenia", "deaths_azerbaijan", "deaths")
    for row, *cells in folder.rows("border_clashes", *columns):
        sides, total = [number(cell) for cell in cells[:2] if cell], number(cells[2])
        if None not in sides and sides and total != sum(sides):
            message = f"deaths is {cells[2] or 'blank'}, the sides add up to {sum(sides):g}"
            yield at("border_clashes", row, "deaths", f"{message}; expected the sum; correct it")


def claims_are_used(folder: ScenarioFolder) -> Iterator[Problem]:
    """Each claim of the table on an effect or a link became one, or stands under [[left_out]]."""
    scenario = folder.scenario
    if scenario is None:
        return
    arrows = [t for name in ("effect", "link", "left_out") for _, t in scenario.tables(name)]
    used = {claim for arrow in arrows for claim in scenario.texts(arrow, "claims")}
    for row, claim, kind in folder.rows("claims", "claim", "kind"):
        if kind != "evidence" and claim not in used:
            message = f"claim {claim!r} is in no effect, link or left_out of the scenario"
            yield at("claims", row, "claim", f"{message}; expected one; add it to scenario.toml")


TABLE_RULES = (
    references,
    completeness,
    what_happened_has_its_day,
    sources_are_known,
    known_after_it_happened,
    case_spells,
    rate_cells,
    traits_and_kinds,
    cases_are_read,
    clash_tolls,
    claims_are_used,
)
