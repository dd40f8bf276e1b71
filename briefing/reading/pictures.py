"""Readers of charts as pictures: PNG, SVG and PDF with a label of ours."""

from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader

from briefing.exports.pictures import image_metadata
from briefing.reading import elements
from briefing.reading.content import Content, Item, Unreadable, cleaned, records, texts
from briefing.reading.data import naming
from model.scenario import strict_json

CHANGED = "the picture was changed after it was exported"


def picture(content: bytes, form: str) -> Content:
    """A chart: its numbers and sentences as the label has them, and what stands in the drawing.

    Raises Unreadable for a damaged label; for what is no picture of this form the libraries raise
    exceptions of every kind, which `reader.read_as` tells in a line.
    """
    fields = image_metadata.fields_of(content, form)
    drawn = image_metadata.digest(content, form) if "Araxes" in fields else ""
    shown = tuple(_shown(content, form))
    if "Araxes" not in fields:
        return Content("", ())
    changed = [] if drawn == fields.get("Araxes-digest") else [CHANGED]
    return Content(
        fields["Araxes"],
        tuple(label_items(fields)),
        shown=shown,
        changed=changed,
        saved_by=_program(fields),
        elements=tuple(_elements(content, form, fields)),
    )


def _elements(content: bytes, form: str, fields: dict[str, str]) -> Iterator[str]:
    if form == "svg":
        return elements.of_svg(content, image_metadata.svg_root(content))
    if form == "pdf":
        return elements.of_pdf(PdfReader(BytesIO(content)))
    return elements.of_png(content, fields)


def label_items(fields: dict[str, str]) -> list[Item]:
    """The label as items: title, alternative text, sentences, numbers.

    fields: text by the name that the picture stores it under. Raises Unreadable for damaged JSON.
    """
    rows = _rows(fields)
    naming_columns = naming(rows[0]) if rows else ()
    return [
        *texts("title", [fields.get("Title", "")]),
        *texts("alternative text", [fields.get("Description", "")]),
        *texts("text", _sentences(fields)),
        *records("numbers", rows, naming_columns),
    ]


def _rows(fields: dict[str, str]) -> list[dict]:
    stored = _json(fields, "Araxes-numbers")
    return [row for row in stored if isinstance(row, dict)]


def _sentences(fields: dict[str, str]) -> list[str]:
    return [str(text) for text in _json(fields, "Araxes-texts")]


def _json(fields: dict[str, str], name: str) -> list:
    try:
        stored = strict_json.loads(fields.get(name, "[]"))
    except (ValueError, RecursionError):
        raise Unreadable(f"its label {name} is damaged") from None
    return stored if isinstance(stored, list) else []


def _shown(content: bytes, form: str) -> list[str]:
    """The texts of an SVG or PDF drawing, one per line; a PNG has none to read."""
    if form == "svg":
        lines = image_metadata.svg_root(content).iter("{*}text")
        return [text for node in lines if (text := cleaned(" ".join(_lines(node))))]
    if form == "pdf":
        pages = PdfReader(BytesIO(content)).pages
        return [line for page in pages for line in map(cleaned, page.extract_text().splitlines())]
    return []


def _lines(node) -> list[str]:
    """An SVG text's lines; a sub-line of letters raised or lowered belongs to its line."""
    return [line for line in node.itertext() if line.strip()]


def _program(fields: dict[str, str]) -> str:
    """Who wrote the file, where it says so and it was not us."""
    named = fields.get("Software") or fields.get("Producer") or ""
    return "" if named == "Araxes" else named
