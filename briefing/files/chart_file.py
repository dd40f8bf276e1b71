"""One chart or table as a file, as the shell writes it: its ending says which form."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from briefing.exhibits import tables
from briefing.exhibits.catalogue import CATALOGUE
from briefing.exhibits.entry import Entry
from briefing.exports.data import files
from briefing.exports.pictures import browser, images, sizes
from briefing.material import kept_sets
from briefing.material.material import Material
from briefing.material.provenance import Tier
from model.runs import whole_file
from model.scenario import did_you_mean
from model.scenario.plain_text import quoted


def listing() -> str:
    """One line per chart, then one per table that has no picture.

    Each says the name, what it shows and what can be chosen.
    """
    charts = [_line(name, entry) for name, entry in CATALOGUE.items()]
    others = [_line(name, entry) for name, entry in tables.TABLES.items()]
    return "\n".join(["charts", *charts, "tables (csv, json, parquet)", *others])


def problem(name: str, out: Path, size: str) -> str | None:
    """Why this file cannot be written, one line, asked before a fit; None where it can be.

    name: of a chart or table. size: of a picture, see `sizes.size_of`.
    """
    form = out.suffix.lstrip(".").lower()
    pictured = form in images.FORMS
    known = [*CATALOGUE] if pictured else [*tables.names()]
    if form not in (*images.FORMS, *files.FORMS):
        endings = ", ".join(f".{ending}" for ending in (*images.FORMS, *files.FORMS))
        return f"{out}: cannot tell the form by its ending; end it with one of {endings}"
    if pictured and name in tables.TABLES:
        endings = ", ".join(f".{ending}" for ending in files.FORMS)
        return f"{name} is a table, which has no picture; end the file with one of {endings}"
    if name not in known:
        what = "chart" if pictured else "chart or table"
        return f"no {what} is called {quoted(name)}; {did_you_mean(name, known)}"
    if not out.parent.is_dir():
        return f"{out}: there is no folder {out.parent}; make it first"
    try:
        if pictured:  # a table needs no browser, and has no size
            sizes.size_of(size)
            browser.executable()
    except ValueError as error:
        return str(error)
    return None


def chosen(pairs: Sequence[str]) -> dict[str, str]:
    """`["outcome=corridor_open"]` as a dictionary of texts; raises ValueError without `=`."""
    for pair in pairs:
        if "=" not in pair:
            raise ValueError(
                f"--choose {quoted(pair)}: write it as NAME=VALUE, as --list shows them"
            )
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
    """Write the chart or table whole or not at all; `out`'s ending says which form.

    choices: what is chosen of it, by name. size and theme: of a picture. Assumptions that the file
    keeps back are kept for `verify`. Raises ValueError, one plain line, and
    OSError where the file cannot be written.
    """
    form = out.suffix.lstrip(".").lower()
    shown = tables.make(name, material, choices)
    if form in images.FORMS:
        content = images.picture(shown, material, form, size, theme, tier)
    else:
        content = files.table(shown, material, form, tier)
    whole_file.write(out, content)
    # Only once the file is there: a set nobody's file names is none to keep.
    kept_sets.keep(material.assumptions, tier)


def file_name(shown, material: Material, form: str) -> str:
    """`araxes-tornado-2023-09-21-to-2023-12-31.png`; `shown` is an exhibit or a table."""
    return file_name_of(shown.name, material, form)


def file_name_of(name: str, material: Material, form: str) -> str:
    """`araxes-NAME-AS-OF-to-DEADLINE.FORM`, days as YYYY-MM-DD."""
    return f"araxes-{name}-{material.as_of}-to-{material.deadline}.{form}"


def _line(name: str, entry: Entry) -> str:
    choices = " ".join(f"{choice}=" for choice in entry.choices)
    return f"  {name:<20} {entry.shows}{f' ({choices})' if choices else ''}"
