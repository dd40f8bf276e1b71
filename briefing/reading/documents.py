"""Readers of briefs as PDF and HTML."""

from collections.abc import Iterator
from io import BytesIO

from lxml import html
from pypdf import PdfReader

from briefing.exports.shared.pdf_marks import KEY, PICTURES, digests
from briefing.material.provenance import from_json
from briefing.reading import elements
from briefing.reading.content import Content, Item, Unreadable, cells, cleaned, texts
from model.scenario import strict_json

ID = b"araxes"  # of the element that holds the provenance
CHANGED = "a picture was changed after it was exported"
TEXT_TAGS = ("title", "h1", "h2", "h3", "p", "li", "figcaption", "summary")  # hold text, not blocks


def kind_of(content: bytes) -> str:
    """The kind of file that a PDF of ours is, chart or brief; "" for another's."""
    provenance = from_json(_metadata(PdfReader(BytesIO(content))).get(KEY))
    return provenance.kind if provenance else ""


def brief(content: bytes) -> Content:
    """A brief as PDF: its lines page by page, and whether its pictures are those exported.

    Raises what pypdf raises for what is no PDF.
    """
    file = PdfReader(BytesIO(content))
    metadata = _metadata(file)
    items = [
        item
        for number, page in enumerate(file.pages, start=1)
        for item in texts(f"page {number}", page.extract_text().splitlines())
    ]
    stored_digests = metadata.get(PICTURES)
    of_pictures = strict_json.loads(stored_digests) if stored_digests else None
    changed = [CHANGED] if of_pictures is not None and of_pictures != digests(file) else []
    return Content(
        metadata.get(KEY, ""),
        items,
        changed=changed,
        saved_by=_program(metadata),
        elements=(*elements.of_pdf(file), *elements.of_drawn_pages(file)),
    )


def _metadata(file: PdfReader) -> dict[str, str]:
    return {name: str(text) for name, text in (file.metadata or {}).items()}


def _program(metadata: dict[str, str]) -> str:
    named = metadata.get("/Producer", "")
    return "" if named.startswith(("Araxes", "Typst", "pypdf")) else named


def page(content: bytes) -> Content:
    """A brief as HTML: texts, tables, and the figures that the reader's browser draws.

    Raises Unreadable for a page that is cut short or a figure that is damaged.
    """
    # The parser mends a page that was cut short. Its end tags may be missing in a whole one, but
    # the script that stands last is closed.
    lower = content.lower()
    if lower.rfind(b"</script") <= lower.rfind(b"<script"):
        raise Unreadable("the page is cut short")
    if ID not in content:  # no page of ours: nothing else of it is parsed
        return Content("", ())
    root = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    provenance = root.xpath("string(//script[@id='araxes'])")
    programs = root.xpath("//meta[@name='generator']/@content")
    return Content(
        provenance,
        list(_items(root)),
        saved_by=str(programs[0]) if programs else "",
        elements=tuple(elements.of_page(root)),
    )


def _items(root) -> Iterator[Item]:
    for node in root.iter("table", "script", "div", *TEXT_TAGS):
        sections = node.xpath("ancestor-or-self::section/@id")
        where = sections[-1] if sections else "page"
        if node.tag == "table":
            yield from texts(f"{where}, table", node.xpath("./caption/text()"))
            rows = [[cell.text_content() for cell in row] for row in node.iter("tr")]
            yield from cells(f"{where}, table", rows)
        elif node.tag == "script":
            yield from _figures(node, where)
        elif node.tag == "div":
            yield from texts(
                f"{where}, alternative text", node.xpath("self::*[@role='img']/@aria-label")
            )
        else:
            yield from texts(where, [node.text_content()])


def _figures(node, where: str) -> Iterator[Item]:
    """Every value of the figures; spare, since the table below each says its numbers in words."""
    if node.get("type") != "application/json" or node.get("id") == "araxes":
        return
    try:
        figures = strict_json.loads(node.text or "")
    except (ValueError, RecursionError):
        raise Unreadable(f"the figure of {where} is damaged") from None
    for place, value in _leaves(figures, f"{where}, chart"):
        yield Item(place, cleaned(value), place, spare="figure")


def _leaves(value, place: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "template":  # the library's looks, which no number is in
                continue
            yield from _leaves(inner, f"{place} {name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _leaves(inner, f"{place} {number}")
    else:
        yield place, value
