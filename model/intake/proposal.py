"""What an import proposes: rows for tables, what was refused and why, and what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from model.intake.sheets import Row, Sheet
from model.scenario.plain_text import counted

# Columns that tell a table's rows apart; of a row already there the others are compared.
KEYS = {
    "events": ("event",),
    "codings": ("event", "driver"),
    "sources": ("source",),
    "battle_deaths": ("month", "place"),
    "border_clashes": ("date", "place"),
    "crowd": ("date", "question"),
    "resolutions": ("outcome",),
    "published_judgements": ("date", "forecaster", "outcomes"),
    "reference_cases": ("case",),
    "case_codings": ("case", "trait"),
    "reference_rates": ("class", "cell"),
    "claims": ("claim",),
    "collected": ("what",),
    "quarantine": ("table", "id"),
}


@dataclass(frozen=True)
class Proposed:
    """A row for one of our tables, and the line of the file that it is from."""

    table: str
    cells: dict[str, str]
    file: str
    line: int

    @property
    def id(self) -> str:
        """What tells the row apart in its table, as text."""
        return "|".join(self.cells.get(column, "") for column in KEYS[self.table])

    @property
    def where(self) -> str:
        """File and line, as messages begin."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Refused:
    """A row that is not taken in: where it stands, what it is called there, why, what to do."""

    file: str
    line: int
    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.name}: {self.reason}"


@dataclass
class Proposal:
    """Gathered from all files of one import. asked: sources that nobody has told a country of."""

    rows: list[Proposed] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)
    quarantined: list[Proposed] = field(default_factory=list)  # rows of that table
    asked: list[str] = field(default_factory=list)

    def add(self, other: "Proposal") -> None:
        """Take in what another file proposes."""
        for name in ("rows", "refused", "decided", "quarantined", "asked"):
            getattr(self, name).extend(getattr(other, name))

    def of(self, table: str) -> list[Proposed]:
        """The rows for one table."""
        return [row for row in self.rows if row.table == table]


def refuse(sheet: Sheet, row: Row, name: str, reason: str) -> Refused:
    """A refusal of a sheet's row."""
    return Refused(sheet.file, row.line, name, reason)


def in_all(rows: Iterable[object], noun: str) -> str:
    """How many of something there are, in words."""
    return counted(len(list(rows)), noun)
