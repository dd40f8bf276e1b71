"""Mappings: how the columns and words of somebody's file become ours, as data in TOML files."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from model.intake.sheets import Sheet, Unreadable, plain

PLACE = "mappings"  # a folder of the scenario's


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Layout(_Strict):
    """One kind of file, known by the columns that it `needs`.

    table: ours that its rows go to. columns: our column -> theirs. values: our column -> their
    word -> ours; a list in a cell is taken word by word. starts: our column -> how a text of theirs
    begins -> how ours does. fill: our column -> what stands where theirs is blank or missing.
    """

    title: str
    reader: Literal["rows", "ucdp", "acled", "metaculus"] = "rows"
    table: str
    needs: tuple[str, ...]
    columns: dict[str, str] = Field(default={})
    values: dict[str, dict[str, str]] = Field(default={})
    starts: dict[str, dict[str, str]] = Field(default={})
    fill: dict[str, str] = Field(default={})


class Source(_Strict):
    """A source that is new: whose media it is and of which kind; `name`, if ours is another."""

    name: str | None = None
    country: str | None = None
    kind: str | None = None
    note: str = ""


class Mapping(_Strict):
    """Layouts, and what a person decided about one delivery.

    words: our id of a row -> our column -> our own words. sources: their name of a source -> ours.
    quarantine: our id of a row -> why it does not count yet. collected: table -> the day to which
    it is collected with this delivery. day_first: of days such as 3/4/2023. rules: of a reader.
    """

    layouts: tuple[Layout, ...] = Field(alias="layout", default=())
    words: dict[str, dict[str, str]] = Field(default={})
    sources: dict[str, Source] = Field(default={})
    quarantine: dict[str, str] = Field(default={})
    collected: dict[str, str] = Field(default={})
    notes: dict[str, str] = Field(default={})
    day_first: bool | None = None
    rules: dict[str, object] = Field(default={})

    def under(self, decided: "Mapping") -> "Mapping":
        """This mapping with what another decides of a delivery, which goes before its own."""
        both = ("words", "sources", "quarantine", "collected", "notes")
        update = {name: getattr(self, name) | getattr(decided, name) for name in both}
        day_first = self.day_first if decided.day_first is None else decided.day_first
        return self.model_copy(update=update | {"day_first": day_first})


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file; raises Unreadable, one line that says what is wrong where."""
    try:
        content = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        return Mapping.model_validate(content)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise Unreadable(f"{Path(path).name}: {place}: {first['msg']}; correct it") from None
    except (ValueError, RecursionError) as problem:  # huge numbers and deep nesting included
        raise Unreadable(f"{Path(path).name} cannot be read as TOML ({problem})") from None


def built_in(folder: Path) -> list[tuple[str, Mapping]]:
    """(file, mapping) of a scenario's own mappings, by name; none where the folder has none."""
    return [(p.name, read_mapping(p)) for p in sorted((Path(folder) / PLACE).glob("*.toml"))]


def layout_of(sheet: Sheet, mappings: Iterable[Mapping]) -> tuple[Layout, Mapping] | None:
    """The layout that a file fits, with its mapping: of several the one that needs most columns.

    Of equals the last mapping's.
    """
    fitting = [
        (layout, mapping)
        for mapping in reversed(list(mappings))
        for layout in mapping.layouts
        if {plain(column) for column in layout.needs} <= set(sheet.columns)
    ]
    return max(fitting, key=lambda pair: len(pair[0].needs), default=None)
