"""Up to when tables are collected with an import: as its mapping says, or as its rows reach."""

from model.intake.days import month_end
from model.intake.mapping import Mapping
from model.intake.merging import Tables
from model.intake.proposal import Proposal, Proposed


def collected(proposal: Proposal, used: list[Mapping], tables: Tables) -> list[Proposed]:
    """Rows that say up to when tables are collected: as a mapping has it, or as their rows reach.

    No table is collected to an earlier day than it was. used: the mappings that files fit. tables:
    ours as they are.
    """
    before = dict(
        zip(tables["collected"]["what"], tables["collected"]["collected_to"], strict=True)
    )
    decided = {what: day for own in used for what, day in own.collected.items()}
    notes = {what: text for own in used for what, text in own.notes.items()}
    reached = _reached(proposal, tables)
    for what, day in reached.items():
        if day > max(decided.get(what, ""), before.get(what, "")):
            line = f"{what} are taken to be collected to {day}, as far as their rows reach"
            proposal.decided.append(f"{line}; [collected] of a mapping says otherwise")
    ends = {
        what: max(decided.get(what, ""), reached.get(what, "")) for what in {**decided, **reached}
    }
    return [
        Proposed("collected", {"what": what, "collected_to": day, "note": note}, "mapping", 1)
        for what, day in sorted(ends.items())
        if day > before.get(what, "")
        for note in [notes.get(what, "")]
    ]


def _reached(proposal: Proposal, tables: Tables) -> dict[str, str]:
    """Table -> the last day that its new rows are of."""
    days = {"events": "known_on", "border_clashes": "date", "resolutions": "date"}
    ends = {
        table: max(row.cells[column] for row in proposal.of(table))
        for table, column in days.items()
        if proposal.of(table)
    }
    months = [row.cells["month"] for row in proposal.of("battle_deaths")]
    if months:
        ends["battle_deaths"] = month_end(max([*tables["battle_deaths"]["month"], *months]))
    return ends
