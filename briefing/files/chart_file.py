"""One chart or table as a file, as the shell writes it: its ending says which form."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from briefing.exhibits import tables as tables_by_name
from briefing.exhibits.catalogue import CATALOGUE
from briefing.exhibits.entry import Entry
from briefing.exports.data import files
from briefing.exports.pictures import browser, images, sizes
from briefing.material import kept_sets
from briefing.material.material import Material
from briefing.material.provenance import Tier
from model.runs import whole_file
from model.scenario import did_you_mean


def listing() -> str:
    """A line a chart and a line a table without one: its name, what can be chosen, what it shows.

    Tables have no picture.
    """
    charts = [_line(name, entry) for name, entry in CATALOGUE.items()]
    tables = [_line(name, entry) for name, entry in tables_by_name.TABLES.items()]
    return "\n".join(["charts", *charts, "tables (csv, json, parquet)", *tables])


def problem(name: str, out: Path, size: str) -> str | None:
    """Why this file cannot be written, found before anything is fitted; None where it can be."""
    form = out.suffix.lstrip(".").lower()
    pictured = form in images.FORMS
    known = [*CATALOGUE] if pictured else [*tables_by_name.names()]
    if form not in (*images.FORMS, *files.FORMS):
        endings = ", ".join(f".{one}" for one in (*images.FORMS, *files.FORMS))
        return f"{out}: cannot tell the form by its ending; end it with one of {endings}"
    if name not in known:
        what = "chart" if pictured else "chart or table"
        return f"no {what} is called {name!r}; {did_you_mean(name, known)}"
    if not out.parent.is_dir():
        return f"{out}: there is no folder {out.parent}; make it first"
    try:
        if pictured:
            sizes.size_of(size)
            browser.found()
    except ValueError as found:
        return str(found)
    return None


def chosen(pairs: Sequence[str]) -> dict[str, str]:
    """`["outcome=corridor_open"]` as a dictionary; ValueError for a pair without `=`."""
    for pair in pairs:
        if "=" not in pair:
            raise ValueError(f"--choose {pair}: write it as NAME=VALUE, as --list shows them")
    return dict(pair.split("=", 1) for pair in pairs)


def write(
    name: str,
    out: Path,
    material: Material,
    choices: Mapping[str, str],
    size: str = "slide",
    theme: str = "light",
    tier: Tier = Tier.full,
) -> None:
    """Write the chart or table whole or not at all.

    Assumptions that it keeps back are kept for `verify`. Raises ValueError, one plain line, and
    OSError where the file cannot be written.
    """
    form = out.suffix.lstrip(".").lower()
    shown = tables_by_name.make(name, material, choices)
    if form in images.FORMS:
        content = images.picture(shown, material, form, size, theme, tier)
    else:
        content = files.table(shown, material, form, tier)
    whole_file.write(out, content)
    kept_sets.keep(material.assumptions, tier)


def file_name(shown, material: Material, form: str) -> str:
    """`araxes-tornado-2023-09-21-to-2023-12-31.png`; `shown` is an exhibit or a table."""
    return file_name_of(shown.name, material, form)


def file_name_of(name: str, material: Material, form: str) -> str:
    """The same for a file of this name."""
    return f"araxes-{name}-{material.as_of}-to-{material.deadline}.{form}"


def _line(name: str, entry: Entry) -> str:
    choices = " ".join(f"{choice}=" for choice in entry.choices)
    return f"  {name:<20} {entry.shows}{f' ({choices})' if choices else ''}"
